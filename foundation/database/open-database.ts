import { dirname, join } from 'node:path'
import type { ClientConfig } from 'pg'
import { findBinaries } from './binaries.ts'
import { ensureCluster } from './cluster.ts'
import { lockFolder } from './lock.ts'
import { openExternal } from './open-external.ts'
import { findPlace, type Place } from './place.ts'
import { DatabaseProblem, type Log } from './problem.ts'
import { chooseRunAs } from './run-as.ts'
import { adminConnection, appConnection, ensureRolesAndDatabase } from './roles.ts'
import { startServer } from './server.ts'
import { settingsFor, thisMachine } from './settings.ts'

export interface Database {
  /** for the record store: may read and write, may not change the schema nor rewrite the log */
  readonly connection: ClientConfig
  /** owner of the schema: for migrations only. Equal to `connection` on a server of the hospital. */
  readonly admin: ClientConfig
  /** the role of `connection`, to which migrations grant */
  readonly appRole: string
  /** as PostgreSQL says it, e.g. "18.4" */
  readonly version: string
  /** ours ends by fast shutdown; a server of the hospital is left alone */
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** DATABASE_URL: a server of the hospital, PostgreSQL 15 to 18. Without it PostgreSQL is our own, in `folder`. */
  readonly url?: string | undefined
  /** where our own PostgreSQL keeps its data; created when missing */
  readonly folder: string
  readonly log: Log
  /** overrides of `settingsFor(thisMachine())`, e.g. less memory for tests */
  readonly settings?: Readonly<Record<string, string>>
  /** our own PostgreSQL was lost and cannot be started again: the app must end. Default: throws */
  readonly onLost?: (problem: DatabaseProblem) => void
}

/**
 * Opens the database of this folder or address and makes sure that it is a PostgreSQL we can trust.
 * @throws DatabaseProblem with one sentence for the person who starts the product
 */
export const openDatabase = (options: DatabaseOptions): Promise<Database> =>
  options.url ? openExternal(options.url, options.log) : openOwn(options)

async function openOwn({ folder, log, settings = {}, onLost = raise }: DatabaseOptions): Promise<Database> {
  const place = await findPlace(folder, chooseRunAs)
  const release = await lockFolder(place.folder)
  try {
    const server = await startOwn(place, settings, log, onLost)
    try {
      const version = await ensureRolesAndDatabase(place, server)
      return {
        connection: appConnection(place, server),
        admin: adminConnection(place, server),
        appRole: 'lanh',
        version,
        async close() {
          await server.stop()
          await release()
        },
      }
    } catch (error) {
      await server.stop()
      throw error
    }
  } catch (error) {
    await release()
    throw error
  }
}

async function startOwn(
  place: Place,
  settings: Readonly<Record<string, string>>,
  log: Log,
  onLost: (problem: DatabaseProblem) => void,
): ReturnType<typeof startServer> {
  const as = await chooseRunAs(place.data)
  const binaries = await findBinaries(as)
  await ensureCluster(place, binaries, as, log)
  const logFile = join(dirname(place.data), 'postgres.log')
  return startServer(
    { data: place.data, logFile, binaries, as, log, settings: { ...settingsFor(thisMachine()), ...settings } },
    onLost,
  )
}

function raise(problem: DatabaseProblem): never {
  throw problem
}
