import type { AuditAction, AuditFacts } from '#foundation/audit-log'

const ACTIONS: readonly AuditAction[] = ['read', 'search', 'create', 'update', 'sign-in', 'break-glass', 'print']

/** An act at random, all of whose people are invented. @param chance a whole number from 0 to below n */
export function anAct(chance: (n: number) => number): AuditFacts {
  const patient = `Patient/p-${chance(40)}`
  return {
    at: new Date(Date.UTC(2026, 6, 1) + chance(86_400_000)).toISOString(),
    action: ACTIONS[chance(ACTIONS.length)] as AuditAction,
    outcome: chance(10) === 0 ? 'refused' : 'success',
    agent: {
      account: `00000000-0000-4000-8000-${String(chance(1e12)).padStart(12, '0')}`,
      reference: `Practitioner/n-${chance(25)}`,
      roles: ['nurse'],
      client: null,
      session: `s-${chance(100)}`,
      network: `10.0.${chance(256)}.${chance(256)}`,
      purpose: 'TREAT',
    },
    entities: [{ reference: `Observation/o-${chance(5000)}`, version: 1 + chance(3) }],
    patients: [patient],
    ...(chance(3) === 0 && { query: `patient=${patient}` }),
    request: `r-${chance(1e9)}`,
  }
}
