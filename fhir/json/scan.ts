/**
 * Checks a text against RFC 8259 and writes down where every value stands. Values themselves are made by the engine's
 * own `JSON.parse` afterwards: what it cannot tell (duplicate names, places, lone surrogates) is found here.
 *
 * The tape has four numbers a value, in document order: offset of the member's name (its opening quote; -1 for items
 * and for the root), start, end (exclusive), and the tape index after the value's last descendant.
 *
 * Scanning is synchronous and never calls out, so its state may live in the module; this keeps the inner loops free of
 * property loads.
 */
import type { JsonRule } from './refusals.ts'

/** Numbers on the tape for each value. */
export const STRIDE = 4
export const MAX_DEPTH = 64

/** Most values of one document: each becomes some 50 bytes of memory, and `{},` is only three of text. */
export const MAX_VALUES = 5_000_000

/** Objects with more members than this get a set of names, so that checking stays linear. */
const WIDE = 24
const FIRST_TAPE = 1 << 14
const QUOTE = 34
const BACKSLASH = 92

/** Thrown inside this folder only; `parseJson` turns it into a refusal. */
export class ScanError extends Error {
  readonly rule: JsonRule
  readonly offset: number

  constructor(rule: JsonRule, offset: number) {
    super(rule)
    this.rule = rule
    this.offset = offset
  }
}

let text = ''
let tape = new Int32Array(FIRST_TAPE)
let used = 0
let keyHashes = new Int32Array(1024)
let keyStarts = new Int32Array(1024)
let keys = 0
let keyHash = 0

/** @returns the tape of `source`, an array of its own. @throws ScanError */
export function scan(source: string): Int32Array {
  text = source
  used = 0
  keys = 0
  try {
    const end = skipSpace(scanValue(skipSpace(0), -1, 1))
    if (end < source.length) fail('FHIR-JSON-3', end)
    return tape.slice(0, used)
  } finally {
    text = ''
    // one huge Bundle must not keep its tape for ever
    if (tape.length > 64 * FIRST_TAPE) tape = new Int32Array(FIRST_TAPE)
  }
}

function fail(rule: JsonRule, offset: number): never {
  throw new ScanError(rule, Math.min(offset, text.length))
}

function skipSpace(at: number): number {
  let i = at
  for (;;) {
    const c = text.charCodeAt(i)
    if (c === 32 || c === 10 || c === 13 || c === 9) i++
    else return i
  }
}

function scanValue(at: number, key: number, depth: number): number {
  const node = used
  used = node + STRIDE
  if (used > tape.length) growTape(at)
  const c = text.charCodeAt(at)
  const end =
    c === QUOTE
      ? scanString(at)
      : c === 123
        ? scanObject(at, depth)
        : c === 91
          ? scanArray(at, depth)
          : c === 45 || (c >= 48 && c <= 57)
            ? scanNumber(at)
            : scanWord(at)
  tape[node] = key
  tape[node + 1] = at
  tape[node + 2] = end
  tape[node + 3] = used
  return end
}

function growTape(at: number): void {
  if (tape.length >= MAX_VALUES * STRIDE) fail('FHIR-JSON-13', at)
  const larger = new Int32Array(Math.min(tape.length * 2, MAX_VALUES * STRIDE))
  larger.set(tape)
  tape = larger
}

function scanWord(at: number): number {
  for (const word of ['true', 'false', 'null']) if (text.startsWith(word, at)) return at + word.length
  return fail('FHIR-JSON-3', at)
}

function scanArray(at: number, depth: number): number {
  if (depth > MAX_DEPTH) fail('FHIR-JSON-5', at)
  let i = skipSpace(at + 1)
  if (text.charCodeAt(i) === 93) return i + 1
  for (;;) {
    i = skipSpace(scanValue(i, -1, depth + 1))
    const c = text.charCodeAt(i)
    if (c === 93) return i + 1
    if (c !== 44) fail('FHIR-JSON-3', i)
    i = skipSpace(i + 1)
  }
}

function scanObject(at: number, depth: number): number {
  if (depth > MAX_DEPTH) fail('FHIR-JSON-5', at)
  let i = skipSpace(at + 1)
  if (text.charCodeAt(i) === 125) return i + 1
  const first = keys
  let wide: Set<string> | null = null
  for (;;) {
    const key = i
    i = scanKey(key)
    wide = noteKey(key, first, wide)
    i = skipSpace(i)
    if (text.charCodeAt(i) !== 58) fail('FHIR-JSON-3', i)
    i = skipSpace(scanValue(skipSpace(i + 1), key, depth + 1))
    const c = text.charCodeAt(i)
    if (c === 125) {
      keys = first
      return i + 1
    }
    if (c !== 44) fail('FHIR-JSON-3', i)
    i = skipSpace(i + 1)
  }
}

