/** @source RFC 8259; http://hl7.org/fhir/R4/json.html */
import { isUtf8 } from 'node:buffer'
import { accept, type Outcome, refuse } from '#fhir/outcome'
import { placeOf } from './place.ts'
import { jsonRefusal } from './refusals.ts'
import { scan, ScanError } from './scan.ts'

/** A text that was checked, its value, and where each part of it stands (`tape`: see scan.ts, walked with member.ts). */
export interface JsonDocument {
  readonly text: string
  readonly value: unknown
  readonly tape: Int32Array
}

/** Reads UTF-8 bytes, strictly: no byte order mark, no duplicate names, no lone surrogates, at most 64 levels. */
export function parseJson(bytes: Uint8Array): Outcome<JsonDocument> {
  if (!isUtf8(bytes)) return refuse([jsonRefusal('FHIR-JSON-1')])
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return refuse([jsonRefusal('FHIR-JSON-2')])
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return parseJsonText(buffer.toString('utf8'))
}

/** The same for a text that is already decoded, such as the result of a patch. */
export function parseJsonText(text: string): Outcome<JsonDocument> {
  try {
    const tape = scan(text)
    return accept({ text, value: JSON.parse(text) as unknown, tape })
  } catch (error) {
    if (!(error instanceof ScanError)) throw error
    return refuse([jsonRefusal(error.rule, placeOf(text, error.offset))])
  }
}
