import { Client, type ClientConfig } from 'pg'
import { ADMIN_ROLE } from './cluster.ts'
import type { Place } from './place.ts'
import { DatabaseProblem, reasonOf } from './problem.ts'
import type { Address } from './launch.ts'

/** Database and app role of our own PostgreSQL. */
export const DATABASE = 'lanh'
export const APP_ROLE = 'lanh'

const locate = ({ port, socketFolder }: Address): ClientConfig => ({
  host: socketFolder || '127.0.0.1',
  port,
})

export const adminConnection = (place: Place, at: Address, database = DATABASE): ClientConfig => ({
  ...locate(at),
  database,
  user: ADMIN_ROLE,
  password: place.adminPassword,
})

export const appConnection = (place: Place, at: Address): ClientConfig => ({
  ...locate(at),
  database: DATABASE,
  user: APP_ROLE,
  password: place.appPassword,
})

/** @returns PostgreSQL's version */
export async function ensureRolesAndDatabase(place: Place, at: Address): Promise<string> {
  const client = new Client(adminConnection(place, at, 'postgres'))
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string; role: boolean; database: boolean }>(
      `select current_setting('server_version') as version,
              exists (select from pg_roles where rolname = $1) as role,
              exists (select from pg_database where datname = $2) as database`,
      [APP_ROLE, DATABASE],
    )
    const [found] = rows
    if (!found?.role) {
      await client.query(`create role ${APP_ROLE} login password ${client.escapeLiteral(place.appPassword)}`)
    }
    if (!found?.database) await client.query(`create database ${DATABASE}`)
    return found?.version ?? ''
  } catch (error) {
    throw new DatabaseProblem(`The database in ${place.data} cannot be opened: ${reasonOf(error)}`)
  } finally {
    await client.end().catch(() => undefined)
  }
}
