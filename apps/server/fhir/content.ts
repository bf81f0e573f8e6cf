/** Reads the body of a request. */
import { jsonRefusal, type JsonDocument, parseJson, ROOT } from '#fhir/json'
import { accept, type Outcome, refuse } from '#fhir/outcome'
import type { Exchange } from './exchange.ts'
import { httpRefusal } from './refusals.ts'

export const RESOURCE_TYPES: readonly string[] = ['application/fhir+json', 'application/json', 'text/json']
export const PATCH_TYPES: readonly string[] = ['application/json-patch+json']
export const FORM_TYPES: readonly string[] = ['application/x-www-form-urlencoded']

/** Longest body of one resource; Bundles may be larger (see routes.ts). */
export const MAX_RESOURCE_BYTES = 16 * 1024 * 1024

/** A value inside a document: the document itself, or the resource of a Bundle's entry. */
export interface Content {
  readonly document: JsonDocument
  readonly node: number
  readonly value: unknown
}

/** @param types the media types that are read here @param limit in bytes */
export function readContent(
  { body }: Pick<Exchange, 'body'>,
  types: readonly string[] = RESOURCE_TYPES,
  limit = MAX_RESOURCE_BYTES,
): Outcome<Content> {
  if (body === null) return refuse([httpRefusal('FHIR-HTTP-15')])
  if ('document' in body) return accept(body)
  const wrong = unreadable(body.contentType, types)
  if (wrong) return refuse([httpRefusal('FHIR-HTTP-6', wrong)])
  if (body.bytes.length > limit) return refuse([httpRefusal('FHIR-HTTP-14', `> ${limit} bytes`)])
  if (types === RESOURCE_TYPES && isOtherThanObject(body.bytes)) return refuse([jsonRefusal('FHIR-JSON-10')])
  const parsed = parseJson(body.bytes)
  return parsed.ok ? accept({ document: parsed.value, node: ROOT, value: parsed.value.value }) : parsed
}

/** Begins like an array, a string, a number or a word: it need not be read to its end to know that it is no resource. */
function isOtherThanObject(bytes: Uint8Array): boolean {
  const first = bytes.find((byte) => !SPACES.includes(byte))
  return first !== undefined && OTHER_VALUES.includes(first)
}

const SPACES = Buffer.from(' \t\r\n')
const OTHER_VALUES = Buffer.from('["-0123456789tfn')

/** @returns what is wrong with a Content-Type, '' if nothing */
export function unreadable(contentType: string, types: readonly string[]): string {
  const [type = '', ...parameters] = contentType.toLowerCase().split(';')
  if (!types.includes(type.trim())) return `Content-Type, ${types.join(', ')}`
  const charset = /charset\s*=\s*"?([^";]*)/.exec(parameters.join(';'))?.[1]?.trim()
  return charset === undefined || charset === 'utf-8' || charset === 'utf8' ? '' : 'charset'
}
