import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openFileKeys, openVault, type Vault } from '#foundation/keys'
import { lanh } from '#testing/command-line'
import { databaseForTest } from '#testing/postgres'

const WORDS = 'gió lên rồi căng buồm cho sướng'
let folder: string
let url: string
let vault: Vault
let admin: pg.Client

beforeAll(async () => {
  const database = await databaseForTest()
  const { user, password, host, port, database: name } = database.admin
  url = `postgres://${user}:${encodeURIComponent(String(password))}@${encodeURIComponent(String(host))}:${port}/${name}`
  folder = await mkdtemp(join(tmpdir(), 'lanh-keys-'))
  vault = openVault(database.connection, await openFileKeys({ folder, passphrase: null }))
  admin = new pg.Client(database.admin)
  await admin.connect()
  for (const n of [1, 2, 3])
    await vault.put({
      id: `scan-${n}`,
      subject: `DocumentReference/d-${n}`,
      patient: n < 3 ? 'Patient/p-1' : 'Patient/p-2',
      kind: 'identity-scan',
      contentType: 'image/png',
      bytes: Buffer.from(`ảnh ${n}`),
    })
})
afterAll(async () => {
  await vault.close()
  await admin.end()
  await rm(folder, { recursive: true })
})

const keys = (words: readonly string[], environment: NodeJS.ProcessEnv = {}) =>
  lanh(['keys', ...words, '--data', folder], { DATABASE_URL: url, ...environment })

const acts = async () => {
  const { rows } = await admin.query<{ statement: string; detail: string }>(
    'select statement, detail from audit_event order by seq',
  )
  return rows
}

test('status says what is open, and that it should not be', async () => {
  const { code, out } = await keys(['status'])
  expect([code, out]).toEqual([1, expect.stringMatching(/records 1, of \d{4}-\d\d-\d\d, in use, 3 data keys under it/)])
  expect(out).toContain('NOT SEALED')
})

test('rotation brings everything under new keys, which a server that runs takes by itself', async () => {
  const { code, out } = await keys(['rotate', '--destroy-old'])
  expect([code, out]).toEqual([0, expect.stringContaining('In use: records 2, secrets 2, audit-heads 2. 3 data keys')])
  expect(out).toContain('Destroyed: records 1')
  expect(await vault.get('scan-1')).toMatchObject({ state: 'there', bytes: Buffer.from('ảnh 1') })
})

test('shredding ends what is sealed about a patient, and is an act of the log', async () => {
  const { code, out } = await keys(['shred', 'Patient/p-1'])
  expect([code, out]).toEqual([0, expect.stringContaining('2 data keys are destroyed, 2 contents open no more')])
  expect(await vault.get('scan-1')).toEqual({ state: 'destroyed' })
  expect(await vault.get('scan-3')).toMatchObject({ state: 'there' })
  expect((await keys(['shred', 'Patient/p-1'])).code).toBe(1)
  for (const words of [
    ['shred'],
    ['shred', 'Patient'],
    ['shred', "Patient/1' or 1=1"],
    ['shred', 'Patient/1', 'Patient/2'],
  ])
    expect([words, (await keys(words)).code]).toEqual([words, 2])
})

test('every act with keys stands in the audit log, without a key in it', async () => {
  const all = await acts()
  expect(all.map(({ statement }) => /"(key-change|erase)"/.exec(statement)?.[1])).toEqual([
    'key-change',
    'key-change',
    'erase',
    'erase',
  ])
  expect(all[2]?.statement).toContain('Patient/p-1')
  expect(all[1]?.detail).toContain('records 2')
})

test('new words seal the file; with others, or none, nothing opens', async () => {
  const cli = fileURLToPath(new URL('../cli.ts', import.meta.url))
  const { PATH, HOME } = process.env
  const said = execFileSync(process.execPath, [cli, 'keys', 'passphrase', '--data', folder], {
    input: `${WORDS}\n`,
    env: { PATH, HOME, DATABASE_URL: url },
    encoding: 'utf8',
    stdio: 'pipe',
  })
  expect(said).toContain('sealed')
  expect((await keys(['status'])).err).toContain('LANH_KEY_PASSPHRASE_FILE')
  expect((await keys(['status'], { LANH_KEY_PASSPHRASE: 'không phải câu ấy đâu' })).err).toContain('does not open')
  const file = join(folder, 'passphrase')
  await writeFile(file, `${WORDS}\n`)
  const { code, out } = await keys(['status'], { LANH_KEY_PASSPHRASE_FILE: file })
  expect([code, out]).toEqual([0, expect.not.stringContaining('NOT SEALED')])
})

test('a recovery copy is written for its owner only and opens with both halves', async () => {
  const copy = join(folder, 'copy.json')
  const { out } = await keys(['recovery', '--out', copy], { LANH_KEY_PASSPHRASE: WORDS })
  const halves = [...out.matchAll(/officer \d: (\S+)/g)].map((one) => one[1])
  expect((await stat(copy)).mode & 0o777).toBe(0o600)
  const other = await mkdtemp(join(tmpdir(), 'lanh-keys-copy-'))
  await writeFile(join(other, 'keys.json'), await readFile(copy))
  const again = await openFileKeys({ folder: other, passphrase: halves.join('-') })
  expect((await again.keys()).filter(({ purpose }) => purpose === 'records')).toMatchObject([{ version: 2 }])
  await rm(other, { recursive: true })
  expect((await keys(['recovery'])).code).toBe(2)
})
