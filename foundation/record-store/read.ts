/**
 * Reads by id. Reads that arrive while a query is under way are answered together by the next one, so that a busy
 * server asks PostgreSQL once for many and an idle one waits for nobody.
 */
import { selfHash } from '#fhir/search'
import { type Sql, numbers, texts } from './postgres.ts'
import type { StoredVersion } from './types.ts'
import { VERSION_COLUMN_COUNT, VERSION_COLUMNS, toVersion } from './versions.ts'

export interface Reference {
  readonly type: string
  readonly id: string
}

/** How the patient stands to the reader, in one text: labels, then kind:labels:until of each relation. */
const STANDING = `, case when v.patient is not null then concat_ws(' ',
    (select coalesce(bit_or(l.labels), 0) from sensitivity l where l.facility = $1 and l.subject = v.patient),
    (select string_agg(c.kind || ':' || c.labels || ':' || (extract(epoch from c.until) * 1000)::bigint, ' ')
     from care_relation c
     where c.facility = $1 and c.patient = v.patient and c.holder = any ((select reader_part(5)::bigint[])::bigint[])
       and c.since <= now() and c.until > now())) end`

const currentOfOne = (more: string) => `select ${VERSION_COLUMNS}${more} from (select * from resource_version v
  where v.facility = $1 and v.self = $2 order by v.version desc limit 1) v`

const currentOfMany = (more: string) => `select asked.place, ${VERSION_COLUMNS}${more}
  from unnest($2::bigint[]) with ordinality as asked(self, place)
  cross join lateral (select * from resource_version v
    where v.facility = $1 and v.self = asked.self order by v.version desc limit 1) v`

/** Where to ask, and whether a reader's fence is around it. */
export interface Reading {
  readonly sql: Sql
  readonly facility: number
  readonly isFenced?: boolean
}

/**
 * For a reader behind the fence: the latest version that they may see must be the latest there is. A resource that was
 * moved to another patient would otherwise be served as it was before.
 */
const IS_CURRENT = `(v.method = 'delete' or exists (
  select 1 from resource r where r.facility = $1 and r.self = v.self and r.version = v.version))`

const ONE_VERSION = `select ${VERSION_COLUMNS} from resource_version v
  where v.facility = $1 and v.self = $2 and v.version = $3`

/** Sixty-four bits could in theory stand for two resources; what is not the one asked for does not exist. */
const isOf = (reference: Reference, version: StoredVersion): boolean =>
  version.type === reference.type && version.id === reference.id

const OPEN = { one: currentOfOne(''), many: currentOfMany('') }
const FENCED = {
  one: `${currentOfOne(STANDING)} where ${IS_CURRENT}`,
  many: `${currentOfMany(STANDING)} where ${IS_CURRENT}`,
}

/** @param at index of the cell that STANDING made, in the row of a fenced read */
function withStanding(row: readonly (string | null)[], version: StoredVersion, at: number): StoredVersion {
  const text = row[at]
  if (text === null || text === undefined) return version
  const [labels, ...relations] = text.split(' ')
  return {
    ...version,
    standing: {
      labels: Number(labels),
      relations: relations.map((relation) => {
        const [kind, covered, until] = relation.split(':').map(Number) as [number, number, number]
        return { kind, labels: covered, until }
      }),
    },
  }
}

export async function readMany(
  { sql, facility, isFenced }: Reading,
  references: readonly Reference[],
): Promise<readonly (StoredVersion | null)[]> {
  const found: (StoredVersion | null)[] = references.map(() => null)
  if (references.length === 0) return found
  const { one, many } = isFenced ? FENCED : OPEN
  if (references.length === 1) {
    const [reference] = references as [Reference]
    const [row] = await sql.rows(one, [facility, selfHash(reference.type, reference.id).toString()])
    const version = row && withStanding(row, toVersion(row), VERSION_COLUMN_COUNT)
    return [version && isOf(reference, version) ? version : null]
  }
  const selves = references.map(({ type, id }) => selfHash(type, id))
  for (const row of await sql.rows(many, [facility, numbers(selves)])) {
    const place = Number(row[0]) - 1
    const version = withStanding(row, toVersion(row, 1), 1 + VERSION_COLUMN_COUNT)
    if (isOf(references[place] as Reference, version)) found[place] = version
  }
  return found
}

export async function readVersion(
  sql: Sql,
  facility: number,
  reference: Reference,
  version: number,
): Promise<StoredVersion | null> {
  const self = selfHash(reference.type, reference.id).toString()
  const [row] = await sql.rows(ONE_VERSION, [facility, self, version])
  const stored = row && toVersion(row)
  return stored && isOf(reference, stored) ? stored : null
}

/** Queries under way at once; one keeps PostgreSQL busy while the next batch gathers. */
const CONCURRENT_BATCHES = 2
const LARGEST_BATCH = 64

interface Waiting extends Reference {
  readonly resolve: (version: StoredVersion | null) => void
  readonly reject: (fault: unknown) => void
}

/** Gathers what arrives while earlier batches are under way. @param answer resolves or rejects each of its batch */
function batches<T extends Pick<Waiting, 'reject'>>(answer: (batch: readonly T[]) => Promise<void>) {
  const waiting: T[] = []
  let underWay = 0
  function pump(): void {
    while (waiting.length > 0 && underWay < CONCURRENT_BATCHES) {
      underWay += 1
      const batch = waiting.splice(0, LARGEST_BATCH)
      void answer(batch)
        .catch((fault: unknown) => batch.forEach(({ reject }) => reject(fault)))
        .then(() => {
          underWay -= 1
          pump()
        })
    }
  }
  return (one: T): void => {
    waiting.push(one)
    pump()
  }
}

/** @returns a `read` whose simultaneous callers share queries */
export function sharedReads(reading: Reading) {
  const add = batches<Waiting>(async (batch) => {
    const versions = await readMany(reading, batch)
    batch.forEach(({ resolve }, place) => resolve(versions[place] ?? null))
  })
  return (type: string, id: string): Promise<StoredVersion | null> =>
    new Promise((resolve, reject) => add({ type, id, resolve, reject }))
}

const BEHIND_FENCES = `select place, type, id, version, at, author, method, body, patient, standing
  from read_behind_fences($1, $2::text[], $3::integer[], $4::bigint[])`

interface FencedWaiting extends Waiting {
  readonly reader: string
}

/**
 * @param sql as nobody: the function says for each reader who asks
 * @returns a `read` whose callers share queries whoever they are, each behind their own fence
 */
export function sharedFencedReads({ sql, facility }: Reading) {
  const add = batches<FencedWaiting>(async (batch) => {
    const readers = [...new Set(batch.map(({ reader }) => reader))]
    const asking = batch.map(({ reader }) => readers.indexOf(reader) + 1)
    const selves = batch.map(({ type, id }) => selfHash(type, id))
    const rows = await sql.rows(BEHIND_FENCES, [facility, texts(readers), numbers(asking), numbers(selves)])
    const found = new Map<number, StoredVersion>()
    for (const row of rows) {
      const place = Number(row[0]) - 1
      const version = withStanding(row, toVersion(row, 1), 1 + VERSION_COLUMN_COUNT)
      if (isOf(batch[place] as Reference, version)) found.set(place, version)
    }
    batch.forEach(({ resolve }, place) => resolve(found.get(place) ?? null))
  })
  return (reader: string, type: string, id: string): Promise<StoredVersion | null> =>
    new Promise((resolve, reject) => add({ reader, type, id, resolve, reject }))
}
