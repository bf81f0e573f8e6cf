import { dirname, join } from 'node:path'
import { findBinaries } from './binaries.ts'
import { ensureCluster } from './cluster.ts'
import type { Database } from './database.ts'
import type { Address } from './launch.ts'
import { lockFolder, type Release } from './lock.ts'
import { openExternal } from './open-external.ts'
import { findPlace, type Place } from './place.ts'
import { type DatabaseProblem, FolderInUse, type Log } from './problem.ts'
import { chooseRunAs } from './run-as.ts'
import { readPostmaster } from './postmaster.ts'
import { adminConnection, APP_ROLE, appConnection, ensureRolesAndDatabase } from './roles.ts'
import { startServer } from './server.ts'
import { settingsFor, thisMachine } from './settings.ts'

export interface DatabaseOptions {
  /** DATABASE_URL: a server of the hospital, PostgreSQL 15 to 18. Without it PostgreSQL is our own, in `folder`. */
  readonly url?: string | undefined
  /** where our own PostgreSQL keeps its data; created when missing */
  readonly folder: string
  readonly log: Log
  /**
   * true: when a running lanh owns the folder, work beside it as a guest of its PostgreSQL. For commands such as an
   * import. Default: refuse.
   */
  readonly asGuest?: boolean
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
  options.url ? openExternal(options.url, options.log, options.asGuest === true) : openOwn(options)

async function openOwn(options: DatabaseOptions): Promise<Database> {
  const place = await findPlace(options.folder, chooseRunAs)
  try {
    return await openAsOwner(place, await lockFolder(place.folder), options)
  } catch (error) {
    const host = options.asGuest && error instanceof FolderInUse ? await readPostmaster(place.data) : null
    if (host) return ours(place, host, async () => undefined)
    throw error
  }
}

async function openAsOwner(
  place: Place,
  release: Release,
  { log, settings = {}, onLost = raise }: DatabaseOptions,
): Promise<Database> {
  let stop = release
  try {
    const server = await startOwn(place, settings, log, onLost)
    stop = () => server.stop().finally(release)
    return await ours(place, server, stop)
  } catch (error) {
    await stop()
    throw error
  }
}

async function ours(place: Place, address: Address, close: () => Promise<void>): Promise<Database> {
  const version = await ensureRolesAndDatabase(place, address)
  return {
    connection: appConnection(place, address),
    admin: adminConnection(place, address),
    appRole: APP_ROLE,
    version,
    close,
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
