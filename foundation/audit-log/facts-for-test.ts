import type { AuditFacts } from './types.ts'

/** An act of a doctor, all of whose words are invented. */
export const anAct = (over: Partial<AuditFacts> = {}): AuditFacts => ({
  at: '2026-07-01T08:00:00.000Z',
  action: 'read',
  outcome: 'success',
  agent: {
    account: '7d9f0c55-0000-4000-8000-000000000001',
    reference: 'Practitioner/bs-1',
    roles: ['doctor'],
    client: null,
    session: 's-1',
    network: '10.1.2.3',
    purpose: 'TREAT',
  },
  entities: [{ reference: 'Observation/o-1', version: 1 }],
  patients: ['Patient/p-1'],
  request: 'r-1',
  ...over,
})
