import type { Finding, FindingSeverity } from './types.ts'
import type { TableId } from './format/table.ts'
import type { Bilingual } from './money/amount-text.ts'

/** What a rule says of itself, for the list of rules and for each finding made by it. */
export interface Rule {
  /** kept in docs/rules/health-insurance.md */
  readonly id: string
  readonly severity: FindingSeverity
  /** law, letter or workbook that says so */
  readonly source: string
  readonly vi: string
  readonly en: string
  /** what to do about it, in Vietnamese */
  readonly wayOut: string
  /** where it is always found; null where it may be anywhere */
  readonly table: TableId | null
  readonly field: string | null
}

/** Where a finding is. Rows count from 1. */
export interface Place {
  readonly table?: TableId | null
  readonly row?: number | null
  readonly field?: string | null
}

const behind = (detail: string): string => (detail === '' ? '' : ` (${detail})`)

/** @param detail what stands behind the rule's own sentence, such as the name of an element; never a patient's data */
export const findingOf = (rule: Rule, place: Place = {}, detail: string | Bilingual = ''): Finding => ({
  rule: rule.id,
  severity: rule.severity,
  table: place.table === undefined ? rule.table : place.table,
  row: place.row ?? null,
  field: place.field === undefined ? rule.field : place.field,
  message: rule.vi + behind(typeof detail === 'string' ? detail : detail.vi),
  english: rule.en + behind(typeof detail === 'string' ? detail : detail.en),
  wayOut: rule.wayOut,
  source: rule.source,
})
