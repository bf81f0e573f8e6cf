/** Rebuilds every index row from the log. Writers wait meanwhile; readers see the old index until the new one is whole. */
import { type IndexEntries, selfHash } from '#fhir/search'
import { AREA_BITS, areaOf, RELATION_KINDS } from '#foundation/access-control'
import { type IndexRow, insertIndexRows } from './insert.ts'
import { type Connections, type Sql, numbers } from './postgres.ts'

const BATCH = 500

const COUNT = `select count(*) from (
  select distinct on (self) method from resource_version where facility = $1 order by self, version desc) latest
  where method <> 'delete'`

/** The place in the default order is that of the first version since the resource last came into being. */
const CURRENT_BATCH = `select v.self, v.type, v.id, v.version, (extract(epoch from v.at) * 1000)::bigint, v.body,
    (select b.seq from resource_version b where b.facility = $1 and b.self = v.self and b.method = 'create'
     order by b.version desc limit 1)
  from (select distinct on (self) * from resource_version
        where facility = $1 and self > $2::bigint order by self, version desc limit ${BATCH}) v
  order by v.self`

/** Versions that were stored before the log said whose they are. */
const PLACE = 'select place_in_the_fence($1, $2::bigint[], $3::bigint[], $4::integer[])'

const EMPTY = [
  'delete from resource where facility = $1',
  'delete from string_value where facility = $1',
  'delete from range_value where facility = $1',
  `delete from care_relation where facility = $1 and kind < ${RELATION_KINDS['break-glass']}`,
]

type Index = (resource: unknown) => IndexEntries

function rowOf(cells: readonly (string | null)[], index: Index): readonly IndexRow[] {
  const [self, type, id, version, at, body, key] = cells as [
    string,
    string,
    string,
    string,
    string,
    string | null,
    string,
  ]
  if (body === null) return []
  const entries = index(JSON.parse(body))
  const row = { self: selfHash(type, id), type, id, version: Number(version), at: Number(at), key, entries }
  return [{ ...row, patient: entries.patient }].filter((row) => row.self === BigInt(self))
}

async function placeInTheFence(sql: Sql, facility: number, rows: readonly IndexRow[]): Promise<void> {
  await sql.rows(PLACE, [
    facility,
    numbers(rows.map(({ self }) => self)),
    numbers(rows.map(({ patient }) => patient)),
    numbers(rows.map(({ type }) => AREA_BITS[areaOf(type)])),
  ])
}

async function rebuild(sql: Sql, facility: number, index: Index, progress: (done: number) => void): Promise<number> {
  await sql.rows('lock table resource in share row exclusive mode', [])
  for (const statement of EMPTY) await sql.rows(statement, [facility])
  let last = '-9223372036854775808'
  let done = 0
  for (;;) {
    const batch = await sql.rows(CURRENT_BATCH, [facility, last])
    if (batch.length === 0) return done
    const rows = batch.flatMap((cells) => rowOf(cells, index))
    if (rows.length > 0) await insertIndexRows(sql, facility, rows)
    await placeInTheFence(sql, facility, rows)
    last = batch.at(-1)?.[0] as string
    done += rows.length
    progress(done)
  }
}

/** @returns how many current resources the index holds now */
export async function reindex(
  connections: Connections,
  facility: number,
  index: Index,
  fingerprint: string,
  progress?: (done: number, of: number) => void,
): Promise<number> {
  const [counted] = await connections.planned.rows(COUNT, [facility])
  const of = Number(counted?.[0] ?? 0)
  return connections.transaction(async (sql) => {
    const done = await rebuild(sql, facility, index, (rows) => progress?.(rows, of))
    await sql.rows(
      `insert into index_state (facility, fingerprint) values ($1, $2)
       on conflict (facility) do update set fingerprint = excluded.fingerprint`,
      [facility, fingerprint],
    )
    return done
  })
}

/** True when the index was built by other definitions than the product has now. */
export async function indexIsStale(connections: Connections, facility: number, fingerprint: string): Promise<boolean> {
  const [row] = await connections.planned.rows('select fingerprint from index_state where facility = $1', [facility])
  return row?.[0] !== fingerprint
}
