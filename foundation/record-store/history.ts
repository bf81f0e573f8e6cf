/** History of an instance, a type or everything, newest first; and the change feed, oldest first. */
import { selfHash } from '#fhir/search'
import { type OrderColumn, decodeCursor, encodeCursor } from './order.ts'
import { type Statement, newStatement } from './criteria-sql.ts'
import type { Sql } from './postgres.ts'
import type { FeedChange, HistoryPage, RecordStore } from './types.ts'
import { VERSION_COLUMNS, VERSION_COLUMN_COUNT, toVersion } from './versions.ts'

type Scope = Parameters<RecordStore['history']>[0]
type Options = Parameters<RecordStore['history']>[1]

const OF_INSTANCE: readonly OrderColumn['cast'][] = ['bigint']
const OF_MANY: readonly OrderColumn['cast'][] = ['bigint', 'bigint']

/** The casts of the cursor that continues a history of this scope. */
export const historyCasts = (scope: Scope): readonly OrderColumn['cast'][] =>
  scope.id === undefined ? OF_MANY : OF_INSTANCE

function scopeConditions(s: Statement, { type, id }: Scope): readonly string[] {
  const conditions = ['v.facility = $1']
  if (type !== undefined) conditions.push(`v.type = ${s.parameter(type)}`)
  if (type !== undefined && id !== undefined) {
    conditions.push(`v.self = ${s.parameter(selfHash(type, id).toString())}::bigint`, `v.id = ${s.parameter(id)}`)
  }
  return conditions
}

function timeConditions(s: Statement, { since, at }: Options): readonly string[] {
  const conditions: string[] = []
  if (since !== undefined) conditions.push(`v.at >= ${s.parameter(since)}::timestamptz`)
  if (at !== undefined) {
    const moment = `${s.parameter(at)}::timestamptz`
    conditions.push(
      `v.at <= ${moment}`,
      `not exists (select 1 from resource_version l where l.facility = v.facility and l.self = v.self
        and l.version > v.version and l.at <= ${moment})`,
    )
  }
  return conditions
}

function afterCondition(s: Statement, scope: Scope, cursor: string | null | undefined): readonly string[] {
  if (cursor === null || cursor === undefined) return []
  const values = decodeCursor(cursor, historyCasts(scope))
  if (values === null) throw new Error('the cursor was not checked')
  if (scope.id !== undefined) return [`v.version < ${s.parameter(values[0])}::bigint`]
  return [`(v.tx, v.seq) < (${s.parameter(values[0])}::text::xid8, ${s.parameter(values[1])}::bigint)`]
}

export async function historyPage(sql: Sql, facility: number, scope: Scope, options: Options): Promise<HistoryPage> {
  const s = newStatement(facility)
  const inScope = scopeConditions(s, scope)
  const conditions = [...inScope, ...timeConditions(s, options), ...afterCondition(s, scope, options.cursor)]
  const instance = scope.id !== undefined
  const order = instance ? 'v.version desc' : 'v.tx desc, v.seq desc'
  const rows = await sql.rows(
    `select ${VERSION_COLUMNS}, v.tx::text, v.seq from resource_version v where ${conditions.join(' and ')}
     order by ${order} limit ${options.count + 1}`,
    s.values,
  )
  const page = rows.slice(0, options.count)
  const last = page.at(-1)
  const position = instance ? [last?.[2]] : [last?.[VERSION_COLUMN_COUNT], last?.[VERSION_COLUMN_COUNT + 1]]
  return {
    versions: page.map((row) => toVersion(row)),
    total: null,
    next: rows.length > options.count && last ? encodeCursor(position as string[]) : null,
  }
}

/** A row becomes visible to the feed only when no older transaction is still running, so none is ever skipped. */
const CHANGES = `select ${VERSION_COLUMNS}, v.tx::text, v.seq from resource_version v
  where v.facility = $1 and (v.tx, v.seq) > ($2::text::xid8, $3::bigint)
    and v.tx < pg_snapshot_xmin(pg_current_snapshot())
  order by v.tx, v.seq limit $4`

/** @param after a cursor of an earlier change, or null for the beginning */
export async function changesAfter(
  sql: Sql,
  facility: number,
  after: string | null,
  limit: number,
): Promise<readonly FeedChange[]> {
  const position = after === null ? ['0', '0'] : decodeCursor(after, OF_MANY)
  if (position === null) throw new Error('not a cursor of the change feed')
  const rows = await sql.rows(CHANGES, [facility, ...position, limit])
  return rows.map((row) => ({
    version: toVersion(row),
    cursor: encodeCursor([row[VERSION_COLUMN_COUNT] as string, row[VERSION_COLUMN_COUNT + 1] as string]),
  }))
}
