import { spawn } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { destroyDatabase } from './destroy.ts'
import type { Database } from './database.ts'
import { openDatabase } from './open-database.ts'

const isRoot = process.getuid?.() === 0
const log = { info: () => undefined, warn: () => undefined }
const SMALL = { shared_buffers: '32MB' }

let home: string
const opened: Database[] = []

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'lanh-database-'))
  await chmod(home, 0o755)
})
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close()
})
afterAll(async () => {
  for (const name of ['ward', 'private/ward', 'moved/ward', 'stale']) await destroyDatabase(join(home, name))
  await rm(home, { recursive: true, force: true })
})

async function open(name: string, asGuest = false): Promise<Database> {
  const database = await openDatabase({ folder: join(home, name), log, settings: SMALL, asGuest })
  opened.push(database)
  return database
}

async function ask(database: Database, sql: string): Promise<unknown[]> {
  const client = new Client(database.admin)
  await client.connect()
  const { rows } = await client.query<Record<string, unknown>>(sql).finally(() => client.end())
  return rows.map((row) => Object.values(row)[0])
}

const placeOf = async (name: string): Promise<{ data: string }> =>
  JSON.parse(await readFile(join(home, name, 'database.json'), 'utf8'))

test('a new database is durable, checked and in byte order', async () => {
  const database = await open('ward')
  const settings = [
    'fsync',
    'full_page_writes',
    'synchronous_commit',
    'data_checksums',
    'listen_addresses',
    'server_encoding',
  ]
  expect(
    await ask(database, `select ${settings.map((name) => `current_setting('${name}')`).join(` || ' ' || `)}`),
  ).toEqual(['on on on on 127.0.0.1 UTF8'])
  expect(await ask(database, `select lower('ĐẶNG THỊ Ở')`)).toEqual(['đặng thị ở'])
  expect(await ask(database, `select string_agg(x, '' order by x) from unnest('{b,a,B,á}'::text[]) x`)).toEqual([
    'Babá',
  ])
})

test('the role of the app owns nothing and may not create tables', async () => {
  const { connection } = await open('ward')
  const client = new Client(connection)
  await client.connect()
  await expect(client.query('create table x (y int)').finally(() => client.end())).rejects.toThrow(/permission denied/)
})

test('the passwords are for us only', async () => {
  expect((await stat(join(home, 'ward/database.json'))).mode & 0o777).toBe(0o600)
})

test('a wrong password is refused, also on this machine', async () => {
  const { connection } = await open('ward')
  await expect(new Client({ ...connection, password: 'x' }).connect()).rejects.toThrow(/password authentication failed/)
})

test('a hospital may change settings, but not those that keep its records', async () => {
  const first = await open('ward')
  await ask(first, `alter system set work_mem = '33MB'`)
  await ask(first, `alter system set fsync = 'off'`)
  await opened.pop()?.close()
  const second = await open('ward')
  expect(await ask(second, `select current_setting('work_mem') || current_setting('fsync')`)).toEqual(['33MBon'])
})

test('a folder has one owner at a time, and guests', async () => {
  await open('ward')
  await expect(open('ward')).rejects.toThrow(/is in use by another lanh \(process \d+\)/)
  const guest = await open('ward', true)
  expect(await ask(guest, 'select 1')).toEqual([1])
  await opened.pop()?.close()
  expect(await ask(opened[0]!, 'select 2')).toEqual([2])
})

test('a process number that a program of ours got again does not keep PostgreSQL from starting', async () => {
  await (await open('stale')).close()
  opened.pop()
  const { data } = await placeOf('stale')
  const stranger = spawn('sleep', ['60'], { stdio: 'ignore', ...(isRoot ? { uid: (await stat(data)).uid } : {}) })
  await writeFile(join(data, 'postmaster.pid'), `${stranger.pid}\n${data}\n1\n5432\n\n\n\nready\n`)
  await writeFile(join(home, 'stale/in-use-by'), `${process.pid} 1`)
  expect(await ask(await open('stale'), 'select 3')).toEqual([3])
  stranger.kill('SIGKILL')
})

test('a new server waits until the last child of a killed one is gone', async () => {
  const database = await open('ward')
  const { data } = await placeOf('ward')
  const child = (await ask(
    database,
    `select pid from pg_stat_activity where backend_type = 'checkpointer'`,
  )) as number[]
  const [postmaster] = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')
  process.kill(child[0]!, 'SIGSTOP')
  process.kill(Number(postmaster), 'SIGKILL')
  setTimeout(() => process.kill(child[0]!, 'SIGKILL'), 1500)
  await expect.poll(() => ask(database, 'select 5').catch(() => []), { timeout: 20_000 }).toEqual([5])
  expect(await readFile(join(home, 'ward/postgres.log'), 'utf8')).toContain('pre-existing shared memory block')
})

test('a cluster whose making was interrupted is made anew', async () => {
  await mkdir(join(home, 'interrupted/postgres.new-1/base'), { recursive: true })
  expect(await ask(await open('interrupted'), 'select 4')).toEqual([4])
  await opened.pop()?.close()
  await expect(stat(join(home, 'interrupted/postgres.new-1'))).rejects.toThrow('ENOENT')
  await destroyDatabase(join(home, 'interrupted'))
})

test('data of another PostgreSQL and folders of somebody else are left alone', async () => {
  await mkdir(join(home, 'older/postgres'), { recursive: true })
  await writeFile(join(home, 'older/postgres/PG_VERSION'), '13\n')
  await expect(open('older')).rejects.toThrow(/are of PostgreSQL 13 and this lanh carries 18/)
  await mkdir(join(home, 'foreign/postgres/holiday-photos'), { recursive: true })
  await expect(open('foreign')).rejects.toThrow(/is not a PostgreSQL data folder and not empty/)
})

test('data that are gone are not replaced by an empty hospital', async () => {
  await (await open('gone')).close()
  opened.pop()
  await rename(join(home, 'gone/postgres'), join(home, 'gone/elsewhere'))
  await expect(open('gone')).rejects.toThrow(/which is missing/)
  await rename(join(home, 'gone/elsewhere'), join(home, 'gone/postgres'))
  await destroyDatabase(join(home, 'gone'))
})

test.runIf(isRoot)(
  'as root, in a folder that others cannot enter, the data lie elsewhere and are found again',
  async () => {
    await mkdir(join(home, 'private'), { mode: 0o700 })
    const first = await open('private/ward')
    await ask(first, 'create table kept as select 7 as seven')
    const { data } = await placeOf('private/ward')
    expect(data).toMatch(/^\/var\/(lib|tmp)\/lanh\//)
    await opened.pop()?.close()

    await rename(join(home, 'private'), join(home, 'moved'))
    expect(await ask(await open('moved/ward'), 'select seven from kept')).toEqual([7])
    await opened.pop()?.close()

    await cp(join(home, 'moved/ward'), join(home, 'copy'), { recursive: true })
    await expect(open('copy')).rejects.toThrow(/is a copy of .*moved\/ward/)
  },
)

test('a damaged database.json is named, not replaced', async () => {
  await mkdir(join(home, 'damaged'))
  await writeFile(join(home, 'damaged/database.json'), '{"data":')
  await expect(open('damaged')).rejects.toThrow(/database\.json is damaged: it is not JSON/)
})
