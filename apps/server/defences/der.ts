/** The few forms of DER that certificates of our own authority are made of. @source ITU-T X.690; RFC 5280 */

const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
  generalTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

export const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.of(tag), lengthOf(content.length), content])
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length)
  const bytes = length < 0x100 ? [length] : [length >> 8, length & 0xff]
  return Buffer.of(0x80 | bytes.length, ...bytes)
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => der(TAG.sequence, ...parts)
export const set = (...parts: readonly Uint8Array[]): Buffer => der(TAG.set, ...parts)
export const octets = (bytes: Uint8Array): Buffer => der(TAG.octets, bytes)
export const utf8 = (text: string): Buffer => der(TAG.utf8, Buffer.from(text))
export const yes = der(TAG.boolean, Buffer.of(0xff))

/** @param bytes of a positive number */
export const integer = (bytes: Uint8Array): Buffer =>
  der(TAG.integer, (bytes[0] ?? 0) & 0x80 ? Buffer.of(0) : Buffer.of(), bytes)

/** @param unused bits at the end */
export const bits = (bytes: Uint8Array, unused = 0): Buffer => der(TAG.bits, Buffer.of(unused), bytes)

/** `[n]` around what is a form of its own, or in place of its tag. */
export const marked = (n: number, ...parts: readonly Uint8Array[]): Buffer => der(0xa0 | n, ...parts)
export const inPlace = (n: number, bytes: Uint8Array): Buffer => der(0x80 | n, bytes)

export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return der(TAG.oid, Buffer.from([first * 40 + second, ...rest.flatMap(inSevens)]))
}

/** Groups of seven bits, all but the last one marked. */
function inSevens(number: number): number[] {
  const groups = [number & 0x7f]
  for (let rest = number >>> 7; rest > 0; rest >>>= 7) groups.unshift((rest & 0x7f) | 0x80)
  return groups
}

/** Two digits of the year until 2049, four from 2050 on. */
export function time(date: Date): Buffer {
  const text = `${date.toISOString().replace(/\D/g, '').slice(0, 14)}Z`
  return date.getUTCFullYear() < 2050
    ? der(TAG.utcTime, Buffer.from(text.slice(2)))
    : der(TAG.generalTime, Buffer.from(text))
}

export const pem = (label: string, bytes: Buffer): string =>
  `-----BEGIN ${label}-----\n${(bytes.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${label}-----\n`
