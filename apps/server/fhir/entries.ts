/** The entries of a batch or transaction as interactions. @source http://hl7.org/fhir/R4/http.html#transaction */
import { childrenOf, memberOf } from '#fhir/json'
import { accept, type Outcome, type Refusal, refuse } from '#fhir/outcome'
import { type EntryShape, entryShape } from './bundle-shape.ts'
import type { Content } from './content.ts'
import type { Body, Exchange, Target } from './exchange.ts'
import { httpRefusal } from './refusals.ts'
import { parseTarget } from './target.ts'

/** One entry, read. */
export interface Entry {
  readonly index: number
  readonly fullUrl: string | null
  readonly method: string
  readonly target: Target
  readonly query: string
  readonly headers: Exchange['headers']
  readonly content: Content | null
}

/** Where an entry stands, as FHIRPath. */
export const placeOf = (index: number): string => `Bundle.entry[${index}]`

/** Refusals about the resource of an entry, with the place of that resource inside the Bundle. */
export const inEntry = (index: number, refusals: readonly Refusal[]): readonly Refusal[] =>
  refusals.map((refusal) => ({ ...refusal, at: `${placeOf(index)}${within(refusal.at)}` }))

const within = (at: string | undefined): string => {
  if (at === undefined) return ''
  const dot = at.indexOf('.')
  return dot < 0 ? '.resource' : `.resource${at.slice(dot)}`
}

/** Members of Bundle.entry.request, and the headers they stand for. */
const CONDITIONS = [
  ['ifMatch', 'if-match'],
  ['ifNoneMatch', 'if-none-match'],
  ['ifModifiedSince', 'if-modified-since'],
  ['ifNoneExist', 'if-none-exist'],
] as const

/**
 * Each entry of a Bundle, or why it cannot be carried out.
 * @param content a Bundle without `bundleRefusals`
 * @param base of the endpoint, for absolute request urls
 */
export function readEntries({ document, node, value }: Content, base: string): readonly Outcome<Entry>[] {
  const entries = (value as { readonly entry?: readonly unknown[] }).entry ?? []
  const list = memberOf(document, node, 'entry')
  const nodes = list < 0 ? [] : childrenOf(document, list)
  return entries.map((entry, index) => {
    const shape = entryShape(entry, placeOf(index))
    if (!shape.ok) return shape
    const resource = memberOf(document, nodes[index]!, 'resource')
    const content = resource < 0 ? null : { document, node: resource, value: shape.value.resource }
    return readEntry(shape.value, index, content, base)
  })
}

function readEntry(
  { fullUrl, request }: EntryShape,
  index: number,
  content: Content | null,
  base: string,
): Outcome<Entry> {
  const { method, url } = request
  if (method === undefined || !METHODS.includes(method))
    return refuse([httpRefusal('FHIR-HTTP-16', 'method', `${placeOf(index)}.request.method`)])
  if (url === undefined) return refuse([httpRefusal('FHIR-HTTP-16', 'url', `${placeOf(index)}.request.url`)])
  const [path = '', ...query] = (url.startsWith(`${base}/`) ? url.slice(base.length + 1) : url).split('?')
  const target = parseTarget(path)
  if (!target.ok) return refuse(target.refusals.map((refusal) => ({ ...refusal, at: `${placeOf(index)}.request.url` })))
  return accept({
    index,
    fullUrl: fullUrl ?? null,
    method,
    target: target.value,
    query: query.join('?'),
    headers: headersOf(request),
    content,
  })
}

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH']

function headersOf(request: EntryShape['request']): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [member, header] of CONDITIONS) {
    const value = request[member]
    if (value !== undefined) headers[header] = value
  }
  return headers
}

/** The body that the entry would have as a request of its own; a patch travels as a Binary. */
export function bodyOf({ method, content }: Pick<Entry, 'method' | 'content'>): Body | null {
  if (method !== 'PATCH' || content === null) return content
  const binary = content.value as { readonly contentType?: unknown; readonly data?: unknown } | null
  if (typeof binary?.data !== 'string' || typeof binary.contentType !== 'string') return null
  return { bytes: Buffer.from(binary.data, 'base64'), contentType: binary.contentType }
}
