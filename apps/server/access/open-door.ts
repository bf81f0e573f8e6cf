import { decide, fenceOf, type Policy } from '#foundation/access-control'
import type { AuditLog } from '#foundation/audit-log'
import type { RecordStore } from '#foundation/record-store'
import { standings } from './standings.ts'
import type { Door } from './visits.ts'

export interface DoorOptions {
  readonly store: RecordStore
  readonly auditLog: Pick<AuditLog, 'append'>
  /** the policy that holds now; asked for each decision, because it may change while somebody works */
  readonly policy: () => Policy
  /** the audit log over FHIR; without it AuditEvents are resources like others */
  readonly auditEvents?: Door['auditEvents']
}

/** Everything that requests of people who signed in pass through. */
export function openDoor({ store, auditLog, policy, auditEvents }: DoorOptions): Door {
  return {
    rules: {
      decide: (request) => decide(policy(), request),
      fenceOf: (reader, at) => fenceOf(policy(), reader, at),
    },
    standings: standings(store),
    audit: auditLog.append,
    ...(auditEvents && { auditEvents }),
    now: Date.now,
  }
}
