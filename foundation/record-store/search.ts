/** Search: one statement finds the page and its includes; the stored texts are joined, none is parsed on the way. */
import type { Refusal } from '#fhir/outcome'
import type { Include, SearchRequest } from '#fhir/search'
import { type Bodies, type VersionKey, entryPieces, keyOf } from './bodies.ts'
import { type Statement, newStatement, rowConditions } from './criteria-sql.ts'
import { facilityConstant } from './facility.ts'
import { encodeCursor } from './order.ts'
import { pageOf, rowsWanted } from './page-sql.ts'
import { type Connections, type Sql, numbers } from './postgres.ts'
import type { TermStatistics } from './term-statistics.ts'
import type { SearchPage, StoredVersion } from './types.ts'
import { VERSION_COLUMNS, VERSION_COLUMN_COUNT, toVersion } from './versions.ts'

/** Included resources of one page at the most; beyond it the page would not be one. */
const MOST_INCLUDED = 10_000
/** `:iterate` follows references this many times at the most. */
const MOST_ROUNDS = 10

/** One select of (self, version) over the rows of `source`, a relation with self, ref_parameter and ref_target. */
function included(s: Statement, source: string, include: Include): string {
  if (include.direction === 'revinclude') {
    const constant = (include.constant ?? 0n) ^ facilityConstant(s.facility)
    return `select o.self, o.version from resource o
      where o.facility + 0 = $1 and (o.type || '') = ${s.parameter(include.source)} and o.terms && array(select p.self # ${s.parameter(constant.toString())}::bigint from ${source} p)`
  }
  const parameter = include.parameter === null ? '' : `and x.parameter = ${s.parameter(include.parameter)}::integer`
  const target = include.target === null ? '' : `and t.type = ${s.parameter(include.target)}`
  return `select t.self, t.version from (
      select distinct x.target from ${source} p
      cross join unnest(p.ref_parameter, p.ref_target) as x(parameter, target) where true ${parameter}) x
    join resource t on t.facility = $1 and t.self = x.target ${target}`
}

const includedOf = (s: Statement, source: string, includes: readonly Include[]): string =>
  includes.map((include) => included(s, source, include)).join(' union ')

const joinVersion = (of: string) =>
  `join resource_version v on v.facility = $1 and v.self = ${of}.self and v.version = ${of}.version`

/** The `with` clause of a request: relations page, matched and, where asked for, other. */
function relations(s: Statement, request: SearchRequest) {
  const page = pageOf(s, request)
  const parts = [page.sql, `matched as (select * from page where n <= ${request.count})`]
  if (request.includes.length > 0) {
    parts.push(`other as materialized (select distinct i.self, i.version
      from (${includedOf(s, 'matched', request.includes)}) i
      where i.self not in (select self from matched) limit ${MOST_INCLUDED})`)
  }
  return { page, sql: `with ${parts.join(', ')}` }
}

const cursorColumn = (request: SearchRequest, columns: number) =>
  `(select array_to_json(array[${Array.from({ length: columns }, (_, i) => `c${i}::text`).join(', ')}])
    from page where n = ${request.count} and exists (select 1 from page where n > ${request.count}))`

const cursorFrom = (cell: string | null | undefined): string | null =>
  cell ? encodeCursor(JSON.parse(cell) as string[]) : null

const keysFrom = (cell: string | null | undefined): readonly VersionKey[] => (cell ? cell.split(',') : [])

const selfOf = (key: VersionKey): string => key.slice(0, key.indexOf('.'))

/** What `:iterate` adds: the includes of what was included, round by round, each resource once. */
async function iterate(
  sql: Sql,
  facility: number,
  request: SearchRequest,
  matched: readonly VersionKey[],
  first: readonly VersionKey[],
): Promise<readonly VersionKey[]> {
  const repeated = request.includes.filter((include) => include.iterate)
  const seen = new Set([...matched, ...first].map(selfOf))
  const further: VersionKey[] = []
  let frontier = first
  for (let round = 0; round < MOST_ROUNDS && frontier.length > 0 && repeated.length > 0; round += 1) {
    frontier = await reach(sql, facility, repeated, frontier.map(selfOf), [...seen])
    further.push(...frontier)
    for (const key of frontier) seen.add(selfOf(key))
  }
  return further
}

