import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { KEY_FILE, openFileKeys } from './file-keys.ts'
import { isSignedBy } from './hashes.ts'
import { readPassphrase } from './passphrase.ts'
import { byteSealer, headKeys, textSealer } from './sealers.ts'
import { KeyProblem } from './types.ts'

const WORDS = 'chín con cò trắng bay qua'
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lanh-keys-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const open = (passphrase: string | null) => openFileKeys({ folder, passphrase })
const text = () => readFile(join(folder, KEY_FILE), 'utf8')

describe('a file that is sealed', () => {
  test('opens with its passphrase however that is composed, and with no other', async () => {
    const sealed = await (await open(WORDS)).wrap('records', Buffer.from('x'), 'here')
    const again = await open(WORDS.normalize('NFD'))
    expect(Buffer.from(await again.unwrap('records', sealed, 'here')).toString()).toBe('x')
    await expect(open('chín con cò trắng bay đi')).rejects.toThrow('does not open')
    await expect(open(null)).rejects.toThrow('LANH_KEY_PASSPHRASE_FILE')
  })

  test('says nothing of its keys, only its owner reads it, and nothing is left beside it', async () => {
    const keys = await open(WORDS)
    expect(await text()).not.toMatch(/"keys"|secret|warning/)
    expect((await stat(keys.file)).mode & 0o777).toBe(0o600)
    expect(await readdir(folder)).toEqual([KEY_FILE])
  })

  test('any changed byte of it opens nothing', async () => {
    const file = join(folder, KEY_FILE)
    await open(WORDS)
    const whole = JSON.parse(await text()) as Record<string, unknown>
    const changed = [
      { ...whole, salt: Buffer.alloc(16).toString('base64') },
      { ...whole, cost: { memory: 8, passes: 1, lanes: 1 } },
      { ...whole, cost: { memory: 2 ** 31, passes: 1, lanes: 1 } },
      { ...whole, sealed: `AAAA${String(whole['sealed']).slice(4)}` },
      { ...whole, format: 'lanh keys 0' },
    ]
    for (const one of changed) {
      await writeFile(file, JSON.stringify(one))
      await expect(open(WORDS)).rejects.toThrow(KeyProblem)
    }
  })

  test('refuses a short passphrase before anything is written', async () => {
    await expect(open('ngắn quá')).rejects.toThrow('16 characters')
    expect(await readdir(folder)).toEqual([])
  })
})

test('without a passphrase it says loudly what it is, and is sealed as soon as there is one', async () => {
  const first = await open(null)
  expect(first.sealed).toBe(false)
  expect(await text()).toContain('NOT SEALED')
  const wrapped = await first.wrap('secrets', Buffer.from('mật'), 'a')
  const second = await open(WORDS)
  expect(second.sealed).toBe(true)
  expect(await text()).not.toContain('NOT SEALED')
  expect(Buffer.from(await second.unwrap('secrets', wrapped, 'a')).toString()).toBe('mật')
})

test('an open file of before, read by a process without passphrase, is not written over a sealed one', async () => {
  const careless = await open(null)
  await open(WORDS)
  await expect(careless.rotate('records')).rejects.toThrow(KeyProblem)
  expect(await text()).not.toContain('NOT SEALED')
})

test('a new passphrase takes the place of the old one', async () => {
  const keys = await open(WORDS)
  await keys.reseal('một câu khác hẳn câu cũ')
  await expect(open(WORDS)).rejects.toThrow('does not open')
  expect((await (await open('một câu khác hẳn câu cũ')).keys()).length).toBe(4)
})

