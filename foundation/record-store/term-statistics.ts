/**
 * How many rows carry a term, as PostgreSQL's own statistics have it. The plans of prepared statements cannot depend on
 * their values, so the store looks before it writes the statement: a common term is walked, a rare one fetched.
 */
import type { Connections } from './postgres.ts'

export interface TermStatistics {
  /** expected rows with the term (as stored, mixed with the facility); null while nothing is known */
  rowsWith(term: bigint): number | null
}

export const NO_STATISTICS: TermStatistics = { rowsWith: () => null }

const REFRESH_MS = 60_000

/** The frequencies end with the least and the greatest of them and the share of nulls. */
const QUERY = `select c.reltuples::bigint, s.most_common_elems::text, s.most_common_elem_freqs::text
  from pg_stats s join pg_class c on c.oid = 'resource'::regclass
  where s.schemaname = current_schema() and s.tablename = 'resource' and s.attname = 'terms'`

const inside = (array: string): readonly string[] => array.slice(1, -1).split(',')

function read(row: readonly (string | null)[] | undefined): TermStatistics {
  const [tuples, elements, frequencies] = row ?? []
  if (!tuples || !elements || !frequencies) return NO_STATISTICS
  const rows = Number(tuples)
  const shares = inside(frequencies).map(Number)
  const known = new Map(inside(elements).map((term, i) => [term, (shares[i] ?? 0) * rows]))
  const rarest = (shares.at(-3) ?? 0) * rows
  return { rowsWith: (term) => known.get(term.toString()) ?? rarest }
}

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
  return {
    rowsWith(term) {
      if (Date.now() > due) renew()
      return current.rowsWith(term)
    },
  }
}
