/** What everybody did, provably: entries, their tree, its signed heads, and how all of it is verified. */
export type { AuditAction, AuditEntry, AuditFacts } from './types.ts'
export { auditEntry } from './entry.ts'
export { auditInsert, auditRows } from './insert.ts'