/** @returns the offset after the closing quote; leaves the hash of the name in `keyHash` */
function scanKey(at: number): number {
  if (text.charCodeAt(at) !== QUOTE) fail('FHIR-JSON-3', at)
  const source = text
  let hash = 0
  for (let i = at + 1; ; i++) {
    const c = source.charCodeAt(i)
    if (c === QUOTE) {
      keyHash = hash
      return i + 1
    }
    if (c === BACKSLASH) fail('FHIR-JSON-12', at)
    if (!(c >= 32)) fail('FHIR-JSON-3', i)
    hash = (Math.imul(hash, 31) + c) | 0
  }
}

/** The name whose opening quote is at `start`; already known to have no escapes. */
const keyText = (start: number): string => text.slice(start + 1, text.indexOf('"', start + 1))

const PROTO_HASH = [...'__proto__'].reduce((hash, c) => (Math.imul(hash, 31) + c.charCodeAt(0)) | 0, 0)

/** Refuses a name that its object already has. @returns the set of names once the object is wide */
function noteKey(start: number, first: number, wide: Set<string> | null): Set<string> | null {
  if (keyHash === PROTO_HASH && keyText(start) === '__proto__') fail('FHIR-JSON-9', start)
  if (wide !== null) {
    const name = keyText(start)
    if (wide.has(name)) fail('FHIR-JSON-4', start)
    return wide.add(name)
  }
  for (let i = first; i < keys; i++) {
    if (keyHashes[i] === keyHash && keyText(keyStarts[i]!) === keyText(start)) fail('FHIR-JSON-4', start)
  }
  if (keys === keyHashes.length) growKeys()
  keyHashes[keys] = keyHash
  keyStarts[keys++] = start
  return keys - first < WIDE ? null : namesFrom(first)
}

function growKeys(): void {
  const hashes = new Int32Array(keyHashes.length * 2)
  const starts = new Int32Array(keyHashes.length * 2)
  hashes.set(keyHashes)
  starts.set(keyStarts)
  keyHashes = hashes
  keyStarts = starts
}

function namesFrom(first: number): Set<string> {
  const names = new Set<string>()
  for (let i = first; i < keys; i++) names.add(keyText(keyStarts[i]!))
  return names
}

/** @param at the opening quote @returns the offset after the closing one */
function scanString(at: number): number {
  const source = text
  let i = at + 1
  for (;;) {
    const c = source.charCodeAt(i)
    if (c === QUOTE) return i + 1
    if (c === BACKSLASH) i = scanEscape(i)
    else if (c >= 32) i++
    else fail('FHIR-JSON-3', i)
  }
}

function scanEscape(at: number): number {
  switch (text.charCodeAt(at + 1)) {
    case 34: // "
    case 47: // /
    case 92: // \
    case 110: // n
    case 114: // r
    case 116: // t
      return at + 2
    case 98: // b
    case 102: // f
      return fail('FHIR-JSON-7', at)
    case 117: // u
      return scanUnicode(at)
    default:
      return fail('FHIR-JSON-3', at)
  }
}

function scanUnicode(at: number): number {
  const unit = hex4(at + 2)
  if (unit < 32 && unit !== 9 && unit !== 10 && unit !== 13) fail('FHIR-JSON-7', at)
  if (unit < 0xd800 || unit > 0xdfff) return at + 6
  if (unit > 0xdbff) fail('FHIR-JSON-6', at)
  if (text.charCodeAt(at + 6) !== BACKSLASH || text.charCodeAt(at + 7) !== 117) fail('FHIR-JSON-6', at)
  const low = hex4(at + 8)
  if (low < 0xdc00 || low > 0xdfff) fail('FHIR-JSON-6', at)
  return at + 12
}

function hex4(at: number): number {
  let unit = 0
  for (let i = at; i < at + 4; i++) {
    const c = text.charCodeAt(i)
    const digit = c >= 48 && c <= 57 ? c - 48 : (c >= 97 && c <= 102) || (c >= 65 && c <= 70) ? (c | 32) - 87 : -1
    if (digit < 0) fail('FHIR-JSON-3', i)
    unit = unit * 16 + digit
  }
  return unit
}

function scanDigits(at: number): number {
  let i = at
  for (let c = text.charCodeAt(i); c >= 48 && c <= 57; c = text.charCodeAt(i)) i++
  return i > at ? i : fail('FHIR-JSON-3', at)
}

function scanNumber(at: number): number {
  let i = text.charCodeAt(at) === 45 ? at + 1 : at
  i = text.charCodeAt(i) === 48 ? i + 1 : scanDigits(i)
  let large = i - at > 300
  if (text.charCodeAt(i) === 46) i = scanDigits(i + 1)
  if ((text.charCodeAt(i) | 32) === 101) {
    const sign = text.charCodeAt(i + 1)
    i = scanDigits(sign === 43 || sign === 45 ? i + 2 : i + 1)
    large = true
  }
  if (large && !Number.isFinite(Number(text.slice(at, i)))) fail('FHIR-JSON-8', at)
  return i
}
