import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { databaseForTest, type TestDatabase } from '#testing/postgres'
import { migrate } from './migrate.ts'

const log = { info: () => undefined, warn: () => undefined }
let database: TestDatabase
let folder: string
let client: Client

beforeAll(async () => {
  database = await databaseForTest('empty')
  folder = await mkdtemp(join(tmpdir(), 'lanh-migrations-'))
  client = new Client(database.admin)
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await rm(folder, { recursive: true })
})
beforeEach(async () => {
  await rm(folder, { recursive: true })
  await client.query('drop schema public cascade; create schema public')
  folder = await mkdtemp(join(tmpdir(), 'lanh-migrations-'))
  await put('0001-ward.sql', 'create table ward (id int primary key);')
})

const put = (name: string, sql: string): Promise<void> => writeFile(join(folder, name), sql)
const run = (): Promise<number> => migrate({ admin: database.admin, appRole: database.appRole, folder, log })
const tables = async (): Promise<string[]> =>
  (
    await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
    )
  ).rows.map(({ name }) => name)

test('each migration is applied once, and later ones after it', async () => {
  expect(await run()).toBe(1)
  expect(await run()).toBe(0)
  await put('0002-bed.sql', 'create table bed (ward int references ward);')
  expect(await run()).toBe(1)
  expect(await tables()).toEqual(['bed', 'lanh_migration', 'ward'])
})

test('several starts at once apply each migration once', async () => {
  const applied = await Promise.all([run(), run(), run(), run()])
  expect(applied.sort()).toEqual([0, 0, 0, 1])
})

test('a failing migration leaves nothing behind and names itself', async () => {
  await put('0002-broken.sql', 'create table half (id int); create table oops (;')
  await expect(run()).rejects.toThrow(/Migration 0002-broken failed and was taken back: syntax error/)
  expect(await tables()).toEqual(['lanh_migration', 'ward'])
})

test('a changed migration is refused', async () => {
  await run()
  await put('0001-ward.sql', 'create table ward (id bigint primary key);')
  await expect(run()).rejects.toThrow(/0001-ward is not the one that was applied/)
})

test('line ends do not make a migration another one', async () => {
  await put('0001-ward.sql', 'create table ward (\n  id int primary key\n);')
  await run()
  await put('0001-ward.sql', 'create table ward (\r\n  id int primary key\r\n);')
  expect(await run()).toBe(0)
})

test('a database of a newer lanh is refused', async () => {
  await put('0002-bed.sql', 'create table bed (id int);')
  await run()
  await rm(join(folder, '0002-bed.sql'))
  await expect(run()).rejects.toThrow(/newer lanh \(migration 0002-bed is not known here\)/)
})

test('a gap in the numbers is a fault of the product', async () => {
  await put('0003-bed.sql', 'select 1;')
  await expect(run()).rejects.toThrow(/0003-bed.sql: number 2 was expected/)
})

test('a migration can grant to the role of the app', async () => {
  await put(
    '0002-grant.sql',
    `do $$ begin execute format('grant select on ward to %I', current_setting('lanh.app_role')); end $$;`,
  )
  await run()
  const { rows } = await client.query('select has_table_privilege($1, $2, $3) as may', [
    database.appRole,
    'ward',
    'select',
  ])
  expect(rows).toEqual([{ may: true }])
})
