import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { belongsTogether, type SigningKey, testCertificate } from '#obligations/digital-signature'
import { type Settings, WrongUse } from '../settings.ts'

/** Beside the data, readable by us alone; made once, so that files signed on two days have one signer. */
const TEST_KEY = 'signing-key-for-trying-out.pem'
const TEST_YEARS = 10

/** What dossiers are signed with. */
export interface Signer {
  readonly key: SigningKey
  /** true: made by ourselves, proves nothing to anybody */
  readonly isForTryingOut: boolean
}

/**
 * The key of the settings, opened; without one, one for trying out whose certificate says so.
 * @throws WrongUse where a file cannot be read, is no key, or key and certificate do not belong together
 */
export async function signerOf(
  settings: Pick<Settings, 'data' | 'signingKey' | 'signingCertificate' | 'signingPassphrase'>,
): Promise<Signer> {
  const { signingKey, signingCertificate } = settings
  if (!signingKey && !signingCertificate) return { key: await testKey(settings.data), isForTryingOut: true }
  if (!signingKey || !signingCertificate)
    throw new WrongUse('LANH_SIGNING_KEY and LANH_SIGNING_CERTIFICATE are given together')
  const [pem, certificate] = await Promise.all([
    readSetting('LANH_SIGNING_KEY', signingKey),
    readSetting('LANH_SIGNING_CERTIFICATE', signingCertificate),
  ])
  const key = { privateKey: opened(pem, settings.signingPassphrase), certificate }
  if (!isPair(key)) throw new WrongUse('LANH_SIGNING_CERTIFICATE is not the certificate of LANH_SIGNING_KEY')
  return { key, isForTryingOut: false }
}

const readSetting = (name: string, path: string): Promise<string> =>
  readFile(path, 'utf8').catch(() => {
    throw new WrongUse(`${name} cannot be read`)
  })

/** @param passphrase of a key that is locked; '' for one that is not */
function opened(pem: string, passphrase: string): KeyObject {
  try {
    return createPrivateKey(passphrase ? { key: pem, passphrase } : pem)
  } catch {
    throw new WrongUse('LANH_SIGNING_KEY is no private key in PEM, or LANH_SIGNING_PASSPHRASE does not open it')
  }
}

function isPair(key: SigningKey): boolean {
  try {
    return belongsTogether(key)
  } catch {
    return false
  }
}

async function testKey(folder: string): Promise<SigningKey> {
  const path = join(folder, TEST_KEY)
  const written = await readFile(path, 'utf8').catch(() => null)
  if (written !== null) {
    const [privateKey = '', certificate = ''] = written.split(/(?=-----BEGIN CERTIFICATE-----)/)
    return { privateKey: createPrivateKey(privateKey), certificate }
  }
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const from = new Date()
  const to = new Date(Date.UTC(from.getUTCFullYear() + TEST_YEARS, from.getUTCMonth(), from.getUTCDate()))
  const certificate = testCertificate({ privateKey, facility: 'Lành', from, to, serial: randomBytes(16) })
  await mkdir(folder, { recursive: true })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
  try {
    await writeFile(path, `${String(pem)}${certificate}`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    // Somebody made one in the same moment: theirs it is.
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return testKey(folder)
    throw error
  }
  return { privateKey, certificate }
}
