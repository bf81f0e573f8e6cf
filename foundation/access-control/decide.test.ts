import { expect, test } from 'vitest'
import { decide } from './decide.ts'
import { explain } from './explain.ts'
import { DEFAULT_POLICY } from './policy/default-policy.ts'
import { aRequest } from './readers-for-test.ts'
import type { AccessRequest, Decision, Relation } from './types.ts'

const decided = (request: AccessRequest): Decision => decide(DEFAULT_POLICY, request)
const ORDERED: Relation = { kind: 'ordered', labels: [], until: '2027-01-01T00:00:00Z' }
const trace = (decision: Decision) => decision.trace.map(({ rule, effect }) => `${rule} ${effect}`)

test('a doctor of the ward reads, and every step says why', () => {
  const decision = decided(aRequest())
  expect(decision.allowed).toBe(true)
  expect(trace(decision)).toEqual([
    'ACCESS-1 passes',
    'ACCESS-2 passes',
    'ACCESS-3 passes',
    'clinicians-care allows',
    'ACCESS-5 passes',
  ])
})

test.each([
  ['ACCESS-1', aRequest({}, { scopes: ['user/Patient.rs'] }), false],
  ['ACCESS-2', aRequest({ withinPatients: false }, { patients: ['Patient/p2'] }), false],
  ['ACCESS-3', aRequest({}, { network: '8.8.8.8', factors: 1 }), false],
  ['ACCESS-4', aRequest({ act: 'cancel' }), false],
  ['ACCESS-5', aRequest({ labels: ['HIV'] }), true],
  ['ACCESS-5', aRequest({ labels: ['V'] }), false],
  ['ACCESS-6', aRequest({}, { roles: ['patient'] }), false],
  ['ACCESS-7', aRequest({}, { roles: ['integration'] }), false],
  ['ACCESS-8', aRequest({}, { roles: ['guest'] }), false],
  ['ACCESS-9', aRequest({ relations: [] }), true],
  ['ACCESS-9', aRequest({ relations: [{ kind: 'author', labels: [], until: '2026-03-10T01:00:00Z' }] }), true],
  ['ACCESS-10', aRequest({ act: 'copy', relations: [ORDERED] }, { roles: ['head'] }), false],
  ['ACCESS-11', aRequest({ act: 'cancel' }, { roles: ['head'], departments: [] }), false],
  ['ACCESS-12', aRequest({ act: 'print' }, { network: '8.8.8.8' }), false],
  ['ACCESS-13', aRequest({ act: 'copy', at: '2026-03-15T08:00:00+07:00' }, { roles: ['records'] }), false],
  ['ACCESS-14', aRequest({ act: 'edit', type: 'MedicationRequest' }, { factors: 1 }), false],
])('%s refuses in both languages, and says whether breaking the glass would help', (rule, request, breakGlass) => {
  const decision = decided(request)
  expect(decision).toMatchObject({ allowed: false, refusal: { rule, code: 'forbidden' }, breakGlass })
  if (decision.allowed) return
  expect(decision.refusal.message.vi).not.toBe('')
  expect(decision.refusal.message.en).not.toBe('')
  expect(decision.trace.at(-1)?.effect).toBe('refuses')
})

test('of several lines the one that was nearest to allowing says why', () => {
  // A head may copy with two factors; a doctor's lines do not speak of copying at all.
  const decision = decided(aRequest({ act: 'copy' }, { roles: ['doctor', 'head'], factors: 1 }))
  expect(decision).toMatchObject({ refusal: { rule: 'ACCESS-14' } })
})

test('what is written anew may be as secret as it is, what is changed has to be seen', () => {
  expect(decided(aRequest({ act: 'create', labels: ['HIV', 'V'] })).allowed).toBe(true)
  expect(decided(aRequest({ act: 'edit', labels: ['HIV'] })).allowed).toBe(false)
})

test('a label needs one relation that covers all of it', () => {
  const until = '2027-01-01T00:00:00Z'
  const [hiv, psy] = [
    { kind: 'ordered', labels: ['HIV'], until },
    { kind: 'author', labels: ['PSY'], until },
  ] as const
  expect(decided(aRequest({ labels: ['HIV'], relations: [hiv, psy] })).allowed).toBe(true)
  expect(decided(aRequest({ labels: ['HIV', 'PSY'], relations: [hiv, psy] })).allowed).toBe(false)
})

test('whether a type may be searched at all does not need a patient', () => {
  const search = { act: 'search', ofPatient: false, relations: [], withinPatients: false } as const
  expect(decided(aRequest(search)).allowed).toBe(true)
  expect(decided(aRequest(search, { patients: ['Patient/p1'] })).allowed).toBe(true)
  expect(decided(aRequest(search, { roles: ['administrator'] })).allowed).toBe(false)
})

test('whoever is limited to named patients does not search the audit log, which no fence holds', () => {
  const search = { act: 'search', type: 'AuditEvent', ofPatient: false, relations: [] } as const
  const patient = { roles: ['patient'], agent: 'Patient/p1', patients: ['Patient/p1'] } as const
  expect(decided(aRequest(search, patient))).toMatchObject({ allowed: false, refusal: { rule: 'ACCESS-2' } })
  expect(decided(aRequest({ ...search, act: 'read', ofPatient: true }, patient)).allowed).toBe(true)
  const launched = { roles: ['auditor'], patients: ['Patient/p1'] } as const
  expect(decided(aRequest(search, launched)).allowed).toBe(false)
  expect(decided(aRequest(search, { roles: ['auditor'] })).allowed).toBe(true)
})

test('the simulator says the same in sentences, with the source of each line', () => {
  const { decision, steps, summary } = explain(DEFAULT_POLICY, aRequest())
  expect(decision).toEqual(decided(aRequest()))
  expect(steps.find(({ rule }) => rule === 'clinicians-care')?.source).toContain('Điều 69 khoản 3')
  expect(summary.vi).toMatch(/^Được phép: /)
  const refused = explain(DEFAULT_POLICY, aRequest({ relations: [] })).summary
  expect(refused.vi).toBe(
    'Không được: Bạn không có quan hệ điều trị với người bệnh này. Có thể mở khẩn cấp nếu có lý do',
  )
  expect(refused.en).toMatch(/^Refused: /)
})

test('a decision costs at most two microseconds', () => {
  const requests = [aRequest(), aRequest({ labels: ['R'] }), aRequest({ act: 'edit', type: 'MedicationRequest' })]
  const ask = (times: number) => {
    for (let i = 0; i < times; i++) for (const request of requests) decided(request)
  }
  ask(50_000)
  const costs = Array.from({ length: 5 }, () => {
    const started = process.cpuUsage().user
    ask(50_000)
    return (process.cpuUsage().user - started) / 150_000
  })
  expect(Math.min(...costs)).toBeLessThan(2)
})
