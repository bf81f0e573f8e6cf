/** The record store of one facility over one database. */
import type pg from 'pg'
import { type Outcome, type Refusal, accept, refuse } from '#fhir/outcome'
import { indexEntries, indexFingerprint, selfHash } from '#fhir/search'
import { fenceText, SYSTEM_FENCE } from '#foundation/access-control'
import { belongings, checked, sharedStandings } from './belonging.ts'
import { type Bodies, keptBodies } from './bodies.ts'
import { type CursorSeal, cursorKey, cursorSeal } from './cursor-seal.ts'
import { EVERYTHING_CASTS, TIMELINE_CASTS, everythingPage, timelinePage } from './everything.ts'
import { changesAfter, historyCasts, historyPage } from './history.ts'
import { importRuns } from './import-runs.ts'
import { importSource } from './import-source.ts'
import { importTogether, openSources } from './import-together.ts'
import { newStatement } from './criteria-sql.ts'
import { decodeCursor, unreadableCursor } from './order.ts'
import { pageOf } from './page-sql.ts'
import { type Connections, type Sql, connect, fenced, fencedConnections } from './postgres.ts'
import { type Reading, readMany, readVersion, sharedFencedReads, sharedReads } from './read.ts'
import { indexIsStale, reindex } from './reindex.ts'
import { countWithin, findVersions, searchPage } from './search.ts'
import { NO_STATISTICS, type TermStatistics, termStatistics } from './term-statistics.ts'
import type { Access, Author, RecordStore, Write } from './types.ts'
import { groupedWrites, untilUncontested, writeAll, writeWithin } from './write.ts'

export interface StoreOptions {
  /** the facility whose records these are; the first column of every key */
  readonly facility?: number
  readonly connectionsPerPool?: number
}

/** What may be asked inside a locked transaction. */
const within = (reading: Reading): Pick<RecordStore, 'read' | 'readMany' | 'find'> => ({
  read: async (type, id) => (await readMany(reading, [{ type, id }]))[0] ?? null,
  readMany: (references) => readMany(reading, references),
  find: (request) => findVersions(reading.sql, reading.facility, request, NO_STATISTICS),
})

/** Locks are held in one order by everybody, so that two callers never wait for each other. */
async function lockAll(sql: Sql, facility: number, locks: readonly string[]): Promise<void> {
  const keys = [...new Set(locks)]
    .map((lock) => selfHash(`lock-${facility}`, lock))
    .toSorted((a, b) => (a < b ? -1 : 1))
  for (const key of keys) await sql.rows('select pg_advisory_xact_lock($1::bigint)', [key.toString()])
}

class Undecided extends Error {}

/** Ends what `fenced` set for the rest of a transaction: what is written is written by the product itself. */
const BY_OURSELVES = `select set_config('lanh.reader', $1, true)`

function writeLocked(connections: Connections, facility: number, behind: Behind | null): RecordStore['writeLocked'] {
  return (locks, decide, author) =>
    untilUncontested(async (round) => {
      let refusals: readonly Refusal[] = []
      try {
        return await connections.transaction(async (sql) => {
          await lockAll(sql, facility, locks)
          const asked = behind ? fenced(sql, behind.reader) : sql
          const decided = await decide(within({ sql: asked, facility, isFenced: behind !== null }))
          if (behind) await sql.rows(BY_OURSELVES, [fenceText(facility, SYSTEM_FENCE)])
          const allowed = decided.ok && behind ? await behind.check(decided.value) : decided
          const outcome = allowed.ok
            ? await writeWithin(sql, facility, allowed.value, { author, audit: behind?.access.audit }, round)
            : allowed
          if (outcome.ok) return outcome
          refusals = outcome.refusals
          throw new Undecided()
        })
      } catch (fault) {
        if (fault instanceof Undecided) return { ok: false, refusals }
        throw fault
      }
    })
}

/** Somebody behind the fence. */
interface Behind {
  readonly access: Access
  /** the value of lanh.reader */
  readonly reader: string
  /** asks whether all of it may be written */
  readonly check: (writes: readonly Write[]) => Promise<Outcome<readonly Write[]>>
}

/** @param config where the database is; its schema is migrated already */
export async function openStore(config: pg.PoolConfig, options: StoreOptions = {}): Promise<RecordStore> {
  const facility = options.facility ?? 1
  const connections = connect(config, fenceText(facility, SYSTEM_FENCE), options.connectionsPerPool)
  const guarded = connect(config, null, options.connectionsPerPool)
  const seal = cursorSeal(await cursorKey(connections, facility))
  const statistics = termStatistics(connections)
  const bodies = keptBodies(connections.steady, facility)
  const store = storeOver({
    connections,
    guarded,
    facility,
    seal,
    statistics,
    bodies,
    write: groupedWrites(connections, facility),
  })
  if (await indexIsStale(connections, facility, indexFingerprint)) await store.reindex()
  return store
}

/** What all views of one record have in common. */
interface Parts {
  /** as the product itself */
  readonly connections: Connections
  /** as nobody, until a statement says for whom it is */
  readonly guarded: Connections
  readonly facility: number
  readonly seal: CursorSeal
  readonly statistics: TermStatistics
  readonly bodies: Bodies
  readonly write: ReturnType<typeof groupedWrites>
}

/**
 * A store that does some things otherwise. Made for every request, so nothing is copied (a spread of all its functions
 * took 4 µs).
 */