describe('versions', () => {
  test('what an old version wrapped opens, new things are under the new one, a destroyed one opens nothing', async () => {
    const keys = await open(null)
    const old = await keys.wrap('records', Buffer.from('a'), 'p')
    expect(await keys.rotate('records')).toBe(2)
    expect((await keys.wrap('records', Buffer.from('a'), 'p')).version).toBe(2)
    expect(Buffer.from(await keys.unwrap('records', old, 'p')).toString()).toBe('a')
    await expect(keys.destroy('records', 2)).rejects.toThrow('in use')
    await keys.destroy('records', 1)
    await expect(keys.unwrap('records', old, 'p')).rejects.toThrow(KeyProblem)
    await expect(keys.unwrap('records', { ...old, version: 2 }, 'p')).rejects.toThrow(KeyProblem)
  })

  test('a running server wraps with the version that a command made, and opens what it wrapped', async () => {
    const server = await open(null)
    const command = await open(null)
    await command.rotate('records')
    const theirs = await command.wrap('records', Buffer.from('a'), 'p')
    expect(Buffer.from(await server.unwrap('records', theirs, 'p')).toString()).toBe('a')
    expect((await server.wrap('records', Buffer.from('b'), 'p')).version).toBe(2)
  })

  test('many rotations at once make as many versions', async () => {
    const keys = await open(null)
    const made = await Promise.all(Array.from({ length: 8 }, () => keys.rotate('secrets')))
    expect(made.toSorted((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8, 9])
    expect((await (await open(null)).keys()).filter(({ purpose }) => purpose === 'secrets').length).toBe(9)
  })
})

test('a key file that is gone is not made anew under a running server', async () => {
  const keys = await open(null)
  await rm(keys.file)
  await expect(keys.wrap('records', Buffer.from('a'), 'p')).rejects.toThrow('gone')
})

test('the recovery copy opens with both halves in order, and with neither alone', async () => {
  const keys = await open(WORDS)
  const sealed = await byteSealer(keys).seal(Buffer.from('x'), 'p')
  const { text: copy, halves } = await keys.recoveryCopy()
  expect(halves.every((half) => /^[2-9a-z]{32}$/.test(half))).toBe(true)
  await writeFile(keys.file, copy)
  for (const half of halves) await expect(open(half)).rejects.toThrow('does not open')
  const again = await open(halves.join('-'))
  expect(Buffer.from(await byteSealer(again).open(sealed, 'p')).toString()).toBe('x')
})

describe('what other parts ask for', () => {
  test('secrets open in their place only, before and after a rotation', async () => {
    const keys = await open(null)
    const [bytes, texts] = [byteSealer(keys), textSealer(keys)]
    const sealed = await bytes.seal(Buffer.from('bí mật'), 'totp|1')
    const token = await texts.seal('khóa', 'oauth|1')
    await keys.rotate('secrets')
    expect(Buffer.from(await bytes.open(sealed, 'totp|1')).toString()).toBe('bí mật')
    expect(await texts.open(token, 'oauth|1')).toBe('khóa')
    await expect(bytes.open(sealed, 'totp|2')).rejects.toThrow(KeyProblem)
    await expect(texts.open(token.slice(0, -2), 'oauth|1')).rejects.toThrow(KeyProblem)
    await expect(texts.open('', 'oauth|1')).rejects.toThrow(KeyProblem)
  })

  test('heads are signed with the newest key, and all public halves are known', async () => {
    const keys = await open(null)
    const own = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
    await keys.adopt('audit-heads', [own])
    await keys.adopt('audit-heads', [own])
    const heads = await headKeys(keys)
    const data = Buffer.from('head 1')
    const signature = await heads.sign(data)
    expect(heads.publicKeys.get(heads.id)).toMatchObject({ x: own.x })
    expect(heads.publicKeys.size).toBe(2)
    expect(isSignedBy(heads.publicKeys.get(heads.id)!, data, signature)).toBe(true)
    expect(JSON.stringify([...heads.publicKeys.values()])).not.toContain('"d"')
    await keys.rotate('audit-heads')
    await expect(heads.sign(data)).rejects.toThrow('rotated')
    expect((await headKeys(keys)).id).not.toBe(heads.id)
  })
})

describe('where the passphrase comes from', () => {
  test('a file without its last line end, a variable, neither; not both', async () => {
    const file = join(folder, 'words')
    await writeFile(file, `${WORDS} \n`)
    expect(await readPassphrase({ file, words: '' })).toBe(`${WORDS} `)
    expect(await readPassphrase({ file: '', words: WORDS })).toBe(WORDS)
    expect(await readPassphrase({ file: '', words: '' })).toBeNull()
    await expect(readPassphrase({ file, words: WORDS })).rejects.toThrow('together')
    await expect(readPassphrase({ file: join(folder, 'none'), words: '' })).rejects.toThrow('cannot be read')
  })
})
