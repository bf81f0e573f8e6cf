/** How acts get into the database: by a statement of their own, or as a part of the statement that does what they tell. */
import type { AuditEntry } from './types.ts'

/**
 * Stores entries; $1 is the facility. As a common table expression of a write it commits with that write or not at all.
 * @param parameter number of the parameter that takes `auditRows`
 */
export const auditInsert = (parameter: number): string =>
  `insert into audit_event (facility, statement, detail, salt)
  select $1::integer, split_part(a.line, E'\\t', 2), split_part(a.line, E'\\t', 3),
         decode(split_part(a.line, E'\\t', 1), 'hex')
  from string_to_table($${parameter}::text, E'\\n') as a(line)`

/** JSON text has neither raw tabs nor line ends, so entries travel as lines: array literals would escape every quotation mark. */
export const auditRows = (entries: readonly AuditEntry[]): string =>
  entries.map(({ statement, detail, salt }) => `${salt}\t${statement}\t${detail}`).join('\n')
