/**
 * The order of search results and the keyset that continues it. Every order ends in a unique column, so that a page
 * begins exactly after the last row of the one before it, whatever was written in between.
 */
import { type Refusal, no } from '#fhir/outcome'
import type { SortKey } from '#fhir/search'
import type { Statement } from './criteria-sql.ts'
import { texts } from './postgres.ts'

export interface OrderColumn {
  readonly sql: string
  readonly cast: 'float8' | 'bigint' | 'text'
  readonly descending: boolean
}

/** Sorts after every folded text. */
const LAST_TEXT = `U&'\\+10FFFF'`
const lastFloat = (descending: boolean) => (descending ? `'-Infinity'::float8` : `'Infinity'::float8`)
const lastText = (descending: boolean) => (descending ? `''` : LAST_TEXT)

/** Missing values come last in either direction, by a value that stands for them: keysets do not work with nulls. */
function column(s: Statement, r: string, key: SortKey): OrderColumn {
  const { descending } = key
  switch (key.by) {
    case 'updated':
      return { sql: `${r}.updated`, cast: 'float8', descending }
    case 'id':
      return { sql: `${r}.id`, cast: 'text', descending }
    case 'date':
      return { sql: `${r}.date_low`, cast: 'float8', descending }
    case 'range': {
      const extreme = descending ? 'max(v.high)' : 'min(v.low)'
      const value = `(select ${extreme} from range_value v where v.facility = $1 and v.self = ${r}.self
        and v.parameter = ${s.parameter(key.parameter)}::integer)`
      return { sql: `coalesce(${value}, ${lastFloat(descending)})`, cast: 'float8', descending }
    }
    case 'string': {
      const extreme = descending ? 'max' : 'min'
      const value = `(select ${extreme}(v.folded) from string_value v where v.facility = $1 and v.self = ${r}.self
        and v.parameter = ${s.parameter(key.parameter)}::integer)`
      return { sql: `coalesce(${value}, ${lastText(descending)})`, cast: 'text', descending }
    }
    case 'path': {
      // `json` and not `jsonb`: one value is read of the text, nothing is built of it, in three quarters of the time.
      const values = key.paths.map((path) => `v.body::json #>> ${s.parameter(texts(path))}::text[]`)
      const value = `(select coalesce(${values.join(', ')}) from resource_version v
        where v.facility = $1 and v.self = ${r}.self and v.version = ${r}.version)`
      return { sql: `coalesce(${value}, ${lastText(descending)}) collate "C"`, cast: 'text', descending }
    }
  }
}

/** The columns a request is sorted by, ending with the unique key. */
export function orderOf(s: Statement, r: string, sort: readonly SortKey[]): readonly OrderColumn[] {
  const columns = sort.map((key) => column(s, r, key))
  const descending = columns.at(-1)?.descending ?? false
  return [...columns, { sql: `${r}.key`, cast: 'bigint', descending }]
}

/** `+ 0` keeps the planner from walking the whole type in index order when few rows are to be sorted. */
export const withoutIndexOrder = (order: readonly OrderColumn[]): readonly OrderColumn[] =>
  order.map((each) => ({
    ...each,
    sql: each.cast === 'text' ? `(${each.sql} || '') collate "C"` : `(${each.sql} + 0)`,
  }))

export const orderBy = (order: readonly OrderColumn[]): string =>
  order.map(({ sql, descending }) => `${sql}${descending ? ' desc' : ''}`).join(', ')

/** The condition "after the row with these values", as a row comparison where all columns run the same way. */
export function afterCursor(s: Statement, order: readonly OrderColumn[], values: readonly string[]): string {
  const placed = order.map(({ cast }, i) => `${s.parameter(values[i])}::${cast}`)
  const [first] = order
  if (order.every(({ descending }) => descending === first?.descending)) {
    const columns = order.map(({ sql }) => sql).join(', ')
    return `(${columns}) ${first?.descending ? '<' : '>'} (${placed.join(', ')})`
  }
  const alternatives = order.map(({ sql, descending }, i) => {
    const equal = order.slice(0, i).map((each, j) => `${each.sql} = ${placed[j]}`)
    return `(${[...equal, `${sql} ${descending ? '<' : '>'} ${placed[i]}`].join(' and ')})`
  })
  return `(${alternatives.join(' or ')})`
}

/** The position after a row: the values of its order columns. */
export const encodeCursor = (values: readonly string[]): string => JSON.stringify(values)

const isTextList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string' && !each.includes('\u0000'))

function parsed(cursor: string): readonly string[] | null {
  try {
    const value: unknown = JSON.parse(cursor)
    return isTextList(value) ? value : null
  } catch {
    return null
  }
}

const NUMBER = /^-?(\d+(\.\d+)?(e[+-]?\d+)?|Infinity)$/i
const BIGINT = /^-?\d{1,19}$/

/** @returns the values to continue after, or null when the text is not a cursor of this order */
export function decodeCursor(cursor: string, casts: readonly OrderColumn['cast'][]): readonly string[] | null {
  const values = parsed(cursor)
  if (values?.length !== casts.length) return null
  const fits = casts.every((cast, i) => {
    const value = values[i] as string
    return cast === 'text' || (cast === 'bigint' ? BIGINT : NUMBER).test(value)
  })
  return fits ? values : null
}

/** A cursor is only ever made by the store; one that it cannot read was cut or invented. @param at name of the parameter */
export const unreadableCursor = (at = '_cursor'): Refusal =>
  no(
    'STORE-3',
    'invalid',
    {
      vi: 'Liên kết trang không còn đúng. Hãy tìm lại từ trang đầu.',
      en: 'The page link cannot be read. Start again from the first page.',
    },
    at,
  )
