/** @source http://hl7.org/fhir/R4/search.html#elements, http://hl7.org/fhir/R4/search.html#summary */
import { childrenOf, endOf, memberOf, nameOf, nameStartOf, ROOT, sourceOf, startOf } from './member.ts'
import type { JsonDocument } from './parse.ts'

type Places = Pick<JsonDocument, 'text' | 'tape'>

const SUBSETTED = '{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationValue","code":"SUBSETTED"}'
const ALWAYS: readonly string[] = ['resourceType', 'id', 'meta']

/**
 * A stored resource reduced to some of its members, and marked so that nobody takes it for the whole.
 * @param keep asked for each member beyond resourceType, id and meta; `_birthDate` is asked as `birthDate`
 */
export function subsetOf(document: Places, keep: (name: string) => boolean): string {
  const kept = childrenOf(document, ROOT).filter((node) => {
    const name = nameOf(document, node)
    return ALWAYS.includes(name) || keep(name.replace(/^_/, ''))
  })
  const members = kept.map((node) =>
    nameOf(document, node) === 'meta' ? `"meta":${taggedMeta(document, node)}` : memberSource(document, node),
  )
  return `{${members.join(',')}}`
}

const memberSource = (document: Places, node: number): string =>
  document.text.slice(nameStartOf(document, node), endOf(document, node))

function taggedMeta(document: Places, meta: number): string {
  const tag = memberOf(document, meta, 'tag')
  const others = childrenOf(document, meta).filter((node) => node !== tag)
  const tags = tag < 0 ? [] : childrenOf(document, tag).map((node) => sourceOf(document, node))
  const members = [...others.map((node) => memberSource(document, node)), `"tag":[${[...tags, SUBSETTED].join(',')}]`]
  return `{${members.join(',')}}`
}

/** The text with two spaces of indentation a level; numbers and strings keep their spelling. */
export function prettyPrinted(document: Places): string {
  return pretty(document, ROOT, '\n')
}

function pretty(document: Places, node: number, indent: string): string {
  const open = document.text[startOf(document, node)]
  if (open !== '{' && open !== '[') return sourceOf(document, node)
  const inner = `${indent}  `
  const parts = childrenOf(document, node).map((child) => {
    const value = pretty(document, child, inner)
    return open === '{' ? `${inner}"${nameOf(document, child)}": ${value}` : inner + value
  })
  const close = open === '{' ? '}' : ']'
  return parts.length === 0 ? open + close : `${open}${parts.join(',')}${indent}${close}`
}
