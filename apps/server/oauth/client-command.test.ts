import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lanh } from '#testing/command-line'
import { databaseForTest } from '#testing/postgres'
import { clientKey } from './keys-for-test.ts'

let folder = ''
let address = ''
let pool: pg.Pool
beforeAll(async () => {
  const { admin } = await databaseForTest()
  folder = await mkdtemp(join(tmpdir(), 'lanh-client-'))
  pool = new pg.Pool({ ...admin, max: 1 })
  address = addressOf(admin)
})
afterAll(async () => {
  await pool.end()
  await rm(folder, { recursive: true })
})

/** A database of the tests as the setting names it. */
function addressOf({ connectionString, user, password, host = '', port, database }: pg.ClientConfig): string {
  if (connectionString) return connectionString
  const url = new URL(`postgres://localhost/${database}`)
  url.username = user ?? ''
  url.password = String(password ?? '')
  if (host.startsWith('/')) url.searchParams.set('host', host)
  else url.hostname = host
  url.port = String(port ?? '')
  return url.href
}

const client = (...words: string[]) => lanh(['client', ...words], { DATABASE_URL: address })

describe('lanh client', () => {
  test('adds, lists and removes apps, and each change is in the audit log', async () => {
    const added = await client(
      'add',
      'Biểu đồ',
      '--redirect',
      'https://a.example/cb https://a.example/two',
      '--scopes',
      'openid patient/*.rs',
      '--confidential',
    )
    expect(added).toMatchObject({ code: 0, err: '' })
    const [, id = '', secret = ''] = /client_id +(\S+)\nclient_secret +(\S+)/.exec(added.out) ?? []
    expect(secret.length).toBeGreaterThan(40)
    expect((await client('list')).out).toBe(
      `${id}\tsecret\tBiểu đồ\topenid patient/*.rs\thttps://a.example/cb https://a.example/two\n`,
    )
    expect(await client('remove', id)).toMatchObject({ code: 0 })
    expect((await client('list')).out).toBe('')
    const { rows } = await pool.query<{ statement: string }>(
      `select statement from audit_event where statement like '%client-change%'`,
    )
    expect(rows).toHaveLength(2)
    for (const { statement } of rows) expect(statement).toContain(id)
  })
  test('a backend service with a file of keys', async () => {
    const file = join(folder, 'keys.json')
    await writeFile(file, JSON.stringify({ keys: [clientKey('ES384').published] }))
    expect(await client('add', 'Kho dữ liệu', '--backend', '--jwks', file, '--scopes', 'system/*.rs')).toMatchObject({
      code: 0,
    })
  })
  test.each([
    [['add', 'x', '--redirect', 'http://a.example/cb', '--scopes', 'openid'], 1, 'OAUTH-11'],
    [['add', 'x', '--redirect', 'https://a.example/cb', '--scopes', 'patient/*.read'], 1, 'OAUTH-12'],
    [['add', 'x', '--backend', '--scopes', 'system/*.rs'], 1, 'OAUTH-14'],
    [['add', '--scopes', 'openid'], 2, 'takes one NAME'],
    [['add', 'x', '--jwks', '/nowhere'], 2, '--jwks must be'],
    [['remove'], 2, 'takes one ID'],
    [['remove', 'nope'], 2, 'there is no client'],
  ])('%j is refused in a sentence', async (words, code, sentence) => {
    const said = await client(...words)
    expect(said.code).toBe(code)
    expect(said.err).toContain(sentence)
    expect(said.err).not.toContain('at ')
  })
})
