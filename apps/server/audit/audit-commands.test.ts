import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditEntry } from '#foundation/audit-log'
import { lanh } from '#testing/command-line'
import { databaseForTest, type TestDatabase } from '#testing/postgres'
import { readSettings } from '../settings.ts'
import { openAudit } from './open-audit.ts'

let database: TestDatabase
let folder: string
let data: string
const printed: string[] = []

const urlOf = ({ user, password, host, port, database: name }: pg.ClientConfig): string =>
  `postgres://${user}:${encodeURIComponent(String(password))}@${encodeURIComponent(String(host))}:${port}/${name}`

const run = (...words: string[]) => lanh(['audit', ...words, '--data', data], { DATABASE_URL: urlOf(database.admin) })

beforeAll(async () => {
  database = await databaseForTest()
  folder = await mkdtemp(join(tmpdir(), 'lanh-audit-'))
  data = join(folder, 'hospital')
  const settings = readSettings(new Map([['--data', data]]), {})
  const audit = await openAudit(settings, database.connection, {
    error: (_fault, sentence) => printed.push(sentence),
    print: (line) => printed.push(line),
  })
  for (let n = 0; n < 20; n += 1)
    await audit.log.append(
      auditEntry({
        at: `2026-07-${String(n + 1).padStart(2, '0')}T05:00:00.000Z`,
        action: 'read',
        outcome: 'success',
        agent: {
          account: null,
          reference: 'Practitioner/bs-1',
          roles: ['doctor'],
          client: null,
          session: null,
          network: '10.1.2.3',
          purpose: 'TREAT',
        },
        entities: [{ reference: `Observation/o-${n}` }],
        patients: ['Patient/p-1'],
        request: `r-${n}`,
      }),
    )
  await audit.close()
})
afterAll(() => rm(folder, { recursive: true }))

test('AUDIT-26, AUDIT-36 beginning and end are acts; the key is its owner’s alone, the heads lie beside the data, and a fingerprint is printed', async () => {
  expect((await stat(join(data, 'audit-keys.json'))).mode & 0o777).toBe(0o600)
  expect((await readFile(`${data}-audit-heads/heads-1.jsonl`, 'utf8')).split('\n').at(-2)).toContain('"size":22')
  expect(printed).toEqual([expect.stringMatching(/\d+ acts, fingerprint ([0-9a-f]{4}-){7}[0-9a-f]{4}$/)])
})

test('lanh audit verify says that the log is whole, export writes it for others', async () => {
  const verified = await run('verify')
  expect(verified.out).toMatch(/22 acts, \d+ signed heads, 0 acts not signed yet[^]*The audit log is whole/)
  expect(verified.code).toBe(0)
  const out = join(folder, 'export.jsonl')
  expect((await run('export', '--out', out)).code).toBe(0)
  expect((await readFile(out, 'utf8')).match(/"kind":"act"/g)).toHaveLength(22)
  expect((await run('export', '--out', out, '--from', '2026-07-05', '--to', '2026-07-06')).code).toBe(0)
  expect((await readFile(out, 'utf8')).match(/"kind":"act"/g)?.length).toBeGreaterThanOrEqual(2)
})

test('lanh audit verify names the first wrong place and ends with 1; a wrong call ends with 2', async () => {
  const client = new pg.Client(database.admin)
  await client.connect()
  await client.query('set session_replication_role = replica')
  await client.query(
    `update audit_event set statement = replace(statement, 'bs-1', 'bs-2') where statement like '%"r-7"%'`,
  )
  await client.end()
  const { code, out, err } = await run('verify')
  expect(err).toMatch(/^AUDIT-11 act \d+, number 8: /m)
  expect([code, out.includes('NOT WHOLE')]).toEqual([1, true])
  const none = join(folder, 'none.jsonl')
  expect((await run('verify', '--copy', none)).code).toBe(2)
  expect((await run('export')).code).toBe(2)
  await writeFile(none, '')
  expect((await run('verify', '--copy', none)).code).toBe(1)
})
