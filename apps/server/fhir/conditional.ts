/** @source http://hl7.org/fhir/R4/http.html#cond-update */
import { accept, type Outcome, refuse } from '#fhir/outcome'
import type { SearchRequest } from '#fhir/search'
import type { RecordStore } from '#foundation/record-store'
import { isPresent, type Present } from './identity.ts'
import { formatQuery, type Parameters, parseQuery } from './query.ts'
import { httpRefusal } from './refusals.ts'
import { readSearch, type SearchSetting } from './search-request.ts'

/** A search that decides about a write. */
export interface Condition {
  readonly request: SearchRequest
  /** one spelling for all orders and encodings of the parameters: to lock by, and to tell equal conditions by */
  readonly lock: string
}

/**
 * @param query `identifier=…`, with or without `?` or the type before it
 * @returns strict refusals: a parameter that is not understood must never widen what a write may touch
 */
export async function conditionOf(type: string, query: string, setting: SearchSetting): Promise<Outcome<Condition>> {
  const parameters = parseQuery(withoutType(type, query))
  if (!parameters.ok) return parameters
  const asked = parameters.value.filter(([name]) => !ABOUT_THE_ANSWER.includes(name))
  const search = await readSearch(type, asked, 'strict', setting)
  if (!search.ok) return search
  const request = search.value
  if (request.criteria.length === 0) return refuse([httpRefusal('FHIR-HTTP-23')])
  return accept({ request: { ...request, count: 2, includes: [], sort: [] }, lock: lockName(type, asked) })
}

/** Takes `?` or `Type?` away; a question mark further on belongs to a value, such as a system that is a URL. */
function withoutType(type: string, query: string): string {
  if (query.startsWith('?')) return query.slice(1)
  return query.startsWith(`${type}?`) ? query.slice(type.length + 1) : query
}

const ABOUT_THE_ANSWER: readonly string[] = ['_format', '_pretty', '_summary', '_elements', '_count', '_sort', '_total']

/** A parameter that is said twice asks for nothing more. */
const lockName = (type: string, parameters: Parameters): string =>
  `${type}?${[...new Set(parameters.map((parameter) => formatQuery([parameter])))].toSorted(order).join('&')}`

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export const lockOf = ({ lock }: Condition): string => lock

/** @returns the only match, null where there is none, FHIR-HTTP-11 where there are several */
export async function matchOne(
  within: Pick<RecordStore, 'find'>,
  { request }: Condition,
): Promise<Outcome<Present | null>> {
  const { versions } = await within.find(request)
  if (versions.length > 1) return refuse([httpRefusal('FHIR-HTTP-11')])
  return accept(versions.find(isPresent) ?? null)
}
