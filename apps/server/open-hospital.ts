import { type Database, migrate, openDatabase, type Log } from '#foundation/database'
import { openStore, type RecordStore } from '#foundation/record-store'
import { plainLog } from './plain-log.ts'
import type { Settings } from './settings.ts'

/** A hospital's records, ready for work. */
export interface Hospital {
  readonly store: RecordStore
  readonly database: Database
  close(): Promise<void>
}

/**
 * Opens the database of these settings, brings its schema up to date and opens the record store.
 * @param asGuest true: beside a running lanh, for commands; false: as the one owner of the folder
 */
export async function openHospital(
  { data, databaseUrl }: Settings,
  { log, asGuest, onLost }: { log: Log; asGuest: boolean; onLost?: (problem: Error) => void },
): Promise<Hospital> {
  const database = await openDatabase({ url: databaseUrl, folder: data, log, asGuest, onLost })
  try {
    await migrate({ admin: database.admin, appRole: database.appRole, log })
    const store = await openStore(database.connection)
    return { store, database, close: () => store.close().finally(() => database.close()) }
  } catch (error) {
    await database.close()
    throw error
  }
}

/**
 * For commands: opens the hospital, beside a running lanh if there is one, works with it and closes it whatever happens.
 * Ends early when its PostgreSQL is lost for good.
 */
export async function withHospital<T>(settings: Settings, work: (hospital: Hospital) => Promise<T>): Promise<T> {
  const lost = Promise.withResolvers<never>()
  lost.promise.catch(() => undefined)
  const hospital = await openHospital(settings, { log: plainLog, asGuest: true, onLost: lost.reject })
  try {
    return await Promise.race([work(hospital), lost.promise])
  } finally {
    await hospital.close()
  }
}
