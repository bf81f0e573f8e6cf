import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { destroyDatabase, migrate, openDatabase, type Database, type Log } from '#foundation/database'
import { onServer, withDatabase } from './on-server.ts'
import { TEMPLATE, type TestServer } from './test-server.ts'

/** Less memory than a hospital's; durability is what it always is. */
const SMALL = { shared_buffers: '256MB', max_connections: '200', max_wal_size: '2GB' }

const silent: Log = { info: () => undefined, warn: () => undefined }

/**
 * Vitest runs this once: starts a PostgreSQL for the whole run and migrates the database from which each test file
 * gets its copy. `LANH_TEST_DATABASE_URL` (a superuser's) runs the same tests on another server.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweep()
  const folder = await mkdtemp(join(tmpdir(), 'lanh-test-'))
  const url = process.env['LANH_TEST_DATABASE_URL']
  const database = await openDatabase({ url, folder, log: silent, settings: SMALL })
  const name = url ? `${TEMPLATE}_${process.pid}` : TEMPLATE
  await makeTemplate(database, name)
  const { connection, admin, appRole, version } = database
  project.provide('postgres', { connection, admin, appRole, version, template: name } satisfies TestServer)
  return async () => {
    if (url) await onServer(database.admin, `drop database if exists ${name} with (force)`)
    await database.close()
    await destroyDatabase(folder)
  }
}

async function makeTemplate(database: Database, name: string): Promise<void> {
  await onServer(database.admin, `create database ${name}`)
  await migrate({ admin: withDatabase(database.admin, name), appRole: database.appRole, log: silent })
}

/** Removes what killed runs left behind; a folder that a living run uses refuses and stays. */
async function sweep(): Promise<void> {
  const left = (await readdir(tmpdir())).filter((name) => name.startsWith('lanh-test-'))
  for (const name of left) await destroyDatabase(join(tmpdir(), name)).catch(() => undefined)
}
