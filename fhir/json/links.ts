/**
 * Finds the places of a resource that may point to another entry of its Bundle.
 * @source http://hl7.org/fhir/R4/http.html#trules (elements of type Reference, uri, oid, uuid, and links in narrative)
 */
import { startOf, endOf } from './member.ts'
import type { JsonDocument } from './parse.ts'
import { STRIDE } from './scan.ts'
import type { Edit } from './splice.ts'

/** `kind` reference: Reference.reference; uri: another element that holds a urn:uuid: or urn:oid:; narrative: href or src */
export interface Link {
  readonly kind: 'reference' | 'uri' | 'narrative'
  readonly target: string
  readonly start: number
  readonly end: number
}

/** Identifier.value and ContactPoint.value are strings: a urn there names somebody, it points nowhere. */
const STRING_NAMES: readonly string[] = ['value', 'valueString', 'id', 'display', 'text', 'title', 'description']
const URN = /^urn:(uuid|oid):/
const NARRATIVE_LINK = /(?:href|src)\s*=\s*(?:\\"|')((?:urn:|https?:|[A-Z])[^\\"'<>\s]*)/g

/** Every link of the resource at `node`, contained resources included, in the order of the text. */
export function linksOf(document: JsonDocument, node: number): readonly Link[] {
  const links: Link[] = []
  const { text, tape } = document
  const end = tape[node + 3]!
  let arrayEnd = -1
  let arrayName = -1
  for (let at = node + STRIDE; at < end; at += STRIDE) {
    const start = tape[at + 1]!
    const first = text.charCodeAt(start)
    if (first === 91 && tape[at]! >= 0) {
      arrayName = tape[at]!
      arrayEnd = tape[at + 3]!
    } else if (first === 34) {
      const name = tape[at]! >= 0 ? tape[at]! : at < arrayEnd ? arrayName : -1
      collect(document, at, name, links)
    }
  }
  return links
}

function collect(document: JsonDocument, node: number, name: number, links: Link[]): void {
  const { text } = document
  const start = startOf(document, node)
  const end = endOf(document, node)
  if (text.startsWith('"reference"', name)) {
    links.push({ kind: 'reference', target: decoded(text, start, end), start, end })
  } else if (text.startsWith('urn:', start + 1)) {
    const target = decoded(text, start, end)
    if (URN.test(target) && !STRING_NAMES.some((other) => text.startsWith(`"${other}"`, name)))
      links.push({ kind: 'uri', target, start, end })
  } else if (text.startsWith('"div"', name)) {
    for (const match of text.slice(start, end).matchAll(NARRATIVE_LINK)) {
      const target = match[1]!
      const from = start + match.index + match[0].length - target.length
      links.push({ kind: 'narrative', target, start: from, end: from + target.length })
    }
  }
}

function decoded(text: string, start: number, end: number): string {
  const raw = text.slice(start + 1, end - 1)
  return raw.includes('\\') ? (JSON.parse(text.slice(start, end)) as string) : raw
}

/** @param target a relative reference, in which nothing needs escaping */
export const retarget = (link: Link, target: string): Edit => ({
  start: link.start,
  end: link.end,
  text: link.kind === 'narrative' ? target : JSON.stringify(target),
})
