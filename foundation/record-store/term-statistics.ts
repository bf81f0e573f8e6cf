/**
 * How many rows carry a term, as PostgreSQL's own statistics have it. The plans of prepared statements cannot depend on
 * their values, so the store looks before it writes the statement: a common term is walked, a rare one fetched.
 */
import type { Connections } from './postgres.ts'

export interface TermStatistics {
  /** expected rows with the term (as stored, mixed with the facility); null while nothing is known */
  rowsWith(term: bigint): number | null
  /** expected rows of the type; null while nothing is known */
  rowsOf(type: string): number | null
}

export const NO_STATISTICS: TermStatistics = { rowsWith: () => null, rowsOf: () => null }

const REFRESH_MS = 60_000

/** The frequencies of elements end with the least and the greatest of them and the share of nulls. */
const QUERY = 'select rows, elements, element_shares, types, type_shares from term_statistics()'

const inside = (array: string): readonly string[] => array.slice(1, -1).split(',')

function read(row: readonly (string | null)[] | undefined): TermStatistics {
  const [tuples, elements, frequencies, types, shares] = row ?? []
  if (!tuples || !elements || !frequencies || !types || !shares) return NO_STATISTICS
  const rows = Number(tuples)
  const ofElements = inside(frequencies).map(Number)
  const known = expected(rows, elements, ofElements)
  const knownTypes = expected(rows, types, inside(shares).map(Number))
  const rarest = (ofElements.at(-3) ?? 0) * rows
  return {
    rowsWith: (term) => known.get(term.toString()) ?? rarest,
    // A type that is not among the hundred commonest has few rows.
    rowsOf: (type) => knownTypes.get(type) ?? rarest,
  }
}

const expected = (rows: number, values: string, shares: readonly number[]): ReadonlyMap<string, number> =>
  new Map(inside(values).map((value, i) => [value, (shares[i] ?? 0) * rows]))

/** Statistics that renew themselves, in the background, when they are asked for and older than a minute. */
export function termStatistics({ planned }: Connections): TermStatistics {
  let current = NO_STATISTICS
  let due = 0
  const renew = () => {
    due = Date.now() + REFRESH_MS
    // Without statistics searches are right all the same, only planned less well.
    planned.rows(QUERY, []).then(
      ([row]) => (current = read(row)),
      () => {},
    )
  }
  const latest = (): TermStatistics => {
    if (Date.now() > due) renew()
    return current
  }
  return { rowsWith: (term) => latest().rowsWith(term), rowsOf: (type) => latest().rowsOf(type) }
}
