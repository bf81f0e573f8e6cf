import { expect, test } from 'vitest'
import { breakGlassAllowed, type GlassRequest, glassRelation } from './break-glass.ts'
import { decide } from './decide.ts'
import { DEFAULT_POLICY } from './policy/default-policy.ts'
import { aReader, aRequest } from './readers-for-test.ts'
import type { Reader } from './types.ts'

const asked: GlassRequest = {
  patient: 'Patient/p1',
  reason: 'emergency',
  text: 'Ngừng tuần hoàn tại sảnh',
  reauthenticated: true,
  at: '2026-03-10T22:00:00+07:00',
}

const broken = (request: Partial<GlassRequest> = {}, reader: Partial<Reader> = {}) =>
  breakGlassAllowed(DEFAULT_POLICY, aReader(reader), { ...asked, ...request })

test('it opens one patient for four hours', () => {
  expect(broken()).toEqual({
    ok: true,
    value: {
      patient: 'Patient/p1',
      reason: 'emergency',
      text: 'Ngừng tuần hoàn tại sảnh',
      labels: ['SEX', 'EMP', 'CEL', 'R', 'HIV', 'PSY', 'ETH', 'SDV'],
      since: '2026-03-10T15:00:00.000Z',
      until: '2026-03-10T19:00:00.000Z',
      rules: ['glass-care', 'glass-emergency'],
    },
  })
})

test.each([
  ['GLASS-1', {}, { roles: ['cashier'] }],
  ['GLASS-1', {}, { roles: ['administrator'] }],
  ['GLASS-2', { patient: 'Patient/p1,Patient/p2' }, {}],
  ['GLASS-2', { patient: 'Patient/' }, {}],
  ['GLASS-3', { reason: 'curiosity' }, {}],
  ['GLASS-4', { text: 'cấp cứu' }, {}],
  ['GLASS-4', { text: '                 ' }, {}],
  // Nine letters that an input method sent as letters and accents apart.
  ['GLASS-4', { text: 'ngừng thở'.normalize('NFD') }, {}],
  ['GLASS-5', { reauthenticated: false }, {}],
  ['GLASS-6', {}, { patients: ['Patient/p2'] }],
] as const)('%s refuses', (rule, request, reader) => {
  const outcome = broken(request, reader)
  expect(outcome.ok ? [] : outcome.refusals.map((refusal) => refusal.rule)).toEqual([rule])
})

test('GLASS-7 refuses a reason that is not for these roles', () => {
  const { breakGlass } = DEFAULT_POLICY
  const [care] = breakGlass.rules
  if (care === undefined) throw new Error('no rule')
  const policy = { ...DEFAULT_POLICY, breakGlass: { ...breakGlass, rules: [{ ...care, reasons: ['emergency'] }] } }
  const outcome = breakGlassAllowed(policy, aReader(), { ...asked, reason: 'on-call' })
  expect(outcome).toMatchObject({ ok: false, refusals: [{ rule: 'GLASS-7' }] })
})

test('all that is missing is said at once', () => {
  const outcome = broken({ patient: '', reason: '', text: '', reauthenticated: false })
  expect(outcome.ok ? [] : outcome.refusals.map(({ rule }) => rule)).toEqual([
    'GLASS-2',
    'GLASS-3',
    'GLASS-4',
    'GLASS-5',
  ])
})

test('an emergency is not blocked by the hour, the network, one factor or being off duty', () => {
  const night = { at: '2026-03-15T03:00:00+07:00' }
  for (const roles of [['doctor'], ['nurse'], ['head']] as const) {
    const reader = { roles, departments: [], factors: 1 } as const
    const glass = broken(night, { ...reader, network: '8.8.8.8' })
    if (!glass.ok) throw new Error('refused')
    for (const type of ['Encounter', 'Condition', 'Composition', 'AllergyIntolerance', 'DiagnosticReport']) {
      const request = aRequest({ ...night, type, labels: ['HIV'], relations: [glassRelation(glass.value)] }, reader)
      expect(decide(DEFAULT_POLICY, request).allowed).toBe(true)
    }
  }
})

test('after four hours it is over', () => {
  const glass = broken()
  if (!glass.ok) throw new Error('refused')
  const relations = [glassRelation(glass.value)]
  expect(decide(DEFAULT_POLICY, aRequest({ relations, at: '2026-03-11T01:59:59+07:00' })).allowed).toBe(true)
  expect(decide(DEFAULT_POLICY, aRequest({ relations, at: '2026-03-11T02:00:00+07:00' })).allowed).toBe(false)
})
