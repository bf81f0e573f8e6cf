/**
 * A certificate for trying things out: it certifies itself and says in its subject that it proves nothing. Written
 * here byte by byte, because one certificate of one form is no reason for a library of certificates.
 * @source RFC 5280, section 4.1; ITU-T X.690 for the encoding
 */
import { createPublicKey, type KeyObject, sign } from 'node:crypto'

/** Stands in the subject of every test certificate, and is looked for when one is met. */
export const NO_LEGAL_VALUE = 'CHỨNG THƯ THỬ NGHIỆM – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ'

export interface TestCertificate {
  /** RSA */
  readonly privateKey: KeyObject
  /** who signs, for the subject: name or code of the facility */
  readonly facility: string
  readonly from: Date
  readonly to: Date
  /** 16 random bytes */
  readonly serial: Uint8Array
}

const SHA256_WITH_RSA = '1.2.840.113549.1.1.11'
const COMMON_NAME = '2.5.4.3'
const COUNTRY = '2.5.4.6'
const ORGANISATION = '2.5.4.10'
const BASIC_CONSTRAINTS = '2.5.29.19'
const KEY_USAGE = '2.5.29.15'

const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  nothing: 0x05,
  oid: 0x06,
  utf8: 0x0c,
  printable: 0x13,
  utcTime: 0x17,
  generalTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  version: 0xa0,
  extensions: 0xa3,
} as const

/** @returns PEM */
export function testCertificate({ privateKey, facility, from, to, serial }: TestCertificate): string {
  const subject = sequence(
    nameSet(COUNTRY, TAG.printable, 'VN'),
    nameSet(ORGANISATION, TAG.utf8, NO_LEGAL_VALUE),
    nameSet(COMMON_NAME, TAG.utf8, `TEST ${facility}`),
  )
  const algorithm = sequence(oid(SHA256_WITH_RSA), der(TAG.nothing))
  const content = sequence(
    der(TAG.version, der(TAG.integer, Buffer.of(2))),
    // positive and never empty
    der(TAG.integer, Buffer.concat([Buffer.of(0x01), serial])),
    algorithm,
    subject,
    sequence(time(from), time(to)),
    subject,
    createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
    der(
      TAG.extensions,
      sequence(
        // an authority over itself and nobody else: path length 0
        extension(BASIC_CONSTRAINTS, sequence(der(TAG.boolean, Buffer.of(0xff)), der(TAG.integer, Buffer.of(0)))),
        // digitalSignature, nonRepudiation, keyCertSign: without the last nobody can check it as its own issuer
        extension(KEY_USAGE, der(TAG.bits, Buffer.of(2, 0b11000100))),
      ),
    ),
  )
  const signature = der(TAG.bits, Buffer.of(0), sign('sha256', content, privateKey))
  return pem(sequence(content, algorithm, signature))
}

const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.of(tag), lengthOf(content.length), content])
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length)
  const bytes = length < 0x100 ? [length] : [length >> 8, length & 0xff]
  return Buffer.of(0x80 | bytes.length, ...bytes)
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(TAG.sequence, ...parts)

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return der(TAG.oid, Buffer.from([first * 40 + second, ...rest.flatMap(inSevens)]))
}

/** Groups of seven bits, all but the last one marked. */
function inSevens(number: number): number[] {
  const groups = [number & 0x7f]
  for (let rest = number >>> 7; rest > 0; rest >>>= 7) groups.unshift((rest & 0x7f) | 0x80)
  return groups
}

const nameSet = (type: string, tag: number, value: string): Buffer =>
  der(TAG.set, sequence(oid(type), der(tag, Buffer.from(value))))

const extension = (type: string, value: Buffer): Buffer =>
  sequence(oid(type), der(TAG.boolean, Buffer.of(0xff)), der(TAG.octets, value))

/** Two digits of the year until 2049, four from 2050 on. */
function time(date: Date): Buffer {
  const text = `${date.toISOString().replace(/\D/g, '').slice(0, 14)}Z`
  return date.getUTCFullYear() < 2050
    ? der(TAG.utcTime, Buffer.from(text.slice(2)))
    : der(TAG.generalTime, Buffer.from(text))
}

const pem = (bytes: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${(bytes.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`
