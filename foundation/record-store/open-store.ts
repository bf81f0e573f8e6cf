/** The record store of one facility over one database. */
import type pg from 'pg'
import { type Refusal, accept, refuse } from '#fhir/outcome'
import { indexEntries, indexFingerprint, selfHash } from '#fhir/search'
import { keptBodies } from './bodies.ts'
import { type CursorSeal, cursorKey, cursorSeal } from './cursor-seal.ts'
import { EVERYTHING_CASTS, TIMELINE_CASTS, everythingPage, timelinePage } from './everything.ts'
import { changesAfter, historyCasts, historyPage } from './history.ts'
import { importSource } from './import-source.ts'
import { newStatement } from './criteria-sql.ts'
import { decodeCursor, unreadableCursor } from './order.ts'
import { pageOf } from './page-sql.ts'
import { type Connections, type Sql, connect } from './postgres.ts'
import { readMany, readVersion, sharedReads } from './read.ts'
import { indexIsStale, reindex } from './reindex.ts'
import { countWithin, findVersions, searchPage } from './search.ts'
import { NO_STATISTICS, termStatistics } from './term-statistics.ts'
import type { Author, RecordStore, Write } from './types.ts'
import { groupedWrites, untilUncontested, writeAll, writeWithin } from './write.ts'

export interface StoreOptions {
  /** the facility whose records these are; the first column of every key */
  readonly facility?: number
  readonly connectionsPerPool?: number
}

/** What may be asked inside a locked transaction. */
const within = (sql: Sql, facility: number): Pick<RecordStore, 'read' | 'readMany' | 'find'> => ({
  read: async (type, id) => (await readMany(sql, facility, [{ type, id }]))[0] ?? null,
  readMany: (references) => readMany(sql, facility, references),
  find: (request) => findVersions(sql, facility, request, NO_STATISTICS),
})

/** Locks are held in one order by everybody, so that two callers never wait for each other. */
async function lockAll(sql: Sql, facility: number, locks: readonly string[]): Promise<void> {
  const keys = [...new Set(locks)]
    .map((lock) => selfHash(`lock-${facility}`, lock))
    .toSorted((a, b) => (a < b ? -1 : 1))
  for (const key of keys) await sql.rows('select pg_advisory_xact_lock($1::bigint)', [key.toString()])
}

class Undecided extends Error {}

function writeLocked(connections: Connections, facility: number): RecordStore['writeLocked'] {
  return (locks, decide, author) =>
    untilUncontested(async (round) => {
      let refusals: readonly Refusal[] = []
      try {
        return await connections.transaction(async (sql) => {
          await lockAll(sql, facility, locks)
          const decided = await decide(within(sql, facility))
          const outcome = decided.ok ? await writeWithin(sql, facility, decided.value, author, round) : decided
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

/** @param config where the database is; its schema is migrated already */
export async function openStore(config: pg.PoolConfig, options: StoreOptions = {}): Promise<RecordStore> {
  const facility = options.facility ?? 1
  const connections = connect(config, options.connectionsPerPool)
  const store = storeOver(connections, facility, cursorSeal(await cursorKey(connections, facility)))
  if (await indexIsStale(connections, facility, indexFingerprint)) await store.reindex()
  return store
}

function storeOver(connections: Connections, facility: number, seal: CursorSeal): RecordStore {
  const { hot, steady, planned } = connections
  const statistics = termStatistics(connections)
  const bodies = keptBodies(steady, facility)
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
  return {
    read: sharedReads(hot, facility),
    readMany: (references) => readMany(hot, facility, references),
    readVersion: (type, id, version) => readVersion(hot, facility, { type, id }, version),
    write: (writes: readonly Write[], author: Author) => writeAll(connections, facility, writes, author),
    writeOne: groupedWrites(connections, facility),
    writeLocked: writeLocked(connections, facility),
    importSource: (source, batches, author) => importSource(connections, facility, source, batches, author),
    search: (request, base) => sealed(searchPage(searching, opened(request), withSlash(base))),
    find: (request) => sealed(findVersions(planned, facility, opened(request), statistics)),
    count: (request) => countWithin(planned, facility, request),
    history: (scope, asked) => sealed(historyPage(planned, facility, scope, opened(asked))),
    everything: (focus, asked) =>
      sealed(
        everythingPage({ sql: steady, facility, bodies }, focus, { ...opened(asked), base: withSlash(asked.base) }),
      ),
    timeline: (patient, asked) =>
      sealed(
        timelinePage({ sql: steady, facility, bodies }, patient, { ...opened(asked), base: withSlash(asked.base) }),
      ),
    changes: (after, limit) => changesAfter(planned, facility, after, limit),
    cursorRefusal: (of, cursor) => {
      const inside = seal.open(cursor)
      return inside === null || decodeCursor(inside, castsOf(of, facility)) === null ? unreadableCursor() : null
    },
    seal: (text, purpose) => seal.closeText(text, purpose),
    unseal: (sealed, purpose, name) => {
      const text = seal.openText(sealed, purpose)
      return text === null ? refuse([unreadableCursor(name)]) : accept(text)
    },
    reindex: (progress) => reindex(connections, facility, indexEntries, indexFingerprint, progress),
    close: () => connections.close(),
  }
}

const withSlash = (base: string): string => (base.endsWith('/') ? base : `${base}/`)

function castsOf(of: Parameters<RecordStore['cursorRefusal']>[0], facility: number) {
  if ('criteria' in of) return pageOf(newStatement(facility), { ...of, cursor: null }).order.map(({ cast }) => cast)
  if ('history' in of) return historyCasts(of.history)
  return of.operation === 'everything' ? EVERYTHING_CASTS : TIMELINE_CASTS
}
