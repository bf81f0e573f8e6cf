import { expect, test } from 'vitest'
import { decide } from './decide.ts'
import { type Grant, grantAllowed, grantRelation } from './grants.ts'
import { DEFAULT_POLICY } from './policy/default-policy.ts'
import { aRequest } from './readers-for-test.ts'
import { roleOfRepresentative } from './representation.ts'

const grant: Grant = {
  holder: 'Person/court-clerk',
  patient: 'Patient/p1',
  purpose: 'HLEGAL',
  labels: ['PSY'],
  since: '2026-03-09T00:00:00+07:00',
  until: '2026-03-20T00:00:00+07:00',
  basis: 'Công văn 12/TA-TB ngày 05/03/2026',
  grantedBy: 'a1',
}

const refusals = (change: Partial<Grant>) => {
  const outcome = grantAllowed(DEFAULT_POLICY, { ...grant, ...change })
  return outcome.ok ? [] : outcome.refusals.map(({ rule }) => rule)
}

test.each([
  [[], {}],
  [['GRANT-1', 'GRANT-2'], { purpose: 'SYSDEV' }],
  [['GRANT-2'], { until: '2026-05-20T00:00:00+07:00' }],
  [['GRANT-2'], { until: grant.since }],
  [['GRANT-2'], { until: 'some day' }],
  [['GRANT-3'], { labels: ['V'] }],
  [['GRANT-3'], { purpose: 'HRESCH' }],
  [['GRANT-4'], { basis: 'đã hỏi' }],
  [['GRANT-5'], { patient: 'Patient/*' }],
  [['GRANT-5'], { holder: 'Organization/ward-3' }],
] as const)('%s', (expected, change) => expect(refusals(change)).toEqual(expected))

test('it counts for its holder, its purpose and its days, and opens that patient to a guest', () => {
  const at = '2026-03-10T08:00:00+07:00'
  const guest = { agent: 'Person/court-clerk', purpose: 'HLEGAL' } as const
  const relation = grantRelation(grant, guest, at)
  expect(relation).toEqual({ kind: 'grant', labels: ['PSY'], until: grant.until })
  expect(grantRelation(grant, { ...guest, purpose: 'TREAT' }, at)).toBeNull()
  expect(grantRelation(grant, { ...guest, agent: 'Person/other' }, at)).toBeNull()
  expect(grantRelation(grant, guest, '2026-03-08T23:59:59+07:00')).toBeNull()
  expect(grantRelation(grant, guest, grant.until)).toBeNull()

  const reader = { ...guest, roles: ['guest'], departments: [], patients: ['Patient/p1'] } as const
  const ask = (change: object) =>
    decide(DEFAULT_POLICY, aRequest({ relations: relation ? [relation] : [], ...change }, reader)).allowed
  expect(ask({ labels: ['PSY'] })).toBe(true)
  expect(ask({ labels: ['HIV'] })).toBe(false)
  expect(ask({ act: 'copy' })).toBe(false)
  expect(ask({ act: 'edit' })).toBe(false)
  expect(ask({ withinPatients: false })).toBe(false)
})

test('who represents in the place of the patient and who only receives the summary is the policy’s', () => {
  expect(roleOfRepresentative(DEFAULT_POLICY, ['MTH'])).toBe('patient')
  expect(roleOfRepresentative(DEFAULT_POLICY, ['SIB'])).toBe('representative')
  expect(roleOfRepresentative({ ...DEFAULT_POLICY, representations: [] }, ['MTH'])).toBeNull()
})
