import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { databaseForTest } from '#testing/postgres'
import { type CommandKeys, openCommandKeys } from './command-keys.ts'
import { isSignedBy } from './hashes.ts'
import { rotateKeys } from './rotate.ts'
import { openVault } from './vault.ts'

const folder = mkdtempSync(join(tmpdir(), 'lanh-command-'))

/** A stand-in for what speaks with an HSM; its keys live as long as it does. */
const PROGRAM = join(folder, 'hsm.mjs')
writeFileSync(
  PROGRAM,
  `import { createCipheriv, createDecipheriv, createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { createInterface } from 'node:readline'
const made = []
const add = (purpose) => {
  const version = made.filter((one) => one.purpose === purpose).length + 1
  made.push({ purpose, version, made: new Date().toISOString(), key: randomBytes(32) })
  return version
}
for (const purpose of ['records', 'secrets', 'blind-index']) add(purpose)
const signer = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const jwk = signer.publicKey.export({ format: 'jwk' })
const find = (purpose, version) => made.filter((one) => one.purpose === purpose && (!version || one.version === version)).at(-1)
const ACTS = {
  keys: () => ({ keys: made.map(({ key, ...facts }) => facts) }),
  wrap({ purpose, bytes, context }) {
    const { key, version } = find(purpose)
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
    const text = Buffer.concat([cipher.update(Buffer.from(bytes, 'base64')), cipher.final()])
    return { version, bytes: Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64') }
  },
  unwrap({ purpose, version, bytes, context }) {
    const all = Buffer.from(bytes, 'base64')
    const cipher = createDecipheriv('aes-256-gcm', find(purpose, version).key, all.subarray(0, 12))
    cipher.setAuthTag(all.subarray(12, 28)).setAAD(Buffer.from(context))
    return { bytes: Buffer.concat([cipher.update(all.subarray(28)), cipher.final()]).toString('base64') }
  },
  mac({ bytes, version }) {
    const one = find('blind-index', version)
    return { version: one.version, bytes: createHmac('sha256', one.key).update(Buffer.from(bytes, 'base64')).digest('base64') }
  },
  sign: ({ bytes }) => ({ key: 'ours', bytes: sign('sha256', Buffer.from(bytes, 'base64'), { key: signer.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64') }),
  'public-keys': () => ({ keys: [jwk] }),
  rotate: ({ purpose }) => ({ version: add(purpose) }),
  destroy: ({ purpose, version }) => (made.splice(made.findIndex((one) => one.purpose === purpose && one.version === version), 1), {}),
  die: () => process.exit(1),
}
createInterface({ input: process.stdin }).on('line', (line) => {
  const asked = JSON.parse(line)
  if (asked.context === 'silence') return
  if (asked.context === 'die') process.exit(1)
  let answer
  try { answer = ACTS[asked.do](asked) } catch { answer = { error: 'no' } }
  console.log('a line that is no answer')
  console.log(JSON.stringify({ id: asked.id, ...answer }))
})
`,
)

const opened: CommandKeys[] = []
const open = (patience?: number): CommandKeys => {
  const keys = openCommandKeys([process.execPath, PROGRAM], patience)
  opened.push(keys)
  return keys
}
afterEach(() => Promise.all(opened.splice(0).map((keys) => keys.close())))
afterAll(() => rmSync(folder, { recursive: true }))

test('a vault whose keys another program keeps: sealing, rotation, shredding', async () => {
  const keys = open()
  const vault = openVault((await databaseForTest()).connection, keys)
  const place = { facility: 1, table: 'note', id: '1', column: 'text' }
  const sealed = await Promise.all(Array.from({ length: 20 }, () => vault.seal(Buffer.from('kín'), place, 'Patient/1')))
  const { rewrapped, destroyed } = await rotateKeys(keys, vault, { destroyOld: true })
  expect({ rewrapped, destroyed }).toEqual({ rewrapped: 1, destroyed: [1] })
  for (const one of sealed) expect((await vault.open(one, place))?.toString()).toBe('kín')
  await vault.shred('Patient/1', async () => undefined)
  expect(await vault.open(sealed[0]!, place)).toBeNull()
  await vault.close()
})

test('it signs, and computes codes by version', async () => {
  const keys = open()
  const data = Buffer.from('head')
  const [[, jwk] = []] = [...(await keys.publicKeys())]
  expect(isSignedBy(jwk!, data, (await keys.sign(data)).signature)).toBe(true)
  const first = await keys.mac(data)
  await keys.rotate('blind-index')
  expect((await keys.mac(data)).version).toBe(2)
  expect(await keys.mac(data, 1)).toEqual(first)
})

test('what was changed, a program that is silent, that dies or is not there: each is a problem, and it is begun anew', async () => {
  const keys = open(400)
  const wrapped = await keys.wrap('records', Buffer.from('x'), 'a')
  await expect(keys.unwrap('records', wrapped, 'b')).rejects.toThrow('refuses')
  await expect(keys.wrap('records', Buffer.from('x'), 'silence')).rejects.toThrow('does not answer')
  await expect(keys.wrap('records', Buffer.from('x'), 'die')).rejects.toThrow('has ended')
  expect((await keys.keys()).length).toBe(3)
  const none = openCommandKeys([join(folder, 'nowhere')])
  await expect(none.keys()).rejects.toThrow('has ended')
})
