/** The audit log of one facility: acts are added to it, and nothing else happens to them. */
import type pg from 'pg'
import { groupedAppends } from './append.ts'
import { asTheLog, type Ledgers, openLedgers } from './ledger.ts'
import { openLine } from './line.ts'
import { auditEntry } from './entry.ts'
import type { AuditEntry, AuditFacts } from './types.ts'

export interface AuditLog {
  readonly facility: number
  /**
   * For acts that no write carries. Resolves when the act is committed; rejects when that is not certain: the answer must
   * then not leave.
   */
  readonly append: (entry: AuditEntry) => Promise<void>
  /**
   * Erases the detail of acts by law; the statement and the proof of both stay.
   * @param acts their seq @param facts of the erasure: who and why; what it erases is added
   * @returns how many still had a detail
   */
  readonly erase: (acts: readonly string[], facts: AuditFacts) => Promise<number>
  readonly ledgers: Ledgers
  readonly close: () => Promise<void>
}

export interface AuditLogOptions {
  readonly facility?: number
  /** how long an act waits for a PostgreSQL that is being restarted before it is refused */
  readonly patienceMs?: number
}

/** @param config where the database is; its schema is migrated already */
export function openAuditLog(config: pg.PoolConfig, options: AuditLogOptions = {}): AuditLog {
  const { facility = 1, patienceMs = 10_000 } = options
  const line = openLine(asTheLog(config, facility))
  const ledgers = openLedgers(config, facility)
  return {
    facility,
    append: groupedAppends(line, facility, patienceMs),
    erase: (acts, facts) => erase(ledgers, facility, acts, facts),
    ledgers,
    close: async () => {
      await Promise.all([line.end(), ledgers.close()])
    },
  }
}

async function erase(ledgers: Ledgers, facility: number, acts: readonly string[], facts: AuditFacts): Promise<number> {
  const entities = [...facts.entities, ...acts.map((seq) => ({ reference: `AuditEvent/${seq}` }))]
  const { statement, detail, salt } = auditEntry({ ...facts, action: 'erase', entities })
  const [row] = await ledgers.within((ledger) =>
    ledger.rows(`select erase_audit_detail($1, $2::bigint[], $3, $4, decode($5, 'hex'))`, [
      facility,
      acts,
      statement,
      detail,
      salt,
    ]),
  )
  return Number(row?.[0])
}
