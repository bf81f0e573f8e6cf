/**
 * The links of a search. Whoever posts a search keeps what is asked for, a name perhaps, out of addresses, because these
 * end up in the logs of proxies and in histories: its links hold the whole search sealed. A search by GET has links that
 * people can read.
 * @source http://hl7.org/fhir/R4/search.html#conformance, http://hl7.org/fhir/R4/http.html#paging
 */
import { accept, type Outcome, refuse } from '#fhir/outcome'
import type { SearchRequest } from '#fhir/search'
import type { SearchPage } from '#foundation/record-store'
import type { BundleLink } from './bundle-text.ts'
import type { Exchange } from './exchange.ts'
import { formatQuery, type Parameters, parseQuery, valueOf } from './query.ts'
import { httpRefusal } from './refusals.ts'

/** A search as it was asked for. */
export interface AskedSearch {
  /** below the endpoint, such as `Patient`; '' at its root */
  readonly path: string
  readonly parameters: Parameters
  /** whether the links must not tell what is asked for */
  readonly discreet: boolean
}

/** The parameter that carries a keyset in our links. */
const CURSOR = '_cursor'
/** The parameter that carries a whole search, sealed. */
const PAGE = '_page'
/** Names of the parameters in a sealed search: the reader of a self link learns which were understood, not their values. */
const USED = '_used'
/** What may stand beside a sealed search. */
const BESIDE: readonly string[] = [PAGE, USED, '_format', '_pretty']
/** Proxies take request lines of 8 KB. */
const MOST_CHARACTERS = 8_000

const purposeOf = (path: string): string => `page of ${path}`

/**
 * What a request for a search asks for, with the content of a sealed one in its place.
 * @returns STORE-3 for a sealed search that is none of ours or of another address, FHIR-HTTP-30 with parameters beside it
 */
export function unsealed({ store, target, method }: Exchange, parameters: Parameters): Outcome<AskedSearch> {
  const path = target.type
  const sealed = valueOf(parameters, PAGE)
  const posted = method === 'POST'
  if (sealed === undefined) {
    const asked = posted ? parameters.filter(([name]) => name !== USED) : parameters
    return accept({ path, parameters: asked, discreet: posted })
  }
  if (!parameters.every(([name]) => BESIDE.includes(name)))
    return refuse([httpRefusal('FHIR-HTTP-30', undefined, PAGE)])
  const text = store.unseal(sealed, purposeOf(path), PAGE)
  if (!text.ok) return text
  const asked = parseQuery(text.value)
  return asked.ok ? accept({ path, parameters: asked.value, discreet: true }) : asked
}

/** @returns FHIR-HTTP-31 where there is a next page, but no link of a length that is taken everywhere */
export function searchLinks(
  { store, base }: Exchange,
  { path, discreet }: AskedSearch,
  { applied, cursor }: SearchRequest,
  { next, previous }: SearchPage,
): Outcome<readonly BundleLink[]> {
  const address = path === '' ? base : `${base}/${path}`
  const asked = applied.filter(([name]) => name !== CURSOR)
  const at = (place: string | null): Parameters => (place === null ? asked : [...asked, [CURSOR, place]])
  const sealed = (parameters: Parameters): Parameters =>
    parameters.length === 0 ? [] : [[PAGE, store.seal(formatQuery(parameters), purposeOf(path))]]
  const to = (place: string): string => withQuery(address, discreet ? sealed(at(place)) : at(place))
  const further = [
    ...(next === null ? [] : [{ relation: 'next', url: to(next) } as const]),
    ...(previous === null ? [] : [{ relation: 'previous', url: to(previous) } as const]),
  ]
  if (!discreet) return accept([{ relation: 'self', url: withQuery(address, at(cursor)) }, ...further])
  if (!further.every(({ url }) => fits(url))) return refuse([httpRefusal('FHIR-HTTP-31')])
  return accept([{ relation: 'self', url: discreetSelf(address, asked, sealed(at(cursor))) }, ...further])
}

/** Where the sealed search is too long, the address that the form may be posted to again. */
function discreetSelf(address: string, asked: Parameters, sealed: Parameters): string {
  const names = [...new Set(asked.map(([name]) => name))].join(',')
  const used: Parameters = names === '' ? [] : [[USED, names]]
  const candidates = [withQuery(address, [...used, ...sealed]), withQuery(`${address}/_search`, used)]
  return candidates.find(fits) ?? `${address}/_search`
}

const fits = (url: string): boolean => url.length <= MOST_CHARACTERS

const withQuery = (address: string, parameters: Parameters): string =>
  parameters.length === 0 ? address : `${address}?${formatQuery(parameters)}`
