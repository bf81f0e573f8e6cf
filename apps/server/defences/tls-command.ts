import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { isIP } from 'node:net'
import { writeWhole } from '#foundation/keys'
import { isLoopback, type Settings, WrongUse } from '../settings.ts'
import { type Issued, issueCertificate, makeAuthority } from './own-authority.ts'

/** Names with these are certified together or not at all, so the authority is made anew when they change. */
const FILES = {
  authority: 'authority.pem',
  authorityKey: 'authority-key.pem',
  names: 'authority-names.json',
  server: 'server.pem',
  serverKey: 'server-key.pem',
} as const

const NAME = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/

/** `lanh tls self-signed [NAME…]`: an authority of the hospital's own, and the server's certificate by it. */
export async function selfSignedCommand(
  settings: Settings,
  words: readonly string[],
  now = new Date(),
): Promise<number> {
  const names = namesOf(settings, words)
  const folder = join(settings.data, 'tls')
  const path = (name: keyof typeof FILES) => join(folder, FILES[name])
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const known = await knownAuthority(path, names, now)
  const authority = known ?? makeAuthority(names, now)
  if (known === null) {
    await writeWhole(path('authorityKey'), pemOf(authority.key))
    await writeWhole(path('authority'), authority.certificate)
    await writeWhole(path('names'), `${JSON.stringify(names)}\n`)
  }
  const { certificate, key } = issueCertificate(authority, names, now)
  await writeWhole(path('serverKey'), pemOf(key))
  await writeWhole(path('server'), certificate + authority.certificate)
  const { fingerprint256 } = new X509Certificate(authority.certificate)
  console.log(
    [
      `A certificate for ${names.join(', ')}, until ${new X509Certificate(certificate).validTo}`,
      known === null
        ? `Every workstation has to trust the new authority once: ${path('authority')}`
        : 'By the authority that workstations trust already',
      `Its fingerprint, to compare there: ${fingerprint256}`,
      'Start lanh with',
      `  LANH_TLS_CERTIFICATE=${path('server')}`,
      `  LANH_TLS_KEY=${path('serverKey')}`,
    ].join('\n'),
  )
  return 0
}

/** What the server is called: as given, as settings say, or as the machine is. */
function namesOf({ host, origin }: Settings, words: readonly string[]): readonly string[] {
  const given = [...words, ...(isLoopback(host) || host === '0.0.0.0' || host === '::' ? [] : [host])]
  if (origin) given.push(new URL(origin).hostname.replace(/^\[|\]$/g, ''))
  if (given.length === 0) given.push(hostname())
  const names = [...new Set([...given.map((name) => name.toLowerCase()), 'localhost', '127.0.0.1'])]
  const wrong = names.find((name) => (isIP(name) === 0 ? !NAME.test(name) : name.includes(':') && name.includes('.')))
  if (wrong !== undefined) throw new WrongUse(`"${wrong}" is no name or address of a server`)
  return names
}

const pemOf = (key: KeyObject): string => String(key.export({ type: 'pkcs8', format: 'pem' }))

/** @returns null where there is none yet, it was made for other names, or it ends before a new certificate would */
async function knownAuthority(
  path: (name: keyof typeof FILES) => string,
  names: readonly string[],
  now: Date,
): Promise<Issued | null> {
  try {
    const [certificate, key, made] = await Promise.all(
      (['authority', 'authorityKey', 'names'] as const).map((name) => readFile(path(name), 'utf8')),
    )
    const allowed = JSON.parse(made!) as readonly string[]
    const ends = new X509Certificate(certificate!).validToDate.getTime()
    const lasts = ends - now.getTime() > 830 * 86_400_000
    if (!lasts || names.some((name) => !allowed.includes(name))) return null
    return { certificate: certificate!, key: createPrivateKey(key!) }
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return null
    throw fault
  }
}
