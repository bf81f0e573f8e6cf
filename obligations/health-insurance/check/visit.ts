import type { TableId } from '../format/table.ts'
import type { Bilingual } from '../money/amount-text.ts'
import type { Place, Rule } from '../rule.ts'
import type { Dossier, Row, Values } from '../types.ts'
import type { Catalogues } from './catalogues.ts'

/** What every check looks at. */
export interface Visit {
  readonly dossier: Dossier
  /** XML1; {} where it is missing */
  readonly summary: Values
  rows(table: TableId): readonly Row[]
  /** NGAY_RA as yyyyMMdd, for what changed by date; '' where unknown */
  readonly endDay: string
  /** what the facility says of its codes; null where nobody asked it */
  readonly catalogues: Catalogues | null
  /** true for decision 4210, of which only a few rules hold */
  readonly isLegacy: boolean
}

export type Report = (rule: Rule, place?: Place, detail?: string | Bilingual) => void

/** True where an error was found already: what only follows from it is not said again. */
export type IsBroken = (table: TableId, row: number | null, field: string) => boolean

/** A group of rules with the code that holds them. */
export interface Check {
  readonly rules: readonly Rule[]
  readonly run: (visit: Visit, report: Report, isBroken: IsBroken) => void
}

const NOTHING: readonly Row[] = []

export function visitOf(dossier: Dossier, catalogues: Catalogues | null): Visit {
  const summary = dossier.tables.XML1?.[0]?.values ?? {}
  return {
    dossier,
    summary,
    rows: (table) => dossier.tables[table] ?? NOTHING,
    catalogues,
    endDay: (summary.NGAY_RA ?? '').slice(0, 8),
    isLegacy: dossier.decision === '4210',
  }
}

/** The text of a field without blanks around it; '' where it is absent. */
export const valueOf = (values: Values, name: string): string => trimmed(values[name])

/** Of the texts of a million fields hardly one has blanks around it: only for that one a text is made. */
export function trimmed(text: string | undefined): string {
  if (text === undefined || text === '') return ''
  return mayBeBlank(text.charCodeAt(0)) || mayBeBlank(text.charCodeAt(text.length - 1)) ? text.trim() : text
}

const SPACE = 0x20
/** From here on Unicode has blanks too. */
const NO_BREAK_SPACE = 0xa0
const mayBeBlank = (code: number): boolean => code <= SPACE || code >= NO_BREAK_SPACE

export const isFilled = (values: Values, name: string): boolean => valueOf(values, name) !== ''

const NO_PARTS: readonly string[] = []

/** A ";" list without its empty end. */
export const listOf = (text: string): readonly string[] => {
  const whole = text.trim().replace(/;$/, '')
  if (whole === '') return NO_PARTS
  return whole.includes(';') ? whole.split(';').map((part) => part.trim()) : [whole]
}
