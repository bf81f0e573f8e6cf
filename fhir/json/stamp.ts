/**
 * The server owns three members of a resource: id, meta.versionId, meta.lastUpdated. They are written into the text
 * that came; every other byte stays as it was sent (decimals, order of members, white space, narrative).
 * @source http://hl7.org/fhir/R4/http.html#create, http://hl7.org/fhir/R4/http.html#update
 */
import { accept, type Outcome, refuse } from '#fhir/outcome'
import { endOf, firstChildOf, memberOf, nameStartOf, nextOf, startOf } from './member.ts'
import type { JsonDocument } from './parse.ts'
import { jsonRefusal } from './refusals.ts'
import { sameContent } from './same-content.ts'
import { scan } from './scan.ts'
import { type Edit, splice } from './splice.ts'

export interface Stamped {
  /** @param at ISO 8601 UTC with milliseconds @returns the exact text to store */
  readonly stamp: (version: number, at: string) => string
  /** Whether a stored text has the same content; id, versionId, lastUpdated and white space do not count. */
  readonly sameAs: (currentBody: string) => boolean
}

/** Stand for the two values that are known only when the row is written; no checked text contains them. */
const VERSION = '\u0001'
const TIME = '\u0002'

/**
 * Prepares the text of the resource at `node`.
 * @param edits other changes to the text, such as rewritten references
 * @returns FHIR-JSON-10 without a resourceType, FHIR-JSON-11 where id or meta have the wrong shape
 */
export function stamped(
  document: JsonDocument,
  node: number,
  id: string,
  edits: readonly Edit[] = [],
): Outcome<Stamped> {
  const type = memberOf(document, node, 'resourceType')
  if (type < 0 || !startsWith(document, type, '"')) return refuse([jsonRefusal('FHIR-JSON-10')])
  const idNode = memberOf(document, node, 'id')
  const meta = memberOf(document, node, 'meta')
  if ((idNode >= 0 && !startsWith(document, idNode, '"')) || (meta >= 0 && !startsWith(document, meta, '{')))
    return refuse([jsonRefusal('FHIR-JSON-11')])
  const style = styleOf(document, type)
  const own = [...identity(document, type, idNode, meta, id, style), ...(meta < 0 ? [] : inMeta(document, meta, style))]
  return accept(pieces(document, node, [...own, ...edits]))
}

const startsWith = (document: JsonDocument, node: number, char: string): boolean =>
  document.text[startOf(document, node)] === char

/** White space before a name, and what stands between a name and its value, as the sender writes them. */
interface Style {
  readonly gap: string
  readonly colon: string
}

function styleOf(document: JsonDocument, node: number): Style {
  const { text } = document
  const name = nameStartOf(document, node)
  let before = name
  while (/\s/.test(text[before - 1]!)) before--
  return {
    gap: text.slice(before, name),
    colon: text.slice(text.indexOf('"', name + 1) + 1, startOf(document, node)),
  }
}

function identity(
  document: JsonDocument,
  type: number,
  idNode: number,
  meta: number,
  id: string,
  { gap, colon }: Style,
): Edit[] {
  const newMeta =
    meta < 0 ? `,${gap}"meta"${colon}{"versionId"${colon}"${VERSION}","lastUpdated"${colon}"${TIME}"}` : ''
  if (idNode >= 0)
    return [{ start: startOf(document, idNode), end: endOf(document, idNode), text: `"${id}"${newMeta}` }]
  const after = endOf(document, type)
  return [{ start: after, end: after, text: `,${gap}"id"${colon}"${id}"${newMeta}` }]
}

/** Replaces the two members where they stand; what is missing goes to the front of meta. */
function inMeta(document: JsonDocument, meta: number, { colon }: Style): Edit[] {
  const stamps = [
    ['versionId', VERSION],
    ['lastUpdated', TIME],
  ] as const
  const edits: Edit[] = []
  const missing: string[] = []
  for (const [name, value] of stamps) {
    const node = memberOf(document, meta, name)
    if (node < 0) missing.push(`"${name}"${colon}"${value}"`)
    else edits.push({ start: startOf(document, node), end: endOf(document, node), text: `"${value}"` })
  }
  if (missing.length === 0) return edits
  const first = firstChildOf(meta)
  if (first === nextOf(document, meta))
    return [...edits, { start: startOf(document, meta), end: endOf(document, meta), text: `{${missing.join(',')}}` }]
  const { gap } = styleOf(document, first)
  const open = startOf(document, meta) + 1
  return [...edits, { start: open, end: open, text: missing.map((member) => `${gap}${member},`).join('') }]
}

function pieces(document: JsonDocument, node: number, edits: readonly Edit[]): Stamped {
  const whole = splice(document.text, startOf(document, node), endOf(document, node), edits)
  const version = whole.indexOf(VERSION)
  const time = whole.indexOf(TIME)
  const [first, second] = version < time ? [version, time] : [time, version]
  const a = whole.slice(0, first)
  const b = whole.slice(first + 1, second)
  const c = whole.slice(second + 1)
  const stamp =
    version < time ? (n: number, at: string) => a + n + b + at + c : (n: number, at: string) => a + at + b + n + c
  return { stamp, sameAs: (body) => sameText(a, b, c, body) || sameAfterScanning(stamp(0, ''), body) }
}

/** The quick way to equality: the stored text is the same pieces around two values without quotes. */
function sameText(a: string, b: string, c: string, body: string): boolean {
  if (!body.startsWith(a) || !body.endsWith(c)) return false
  const quote = body.indexOf('"', a.length)
  if (!body.startsWith(b, quote)) return false
  return body.indexOf('"', quote + b.length) === body.length - c.length
}

function sameAfterScanning(mine: string, body: string): boolean {
  return sameContent({ text: mine, tape: scan(mine) }, { text: body, tape: scan(body) })
}
