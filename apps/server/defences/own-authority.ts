/**
 * An authority for a hospital's own network, and the certificate of its server. What it may certify is written into it:
 * a workstation that trusts it trusts it for these names and no others.
 * @source RFC 5280
 */
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isIP } from 'node:net'
import { bits, inPlace, integer, marked, octets, oid, pem, sequence, set, time, utf8, yes } from './der.ts'

export interface Issued {
  /** PEM */
  readonly certificate: string
  readonly key: KeyObject
}

const OID = {
  ecdsaSha256: '1.2.840.10045.4.3.2',
  commonName: '2.5.4.3',
  organisation: '2.5.4.10',
  subjectKey: '2.5.29.14',
  keyUsage: '2.5.29.15',
  otherNames: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  authorityKey: '2.5.29.35',
  extendedUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
} as const

const DAY = 86_400_000
const AUTHORITY_DAYS = 3650
/** The longest that all browsers take, also from an authority of one's own. */
const SERVER_DAYS = 820
/** Clocks of workstations are late. */
const EARLIER = DAY

/** @param names host names and addresses that it may certify, all others it may not */
export function makeAuthority(names: readonly string[], now: Date): Issued {
  const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = nameOf(`Lành, máy chủ ${names[0]} (${now.getUTCFullYear()})`)
  const permitted = sequence(marked(0, ...names.map((one) => sequence(generalName(one, true)))))
  const certificate = signed(key, name, name, key, now, AUTHORITY_DAYS, [
    extension(OID.basicConstraints, sequence(yes, integer(Buffer.of(0))), true),
    // keyCertSign, cRLSign
    extension(OID.keyUsage, bits(Buffer.of(0b0000_0110), 1), true),
    extension(OID.nameConstraints, permitted, true),
    extension(OID.subjectKey, octets(keyId(key))),
  ])
  return { certificate, key }
}

/** @param names as the authority was made for @param authority certificate in DER, for its name */
export function issueCertificate(authority: Issued, names: readonly string[], now: Date): Issued {
  const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const certificate = signed(
    authority.key,
    subjectIn(authority.certificate),
    nameOf(names[0] ?? ''),
    key,
    now,
    SERVER_DAYS,
    [
      // digitalSignature
      extension(OID.keyUsage, bits(Buffer.of(0b1000_0000), 7), true),
      extension(OID.extendedUsage, sequence(oid(OID.serverAuth))),
      extension(OID.otherNames, sequence(...names.map((one) => generalName(one, false)))),
      extension(OID.subjectKey, octets(keyId(key))),
      extension(OID.authorityKey, sequence(inPlace(0, keyId(authority.key)))),
    ],
  )
  return { certificate, key }
}

function signed(
  by: KeyObject,
  issuer: Buffer,
  subject: Buffer,
  key: KeyObject,
  now: Date,
  days: number,
  extensions: readonly Buffer[],
): string {
  const algorithm = sequence(oid(OID.ecdsaSha256))
  const content = sequence(
    marked(0, integer(Buffer.of(2))),
    integer(randomBytes(16)),
    algorithm,
    issuer,
    sequence(time(new Date(now.getTime() - EARLIER)), time(new Date(now.getTime() + days * DAY))),
    subject,
    publicDer(key),
    marked(3, sequence(...extensions)),
  )
  return pem('CERTIFICATE', sequence(content, algorithm, bits(sign('sha256', content, by))))
}

const publicDer = (key: KeyObject): Buffer => createPublicKey(key).export({ type: 'spki', format: 'der' })

/** @source RFC 7093, method 1 */
const keyId = (key: KeyObject): Buffer => createHash('sha256').update(publicDer(key)).digest().subarray(0, 20)

const nameOf = (common: string): Buffer =>
  sequence(
    set(sequence(oid(OID.organisation), utf8('Lành'))),
    set(sequence(oid(OID.commonName), utf8(common.slice(0, 64)))),
  )

function extension(type: string, value: Buffer, isCritical = false): Buffer {
  return isCritical ? sequence(oid(type), yes, octets(value)) : sequence(oid(type), octets(value))
}

/** @param asRange an address with its mask, as name constraints have it */
function generalName(name: string, asRange: boolean): Buffer {
  if (isIP(name) === 0) return inPlace(2, Buffer.from(name))
  const address = addressBytes(name)
  return inPlace(7, asRange ? Buffer.concat([address, Buffer.alloc(address.length, 0xff)]) : address)
}

function addressBytes(name: string): Buffer {
  if (isIP(name) === 4) return Buffer.from(name.split('.').map(Number))
  const [head = '', tail] = name.split('::')
  const groups = (text: string | undefined) => (text ? text.split(':') : [])
  const [before, after] = [groups(head), groups(tail)]
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => '0')
  return Buffer.from([...before, ...zeros, ...after].map((group) => group.padStart(4, '0')).join(''), 'hex')
}

/** The subject as its bytes stand in the certificate: version, serial, algorithm, issuer, validity, subject. */
function subjectIn(certificate: string): Buffer {
  const bytes = Buffer.from(certificate.replace(/-----[^-]+-----|\s/g, ''), 'base64')
  let at = contentOf(bytes, contentOf(bytes, 0))
  for (let skipped = 0; skipped < 5; skipped += 1) at = endOf(bytes, at)
  return bytes.subarray(at, endOf(bytes, at))
}

/** Where the content of the form at `at` begins. */
const contentOf = (bytes: Buffer, at: number): number => at + 2 + Math.max(0, (bytes[at + 1] ?? 0) - 0x80)

function endOf(bytes: Buffer, at: number): number {
  const first = bytes[at + 1] ?? 0
  const content = contentOf(bytes, at)
  return content + (first < 0x80 ? first : bytes.readUIntBE(at + 2, first - 0x80))
}
