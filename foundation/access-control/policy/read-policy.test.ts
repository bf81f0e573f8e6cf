import { expect, test } from 'vitest'
import { DEFAULT_POLICY } from './default-policy.ts'
import type { Line, Policy } from './policy.ts'
import { readPolicy } from './read-policy.ts'

const asJson = (policy: unknown): unknown => JSON.parse(JSON.stringify(policy))

const refusalsOf = (document: unknown): readonly string[] => {
  const outcome = readPolicy(document)
  return outcome.ok ? [] : outcome.refusals.map(({ rule, at = '' }) => `${rule} ${at}`.trim())
}

const line: Line = {
  id: 'another',
  roles: ['cashier'],
  acts: ['create'],
  areas: ['finance'],
  tie: 'none',
  vi: 'Một dòng',
  en: 'A line',
  source: 'Quy chế bệnh viện',
}

const withLine = (change: object): Policy => ({
  ...DEFAULT_POLICY,
  lines: [...DEFAULT_POLICY.lines, { ...line, ...change }],
})
const last = `lines[${DEFAULT_POLICY.lines.length}]`

test('the policy a hospital begins with is one, also after it was JSON', () => {
  expect(readPolicy(asJson(DEFAULT_POLICY))).toEqual({ ok: true, value: DEFAULT_POLICY })
  expect(refusalsOf(withLine({}))).toEqual([])
})

test.each([
  [null, ['POLICY-1']],
  [{ ...DEFAULT_POLICY, lines: [] }, ['POLICY-1 lines']],
  [{ ...DEFAULT_POLICY, lines: undefined }, ['POLICY-1 lines']],
  [{ ...DEFAULT_POLICY, more: 1 }, ['POLICY-1 more']],
  [{ ...DEFAULT_POLICY, from: '2026-01-01' }, ['POLICY-1 from']],
  [{ ...DEFAULT_POLICY, version: 0 }, ['POLICY-1 version']],
  [withLine({ windwo: {} }), [`POLICY-1 ${last}.windwo`]],
  [withLine({ roles: ['king'] }), [`POLICY-1 ${last}.roles[0]`]],
  [withLine({ types: ['Nonsense'] }), [`POLICY-1 ${last}.types[0]`]],
  [withLine({ factors: 1 }), [`POLICY-1 ${last}.factors`]],
  [withLine({ onDuty: false }), [`POLICY-1 ${last}.onDuty`]],
  [withLine({ source: '' }), [`POLICY-1 ${last}.source`]],
  [
    withLine({ window: { weekdays: [8], from: '25:00', to: '20:00' } }),
    [`POLICY-1 ${last}.window.weekdays[0]`, `POLICY-1 ${last}.window.from`],
  ],
  [{ ...DEFAULT_POLICY, networks: { inside: ['10.0.0.0/99'], exempt: [] } }, ['POLICY-1 networks.inside[0]']],
  [{ ...DEFAULT_POLICY, breakGlass: { ...DEFAULT_POLICY.breakGlass, text: 3 } }, ['POLICY-1 breakGlass.text']],
  [{ ...DEFAULT_POLICY, breakGlass: { ...DEFAULT_POLICY.breakGlass, hours: 48 } }, ['POLICY-1 breakGlass.hours']],
])('what has not the shape of a policy is refused with its place (%#)', (document, refusals) => {
  expect(refusalsOf(document)).toEqual(refusals)
})

test.each([
  ['POLICY-2', { id: 'doctor-write' }],
  ['POLICY-3', { acts: ['read'] }],
  ['POLICY-4', { acts: ['read', 'search'], types: ['Invoice'] }],
  ['POLICY-4', { acts: ['read', 'search'], tie: 'relation', kinds: ['department'] }],
  ['POLICY-5', { kinds: ['department'] }],
  ['POLICY-6', { types: ['Patient'] }],
  ['POLICY-7', { window: { weekdays: [1], from: '12:00', to: '11:00' } }],
  ['POLICY-8', { roles: ['doctor'], acts: ['read', 'search'], tie: 'relation', factors: 2 }],
  ['POLICY-8', { roles: ['nurse'], acts: ['read', 'search'], tie: 'relation', network: 'inside' }],
  ['POLICY-9', { roles: ['doctor'], areas: ['visit'] }],
  ['POLICY-9', { roles: ['technician'], acts: ['edit'], areas: ['diagnostic'], types: ['ServiceRequest'] }],
  ['POLICY-10', { roles: ['administrator'], acts: ['read', 'search'], areas: ['person'] }],
  ['POLICY-11', { areas: ['audit'] }],
  ['POLICY-12', { roles: ['patient'], acts: ['read', 'search'] }],
])('%s refuses a line that no policy may have', (rule, change) => {
  expect(refusalsOf(withLine(change)).map((each) => each.split(' ')[0])).toEqual([rule])
})

test('POLICY-13 refuses a reason that is not listed, POLICY-14 an end before the beginning', () => {
  const { breakGlass } = DEFAULT_POLICY
  const rules = breakGlass.rules.map((rule) => ({ ...rule, reasons: ['curiosity'] }))
  expect(refusalsOf({ ...DEFAULT_POLICY, breakGlass: { ...breakGlass, rules: rules.slice(0, 1) } })).toEqual([
    'POLICY-13 breakGlass.rules[0].reasons',
  ])
  expect(refusalsOf({ ...DEFAULT_POLICY, until: '2020-01-01T00:00:00Z' })).toEqual(['POLICY-14 until'])
})
