import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseForTest, type TestDatabase } from '#testing/postgres'
import { blindTerm, blindTerms } from './blind-index.ts'
import { type FileKeys, openFileKeys } from './file-keys.ts'
import { rotateKeys } from './rotate.ts'
import { KeyProblem } from './types.ts'
import { openVault, type Vault } from './vault.ts'

const untold = async () => undefined

let database: TestDatabase
let folder: string
let keys: FileKeys
let vault: Vault
let admin: pg.Client

beforeAll(async () => {
  database = await databaseForTest()
  folder = await mkdtemp(join(tmpdir(), 'lanh-vault-'))
  keys = await openFileKeys({ folder, passphrase: null })
  vault = openVault(database.connection, keys)
  admin = new pg.Client(database.admin)
  await admin.connect()
})
afterAll(async () => {
  await admin.end()
  await vault.close()
  await rm(folder, { recursive: true, force: true })
})

const place = (id: string, column = 'note') => ({ facility: 1, table: 'consultation', id, column })
const scan = (id: string, patient: string) => ({
  id,
  subject: `DocumentReference/${id}`,
  patient,
  kind: 'identity-scan' as const,
  contentType: 'image/png',
  bytes: Buffer.from(`ảnh căn cước ${id}`),
})

describe('fields', () => {
  test('open where they were sealed and nowhere else', async () => {
    const sealed = await vault.seal(Buffer.from('HIV dương tính'), place('1'), 'Patient/1')
    expect((await vault.open(sealed, place('1')))?.toString()).toBe('HIV dương tính')
    expect(sealed.includes('HIV')).toBe(false)
    await vault.seal(Buffer.from('khác'), place('2'), 'Patient/1')
    for (const other of [place('2'), place('1', 'other')])
      await expect(vault.open(sealed, other)).rejects.toThrow(KeyProblem)
    // Parts are told apart: this table has no key of that name.
    expect(await vault.open(sealed, { ...place('1'), table: 'consultation|1' })).toBeNull()
    await expect(vault.open(sealed, { ...place('1'), facility: 2 })).rejects.toThrow('another facility')
    const flipped = Buffer.from(sealed)
    flipped[flipped.length - 1]! ^= 1
    await expect(vault.open(flipped, place('1'))).rejects.toThrow(KeyProblem)
  })

  test('two at the same moment get one data key', async () => {
    const both = await Promise.all(['a', 'b'].map((text) => vault.seal(Buffer.from(text), place('3'))))
    expect((await Promise.all(both.map((one) => vault.open(one, place('3'))))).map(String)).toEqual(['a', 'b'])
  })

  test('a wrapped data key that a superuser gave to another record opens nothing', async () => {
    const [mine, theirs] = [place('4'), place('5')]
    const sealed = await vault.seal(Buffer.from('x'), mine)
    await vault.seal(Buffer.from('y'), theirs)
    await admin.query(`update sealed_key set wrapped = (select wrapped from sealed_key where subject = 'consultation/5')
      where subject = 'consultation/4'`)
    await expect(vault.open(sealed, mine)).rejects.toThrow(KeyProblem)
  })
})

describe('contents', () => {
  test('come out as they went in, once an id, and lie unreadable in the database', async () => {
    await vault.put(scan('s1', 'Patient/2'))
    expect(await vault.get('s1')).toEqual({ ...scan('s1', ''), patient: undefined, state: 'there' })
    await expect(vault.put(scan('s1', 'Patient/2'))).rejects.toThrow('twice')
    expect(await vault.get('s0')).toBeNull()
    const { rows } = await admin.query(`select sealed from sealed_content where id = 's1'`)
    expect(rows[0].sealed.includes(Buffer.from('căn cước'))).toBe(false)
  })

  test('two of the same bytes have nothing in common', async () => {
    const one = { ...scan('s2', 'Patient/2'), bytes: Buffer.alloc(64) }
    await vault.put(one)
    await vault.put({ ...one, id: 's3' })
    const { rows } = await admin.query(`select sealed from sealed_content where id in ('s2', 's3')`)
    expect(rows[0].sealed.subarray(4).equals(rows[1].sealed.subarray(4))).toBe(false)
  })
})

