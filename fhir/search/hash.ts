/**
 * The 64-bit hash behind every search term: two 32-bit lanes in the manner of MurmurHash3 over pairs of UTF-16 units,
 * mixed into each other at the end. Not cryptographic; equal on every machine and forever, because the index keeps it.
 */

const signed = new BigInt64Array(1)
const lanes = new Int32Array(signed.buffer)
/** 1 where the machine keeps the low half second; the value must not depend on it. */
const LOW = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 0 : 1
const HIGH = 1 - LOW

/** Hashes into the lanes and leaves the result in `signed[0]`. */
function mixIn(text: string): void {
  let a = 0x9747b28c | 0
  let b = 0x3c6ef372 | 0
  const length = text.length
  const even = length & ~1
  for (let i = 0; i < even; i += 2) {
    const pair = text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16)
    const k = Math.imul(pair, 0xcc9e2d51)
    a ^= Math.imul((k << 15) | (k >>> 17), 0x1b873593)
    a = (Math.imul((a << 13) | (a >>> 19), 5) + 0xe6546b64) | 0
    const l = Math.imul(pair, 0x239b961b)
    b ^= Math.imul((l << 16) | (l >>> 16), 0xab0e9789)
    b = (Math.imul((b << 17) | (b >>> 15), 5) + 0x561ccd1b + a) | 0
  }
  if (even !== length) {
    const unit = text.charCodeAt(even)
    const k = Math.imul(unit, 0xcc9e2d51)
    a ^= Math.imul((k << 15) | (k >>> 17), 0x1b873593)
    const l = Math.imul(unit, 0x239b961b)
    b ^= Math.imul((l << 16) | (l >>> 16), 0xab0e9789)
  }
  a ^= length
  b ^= length
  a = (a + b) | 0
  b = (b + a) | 0
  a = avalanche(a)
  b = avalanche(b)
  a = (a + b) | 0
  b = (b + a) | 0
  lanes[LOW] = a
  lanes[HIGH] = b
}

function avalanche(lane: number): number {
  let h = lane ^ (lane >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return h ^ (h >>> 16)
}

/** @returns a signed 64-bit number, as PostgreSQL's `bigint` holds it */
export function hash64(text: string): bigint {
  mixIn(text)
  return signed[0]!
}

/** A constant taken apart, so that a term costs no arithmetic on big integers. */
export interface Lanes {
  readonly low: number
  readonly high: number
}

export function lanesOf(constant: bigint): Lanes {
  signed[0] = constant
  return { low: lanes[LOW]!, high: lanes[HIGH]! }
}

/** `hash64(text) XOR constant` without a second big integer. */
export function hashUnder(constant: Lanes, text: string): bigint {
  mixIn(text)
  lanes[LOW]! ^= constant.low
  lanes[HIGH]! ^= constant.high
  return signed[0]!
}

/** One text under two constants, hashed once. */
export function hashUnderBoth(first: Lanes, second: Lanes, text: string): readonly [bigint, bigint] {
  const one = hashUnder(first, text)
  lanes[LOW]! ^= first.low ^ second.low
  lanes[HIGH]! ^= first.high ^ second.high
  return [one, signed[0]!]
}

export const bothLanes = (a: Lanes, b: Lanes): Lanes => ({ low: a.low ^ b.low, high: a.high ^ b.high })

/** Identity of a resource wherever a reference to it is compared: `hash64('Patient/1')`. */
export const selfHash = (type: string, id: string): bigint => hash64(`${type}/${id}`)

/** Signed 32-bit half of the hash, for numbers that must fit PostgreSQL's `integer`. */
export function hash32(text: string): number {
  mixIn(text)
  return lanes[LOW]!
}