export const derived = (store: RecordStore, otherwise: Partial<RecordStore>): RecordStore =>
  Object.assign(Object.create(store) as RecordStore, otherwise)

/** Readers whose simultaneous reads share queries; the least lately used is forgotten. */
const MOST_READERS = 1000

function storeOver(parts: Parts): RecordStore {
  const { connections, guarded, facility, seal, write } = parts
  const system = readings(parts, connections, sharedReads({ sql: connections.hot, facility }))
  const fencedRead = sharedFencedReads({ sql: guarded.hot, facility })
  const views = new Map<string, RecordStore>()

  /** What a reader reads, for all of their requests: simultaneous ones share queries. */
  function viewOf(reader: string): RecordStore {
    const found = views.get(reader)
    if (found !== undefined) {
      // Last in the order of the map: the first is the least lately used.
      views.delete(reader)
      views.set(reader, found)
      return found
    }
    const read: RecordStore['read'] = (type, id) => fencedRead(reader, type, id)
    const view = { ...whole, ...readings(parts, fencedConnections(guarded, reader), read) }
    views.set(reader, view)
    if (views.size > MOST_READERS) views.delete(views.keys().next().value as string)
    return view
  }

  function as(access: Access): RecordStore {
    const reader = fenceText(facility, access.fence)
    const check = checked(connections.hot, facility, access)
    const behind: Behind = { access, reader, check }
    const authored = (author: Author) => ({ author, audit: access.audit })
    return derived(viewOf(reader), {
      async write(writes, author) {
        const allowed = await check(writes)
        return allowed.ok ? writeAll(connections, facility, allowed.value, authored(author)) : allowed
      },
      async writeOne(one, author) {
        const allowed = await check([one])
        return allowed.ok ? write(allowed.value[0] as Write, authored(author)) : allowed
      },
      writeLocked: writeLocked(connections, facility, behind),
    })
  }

  const whole: RecordStore = {
    ...system,
    as,
    belonging: async (type, id) => (await belongings(connections.hot, facility, [{ type, id }]))[0] ?? null,
    standing: sharedStandings(connections.hot, facility),
    write: (writes, author) => writeAll(connections, facility, writes, { author }),
    writeOne: (one, author) => write(one, { author }),
    writeLocked: writeLocked(connections, facility, null),
    importTogether: (asked, author) => importTogether(connections, facility, asked, author),
    ...openSources(connections, facility),
    importRuns: importRuns(connections, facility),
    importSource: (source, batches, author) => importSource(connections, facility, source, batches, author),
    seal: (text, purpose) => seal.closeText(text, purpose),
    unseal: (sealed, purpose, name) => {
      const text = seal.openText(sealed, purpose)
      return text === null ? refuse([unreadableCursor(name)]) : accept(text)
    },
    cursorRefusal: (of, cursor) => {
      const inside = seal.open(cursor)
      return inside === null || decodeCursor(inside, castsOf(of, facility)) === null ? unreadableCursor() : null
    },
    reindex: (progress) => reindex(connections, facility, indexEntries, indexFingerprint, progress),
    close: () => Promise.all([connections.close(), guarded.close()]).then(() => undefined),
  }
  return whole
}

type Readings = Pick<
  RecordStore,
  'read' | 'readMany' | 'readVersion' | 'search' | 'find' | 'count' | 'history' | 'everything' | 'timeline' | 'changes'
>

/** All that only reads, over connections of the product itself or behind a reader's fence. */
function readings(
  { facility, seal, statistics, bodies }: Parts,
  connections: Connections,
  read: ReturnType<typeof sharedReads>,
): Readings {
  const { hot, steady, planned, isFenced } = connections
  const searching = { connections, facility, statistics, bodies }
  const opened = <T extends { cursor?: string | null }>(asked: T): T => {
    if (!asked.cursor) return asked
    const cursor = seal.open(asked.cursor)
    if (cursor === null) throw new Error('the cursor was not checked')
    return { ...asked, cursor }
  }
  const sealed = async <T extends { next: string | null }>(page: Promise<T>): Promise<T> => {
    const found = await page
    return found.next === null ? found : { ...found, next: seal.close(found.next) }
  }
  const asking = { sql: steady, facility, bodies }
  return {
    read,
    readMany: (references) => readMany({ sql: hot, facility, isFenced: isFenced === true }, references),
    readVersion: (type, id, version) => readVersion(hot, facility, { type, id }, version),
    search: (request, base) => sealed(searchPage(searching, opened(request), withSlash(base))),
    find: (request) => sealed(findVersions(planned, facility, opened(request), statistics)),
    count: (request) => countWithin(planned, facility, request),
    history: (scope, asked) => sealed(historyPage(planned, facility, scope, opened(asked))),
    everything: (focus, asked) =>
      sealed(everythingPage(asking, focus, { ...opened(asked), base: withSlash(asked.base) })),
    timeline: (patient, asked) =>
      sealed(timelinePage(asking, patient, { ...opened(asked), base: withSlash(asked.base) })),
    changes: (after, limit) => changesAfter(planned, facility, after, limit),
  }
}

const withSlash = (base: string): string => (base.endsWith('/') ? base : `${base}/`)

function castsOf(of: Parameters<RecordStore['cursorRefusal']>[0], facility: number) {
  if ('criteria' in of) return pageOf(newStatement(facility), { ...of, cursor: null }).order.map(({ cast }) => cast)
  if ('history' in of) return historyCasts(of.history)
  return of.operation === 'everything' ? EVERYTHING_CASTS : TIMELINE_CASTS
}
