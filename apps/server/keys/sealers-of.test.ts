import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openFileKeys } from '#foundation/keys'
import { fileSealer } from '#foundation/sign-in'
import { sealersOf } from './sealers-of.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lanh-sealers-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('what was sealed before there was a key file still opens, in its place only; what is new is under the keys', async () => {
  const older = await fileSealer(join(folder, 'keys', 'sign-in.key'))
  const secret = await older.seal(Buffer.from('bí mật'), 'totp|1')
  const token = Buffer.from(await older.seal(Buffer.from('khóa'), 'oauth|1')).toString('base64')
  const keys = await openFileKeys({ folder, passphrase: null })
  const { bytes, texts } = await sealersOf(keys, folder)
  expect(Buffer.from(await bytes.open(secret, 'totp|1')).toString()).toBe('bí mật')
  expect(await texts.open(token, 'oauth|1')).toBe('khóa')
  await expect(bytes.open(secret, 'totp|2')).rejects.toThrow('authenticate')
  const fresh = await bytes.seal(Buffer.from('mới'), 'totp|1')
  await expect(async () => older.open(fresh, 'totp|1')).rejects.toThrow('authenticate')
  expect(Buffer.from(await bytes.open(fresh, 'totp|1')).toString()).toBe('mới')
  await keys.rotate('secrets')
  expect(await texts.open(await texts.seal('x', 'p'), 'p')).toBe('x')
})

test('without an older key only the keys open anything', async () => {
  const { bytes } = await sealersOf(await openFileKeys({ folder, passphrase: null }), folder)
  await expect(bytes.open(Buffer.alloc(40), 'p')).rejects.toThrow('not there')
})
