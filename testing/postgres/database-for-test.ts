import { randomBytes } from 'node:crypto'
import type { ClientConfig } from 'pg'
import { afterAll, inject } from 'vitest'
import { onServer, withDatabase } from './on-server.ts'
import type {} from './test-server.ts'

/** A migrated, empty database that nobody else uses. */
export interface TestDatabase {
  /** as the app has it: may read and write */
  readonly connection: ClientConfig
  /** as the migrations have it: owns everything */
  readonly admin: ClientConfig
  readonly appRole: string
}

/**
 * A fresh database for this test file, copied from the migrated template in some 30 ms and dropped after its last
 * test. Call it at the top of the file or in `beforeAll`.
 * @param from 'empty': without the schema, for tests of the migrations themselves
 */
export async function databaseForTest(from: 'template' | 'empty' = 'template'): Promise<TestDatabase> {
  const { connection, admin, appRole, template } = inject('postgres')
  const name = `lanh_test_${randomBytes(6).toString('hex')}`
  await onServer(admin, `create database ${name} template ${from === 'empty' ? 'template0' : template}`)
  afterAll(() => onServer(admin, `drop database if exists ${name} with (force)`))
  return { connection: withDatabase(connection, name), admin: withDatabase(admin, name), appRole }
}