async function reach(
  sql: Sql,
  facility: number,
  includes: readonly Include[],
  from: readonly string[],
  seen: readonly string[],
): Promise<readonly VersionKey[]> {
  const s = newStatement(facility)
  const source = `(select self, ref_parameter, ref_target from resource where facility = $1
    and self = any(${s.parameter(numbers(from))}::bigint[]))`
  const statement = `select string_agg(distinct ${keyOf('i')}, ',') from (${includedOf(s, source, includes)}) i
    where i.self <> all(${s.parameter(numbers(seen))}::bigint[])`
  const [row] = await sql.rows(statement, s.values)
  return keysFrom(row?.[0]).slice(0, MOST_INCLUDED)
}

/** @param base address of the FHIR endpoint with a final slash */
export async function searchPage(
  { connections, facility, statistics, bodies }: Searching,
  request: SearchRequest,
  base: string,
): Promise<SearchPage> {
  const s = newStatement(facility, statistics, rowsWanted(request))
  const { page, sql } = relations(s, request)
  const others = request.includes.length > 0 ? `(select string_agg(${keyOf('other')}, ',') from other)` : 'null'
  const statement = `${sql} select (select string_agg(${keyOf('m')}, ',' order by m.n) from matched m),
    ${cursorColumn(request, page.order.length)}, ${others}`
  const pool = page.hot ? connections.hot : connections.planned
  const [[row], total] = await Promise.all([
    pool.rows(statement, s.values),
    request.total === 'none' ? null : countMatches(connections, facility, request),
  ])
  const matched = keysFrom(row?.[0])
  const first = keysFrom(row?.[2])
  const included = [...first, ...(await iterate(pool, facility, request, matched, first))]
  const texts = await bodies.of([...matched, ...included])
  return {
    entries: entryPieces(base, texts, matched.length),
    matches: matched.length,
    delivered: texts,
    total,
    next: cursorFrom(row?.[1]),
    previous: null,
    warnings: included.length < MOST_INCLUDED ? [] : [tooManyIncluded()],
  }
}

const tooManyIncluded = (): Refusal => ({
  rule: 'STORE-4',
  severity: 'warning',
  code: 'too-costly',
  message: {
    vi: `Chỉ hiển thị ${MOST_INCLUDED} bản ghi kèm theo; hãy thu hẹp tìm kiếm hoặc giảm _count.`,
    en: `Only ${MOST_INCLUDED} included resources are shown; narrow the search or lower _count.`,
  },
  at: '_include',
})

/** What a search needs of the store. */
export interface Searching {
  readonly connections: Connections
  readonly facility: number
  readonly statistics: TermStatistics
  readonly bodies: Bodies
}

export interface Found {
  readonly versions: readonly StoredVersion[]
  readonly includes: readonly StoredVersion[]
  readonly total: number | null
  readonly next: string | null
  readonly previous: string | null
}

/** Like `searchPage`, as versions instead of text. @param sql where to ask: inside a transaction, that transaction */
export async function findVersions(
  sql: Sql,
  facility: number,
  request: SearchRequest,
  statistics: TermStatistics,
): Promise<Found> {
  const s = newStatement(facility, statistics, rowsWanted(request))
  const { page, sql: withClause } = relations(s, request)
  const cursor = cursorColumn(request, page.order.length)
  const others =
    request.includes.length > 0
      ? ` union all select ${VERSION_COLUMNS}, 0, null from other ${joinVersion('other')}`
      : ''
  const statement = `${withClause}
    select ${VERSION_COLUMNS}, m.n, ${cursor} from matched m ${joinVersion('m')}${others}`
  const rows = await sql.rows(statement, s.values)
  const place = (row: readonly (string | null)[]) => Number(row[VERSION_COLUMN_COUNT])
  const matches = rows.filter((row) => place(row) > 0).toSorted((a, b) => place(a) - place(b))
  return {
    versions: matches.map((row) => toVersion(row)),
    includes: rows.filter((row) => place(row) === 0).map((row) => toVersion(row)),
    total: request.total === 'none' ? null : await countWithin(sql, facility, request),
    next: cursorFrom(matches[0]?.[VERSION_COLUMN_COUNT + 1]),
    previous: null,
  }
}

export async function countWithin(sql: Sql, facility: number, request: SearchRequest): Promise<number> {
  const s = newStatement(facility)
  const where = rowConditions(s, 'r', request.types, request.criteria)
  const [row] = await sql.rows(`select count(*) from resource r where ${where}`, s.values)
  return Number(row?.[0] ?? 0)
}

export const countMatches = (connections: Connections, facility: number, request: SearchRequest): Promise<number> =>
  countWithin(connections.planned, facility, request)
