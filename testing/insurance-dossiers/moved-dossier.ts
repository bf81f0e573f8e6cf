import { type Dossier, type Row, type TableId, tables, type Values } from '#obligations/health-insurance'

const DAY_MS = 86_400_000

/** Days of a person's life and of a card, which do not move with a visit. */
const FIXED: ReadonlySet<string> = new Set(['NGAY_SINH', 'GT_THE_TU', 'GT_THE_DEN'])

/** What an invented dossier is made into. */
export interface Move {
  /** days later */
  readonly days: number
  /** MACSKCB, five digits */
  readonly facility: string
  /** fields of XML1 that say who it is */
  readonly person: Values
}

/** The same visit on other days, at another facility, of somebody else. */
export function movedDossier(dossier: Dossier, { days, facility, person }: Move): Dossier {
  const moved = Object.entries(dossier.tables).map(([id, rows]) => [
    id,
    rows.map((row) => movedRow(id as TableId, row, days, [dossier.facility, facility])),
  ])
  const all = Object.fromEntries(moved) as Dossier['tables']
  const [summary] = all.XML1!
  const until = summary!.values.NGAY_RA ?? ''
  const values = { ...summary!.values, ...person, NAM_QT: until.slice(0, 4), THANG_QT: until.slice(4, 6) }
  return {
    ...dossier,
    facility,
    made: later(dossier.made, days),
    visit: dossier.visit.replace(dossier.facility, facility),
    tables: { ...all, XML1: [{ values, unknown: null }], ...copied(all, person) },
  }
}

function movedRow(table: TableId, { values }: Row, days: number, [from, to]: readonly [string, string]): Row {
  const moments = new Set(
    tables[table].fields.filter(({ kind }) => kind === 'minute' || kind === 'day').map(({ name }) => name),
  )
  const moved = Object.entries(values).map(([name, value]) => {
    if (moments.has(name) && !FIXED.has(name)) return [name, later(value, days)]
    return [name, value.replace(from, to)]
  })
  return { values: Object.fromEntries(moved), unknown: null }
}

/** yyyyMMdd, with or without hours and minutes behind it */
function later(written: string, days: number): string {
  const [, year = '', month = '', day = '', rest = ''] = /^(\d{4})(\d{2})(\d{2})(\d*)$/.exec(written) ?? []
  if (year === '') return written
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day)) + days * DAY_MS
  return new Date(time).toISOString().slice(0, 10).replaceAll('-', '') + rest
}

/** Where other tables repeat the patient's code. */
const copied = ({ XML7 = [] }: Dossier['tables'], { MA_BN = '' }: Values): Dossier['tables'] =>
  XML7.length === 0 ? {} : { XML7: XML7.map(({ values }) => ({ values: { ...values, MA_YTE: MA_BN }, unknown: null })) }
