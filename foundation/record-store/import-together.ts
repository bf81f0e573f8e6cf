/** Several files as one transaction: one flush of the disk and a handful of statements for all of them. */
import { type Outcome, accept } from '#fhir/outcome'
import { selfHash } from '#fhir/search'
import { termsOf } from './facility.ts'
import type { Source } from './import-source.ts'
import { type Connections, type Sql, numbers, texts } from './postgres.ts'
import { readMany } from './read.ts'
import type { Author, ImportTogether, ImportedSource, ImportWork, RecordStore } from './types.ts'
import { VERSION_COLUMNS, toVersion } from './versions.ts'
import { untilUncontested, writeWithin } from './write.ts'

/** A plan is made once for a connection, perhaps while the tables are empty: it must not read them from end to end later. */
const BY_INDEX = `select set_config('enable_seqscan', 'off', true)`
const SHARE = 'select pg_advisory_xact_lock_shared($1::bigint)'
const ALONE = 'select pg_advisory_xact_lock($1::bigint)'
const LOCK = 'select count(pg_advisory_xact_lock(key)) from unnest($1::bigint[]) as locks(key)'

const CLAIM = `insert into import_source (facility, hash, name, resources, is_open)
  select $1, decode(s.hash, 'hex'), s.name, 0, $4 from unnest($2::text[], $3::text[]) as s(hash, name)
  on conflict do nothing returning encode(hash, 'hex')`
const SETTLE = `update import_source i set resources = s.resources
  from unnest($2::text[], $3::integer[]) as s(hash, resources)
  where i.facility = $1 and i.hash = decode(s.hash, 'hex')`

/** One look into the index of terms, whatever the planner thinks of their number or of the type. */
const CARRYING = `select ${VERSION_COLUMNS} from (
    select x.self, x.version from resource x where x.terms && $2::bigint[] and (x.type || '') = $3 offset 0) r
  cross join lateral (select * from resource_version x
    where x.facility = $1 and x.self = r.self and x.version = r.version offset 0) v`

/** -1 while PostgreSQL has never looked at the table. Whoever may not analyze is told so in a warning. */
const IS_YOUNG = `select reltuples < 0 from pg_class where oid = 'resource'::regclass`
const ANALYZE = 'analyze (skip_locked) resource (facility)'

const OPEN = `select encode(hash, 'hex') from import_source where facility = $1 and is_open order by at limit $2`
const CLOSE = `update import_source set is_open = false
  where facility = $1 and hash in (select decode(h, 'hex') from unnest($2::text[]) h)`

class Undecided extends Error {}

/** Keys in one order for everybody, so that two imports never wait for each other in a circle. */
async function lock(sql: Sql, facility: number, locks: readonly string[] | 'all'): Promise<void> {
  const everything = selfHash(`lock-${facility}`, 'imports').toString()
  await sql.rows(locks === 'all' ? ALONE : SHARE, [everything])
  if (locks === 'all' || locks.length === 0) return
  const keys = [...new Set(locks.map((each) => selfHash(`lock-${facility}`, each)))]
  await sql.rows(LOCK, [numbers(keys.toSorted((a, b) => (a < b ? -1 : 1)))])
}

async function claim(sql: Sql, facility: number, sources: readonly Source[], isOpen: boolean): Promise<Set<string>> {
  const sorted = sources.toSorted((a, b) => (a.hash < b.hash ? -1 : 1))
  const values = [facility, texts(sorted.map(({ hash }) => hash)), texts(sorted.map(({ name }) => name)), isOpen]
  return new Set((await sql.rows(CLAIM, values)).map(([hash]) => hash ?? ''))
}

/** See `RecordStore.importTogether`. */
export async function importTogether(
  connections: Connections,
  facility: number,
  { sources, locks, isOpen, work }: ImportTogether,
  author: Author,
): Promise<Outcome<readonly ImportedSource[]>> {
  let refused: Outcome<never> | null = null
  try {
    return await untilUncontested((round) =>
      connections.transaction(async (sql) => {
        await sql.rows(BY_INDEX, [])
        await lock(sql, facility, locks)
        const fresh = await claim(sql, facility, sources, isOpen)
        const outcome = await work(inside({ sql, facility, author, round, isYoung: await isYoung(sql) }, fresh))
        if (!outcome.ok) {
          refused = outcome
          throw new Undecided()
        }
        const counts = [...outcome.value].filter(([hash]) => fresh.has(hash))
        await sql.rows(SETTLE, [facility, texts(counts.map(([hash]) => hash)), numbers(counts.map(([, n]) => n))])
        return accept(
          sources.map(({ hash }) => ({ already: !fresh.has(hash), resources: outcome.value.get(hash) ?? 0 })),
        )
      }),
    )
  } catch (fault) {
    if (fault instanceof Undecided && refused) return refused
    throw fault
  }
}

const isYoung = async (sql: Sql): Promise<boolean> => (await sql.rows(IS_YOUNG, []))[0]?.[0] === 't'

interface Inside {
  readonly sql: Sql
  readonly facility: number
  readonly author: Author
  readonly round: number
  readonly isYoung: boolean
}

function inside({ sql, facility, author, round, isYoung }: Inside, fresh: ReadonlySet<string>): ImportWork {
  let lacksStatistics = isYoung
  return {
    fresh,
    round,
    readMany: (references) => readMany({ sql, facility }, references),
    async carrying(type, terms) {
      if (terms.length === 0) return []
      const rows = await sql.rows(CARRYING, [facility, numbers(termsOf(facility, terms)), type])
      return rows.map((row) => toVersion(row))
    },
    async write(writes) {
      const outcome = await writeWithin(sql, facility, writes, { author }, round)
      if (lacksStatistics) await sql.rows(ANALYZE, [])
      lacksStatistics = false
      return outcome
    },
  }
}

export function openSources(
  connections: Connections,
  facility: number,
): Pick<RecordStore, 'openSources' | 'closeSources'> {
  return {
    openSources: async (limit) => (await connections.steady.rows(OPEN, [facility, limit])).map(([hash]) => hash ?? ''),
    async closeSources(hashes) {
      if (hashes.length > 0) await connections.steady.rows(CLOSE, [facility, texts(hashes)])
    },
  }
}
