import type { Decision, TableId } from './format/table.ts'

/**
 * One row of a table as it was received: element name → its text, character for character (entities and CDATA resolved).
 * An element that is absent is absent here; an empty one is ''. Names are those of decision 3176: what an older decision
 * called otherwise is renamed by the reader, which says so in a finding.
 */
export type Values = Readonly<Record<string, string>>

export interface Row {
  readonly values: Values
  /** elements that no decision knows, kept as they came; null where there are none */
  readonly unknown: Values | null
}

/** One dossier (HOSO): the tables of one visit. */
export interface Dossier {
  readonly decision: Decision
  /** MACSKCB of the envelope */
  readonly facility: string
  /** NGAYLAP of the envelope, yyyyMMdd; '' where absent */
  readonly made: string
  /** MA_LK */
  readonly visit: string
  /** rows in the order received; a table that was not sent (or sent empty) is absent */
  readonly tables: Readonly<Partial<Record<TableId, readonly Row[]>>>
  /** text of CHUKYDONVI (or its signature element); null where empty */
  readonly signature: string | null
}

export type FindingSeverity = 'reject' | 'error' | 'warning'

/** What is wrong with a dossier, and where. Rows count from 1; null for tables of a single row and for whole tables. */
export interface Finding {
  /** id kept in docs/rules/health-insurance.md, such as BHYT-SUM-3 */
  readonly rule: string
  readonly severity: FindingSeverity
  readonly table: TableId | null
  readonly row: number | null
  readonly field: string | null
  /** Vietnamese sentence, without names of patients */
  readonly message: string
  readonly english: string
  /** what to do about it, in Vietnamese */
  readonly wayOut: string
  /** law, letter or workbook that says so */
  readonly source: string
}

/** What the reader found in one dossier, with what it thinks of its form. */
export interface ReadDossier {
  readonly dossier: Dossier
  readonly findings: readonly Finding[]
}

/** A file is read whole or refused whole: `refused` then says why. */
export type ReadFile =
  | { readonly ok: true; readonly dossiers: readonly ReadDossier[]; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly refused: readonly Finding[] }