describe('shredding', () => {
  test('of a patient ends all that is sealed about them, and nothing else; what comes later is sealed anew', async () => {
    const field = await vault.seal(Buffer.from('lời khai'), place('6'), 'Patient/3')
    await vault.put(scan('s4', 'Patient/3'))
    await vault.put(scan('s5', 'Patient/4'))
    const told: unknown[] = []
    expect(await vault.shred('Patient/3', async (what) => void told.push(what))).toEqual({ keys: 2, contents: 1 })
    expect(told).toEqual([{ keys: 2, contents: 1 }])
    expect(await vault.open(field, place('6'))).toBeNull()
    expect(await vault.get('s4')).toEqual({ state: 'destroyed' })
    expect(await vault.get('s5')).toMatchObject({ state: 'there' })
    const { rows } = await admin.query(
      `select count(*) from sealed_key where patient = 'Patient/3' and wrapped is not null`,
    )
    expect(rows[0].count).toBe('0')
    const again = await vault.seal(Buffer.from('mới'), place('6'), 'Patient/3')
    expect((await vault.open(again, place('6')))?.toString()).toBe('mới')
    expect(await vault.open(field, place('6'))).toBeNull()
  })

  test('destroys nothing when the audit log cannot be told', async () => {
    await vault.put(scan('s6', 'Patient/5'))
    await expect(vault.shred('Patient/5', () => Promise.reject(new Error('no log')))).rejects.toThrow('no log')
    expect(await vault.get('s6')).toMatchObject({ state: 'there' })
  })
})

test('rotation leaves every content readable and every data key under the newest key, in several batches', async () => {
  await admin.query(`insert into sealed_key (facility, subject, version, key_version, wrapped, destroyed)
    select 1, 'gone/' || n, 1, 1, null, now() from generate_series(1, 3) n`)
  await Promise.all(Array.from({ length: 620 }, (_, n) => vault.seal(Buffer.of(n & 255), place(`many-${n}`))))
  await vault.put(scan('s7', 'Patient/6'))
  const before = await vault.usage()
  const all = before.get(1)!
  // The data key that was given to another record opens nothing, and holds nothing up; its facility key stays.
  const first = await rotateKeys(keys, vault, { destroyOld: true })
  expect(first).toMatchObject({ rewrapped: all - 1, broken: 1, destroyed: [] })
  expect(await vault.usage()).toEqual(new Map([[1, 1], [2, all - 1]])) // prettier-ignore
  await admin.query(`delete from sealed_key where subject = 'consultation/4'`)
  expect((await rotateKeys(keys, vault, { destroyOld: true })).destroyed).toEqual([1, 2])
  expect(await vault.usage()).toEqual(new Map([[3, all - 1]]))
  expect(await vault.get('s7')).toMatchObject({ state: 'there', bytes: scan('s7', '').bytes })
})

test('the app sees its own facility only, even where its code forgot to say which', async () => {
  const other = openVault(database.connection, keys, 2)
  try {
    await other.put({ ...scan('s8', 'Patient/7'), subject: 'DocumentReference/other' })
    expect(await vault.get('s8')).toBeNull()
    const app = new pg.Client(database.connection)
    await app.connect()
    const counts = await app.query(
      'select (select count(*) from sealed_key) as keys, (select count(*) from sealed_content) as contents',
    )
    expect(counts.rows[0]).toEqual({ keys: '0', contents: '0' })
    await expect(app.query('delete from sealed_key')).rejects.toThrow('permission denied')
    await app.end()
  } finally {
    await other.close()
  }
})

test('a blind index finds equal values of a field under every version, and tells nothing across fields', async () => {
  const [first] = await blindTerms(keys, 1, 'cccd', '079185001234')
  await keys.rotate('blind-index')
  const codes = (await blindTerms(keys, 1, 'cccd', '079185001234')).map(({ code }) => Buffer.from(code).toString('hex'))
  expect(codes[0]).toBe(Buffer.from(first!.code).toString('hex'))
  expect(new Set(codes).size).toBe(2)
  const newest = await blindTerm(keys, 1, 'passport', '079185001234')
  expect(codes).not.toContain(Buffer.from(newest.code).toString('hex'))
})

test('what was told of a shredding is what the audit log must hold', async () => {
  expect(await vault.shred('Patient/nobody', untold)).toEqual({ keys: 0, contents: 0 })
})
