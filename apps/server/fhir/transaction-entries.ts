/**
 * What the entries of a transaction ask for, judged before anything is written: all of them or none are carried out,
 * so an address that takes no such request refuses the whole.
 * @source http://hl7.org/fhir/R4/http.html#transaction
 */
import { isResourceType } from '#fhir/definitions'
import type { Refusal } from '#fhir/outcome'
import { MOST_ISSUES } from './bundle-shape.ts'
import { type Entry, placeOf } from './entries.ts'
import type { Exchange, Target } from './exchange.ts'
import { preferences } from './headers.ts'
import type { Offer } from './interaction.ts'
import { reductionOf } from './presentation.ts'
import { parseQuery } from './query.ts'
import { httpRefusal } from './refusals.ts'
import { unsealed } from './search-links.ts'
import { readSearch } from './search-request.ts'
import { isId } from './target.ts'

interface Row {
  readonly methods: readonly string[]
  readonly level: Target['level']
  /** the last fixed part of the address, '' for none */
  readonly names: readonly string[]
}

/** By type: a create, or a condition in the address. Whatever has a version or a name in its address only reads. */
const WRITES: readonly Row[] = [
  { methods: ['POST', 'PUT', 'PATCH', 'DELETE'], level: 'type', names: [''] },
  { methods: ['PUT', 'PATCH', 'DELETE'], level: 'instance', names: [''] },
]

const isIn = (rows: readonly Row[], { method, target }: Entry): boolean =>
  rows.some(
    ({ methods, level, names }) => methods.includes(method) && level === target.level && names.includes(target.name),
  )

/** Whether an entry that may stand in a transaction changes something. */
export const writes = (entry: Entry): boolean => isIn(WRITES, entry)

/** A Bundle inside a Bundle would have its own count of entries, and that many times as large an answer. */
export const isBundle = ({ method, target: { level, name } }: Pick<Entry, 'method' | 'target'>): boolean =>
  method === 'POST' && level === 'system' && name === ''

/** Of the addresses of compartments the table of interactions knows only the form, `Patient/1/Observation`. */
const namesCompartment = ({ level, id, name }: Target): boolean =>
  level !== 'compartment' || (isId(id) && (name === '*' || isResourceType(name)))

/**
 * @param takes whether there is such an interaction
 * @param exchangeOf the exchange that an entry stands for
 * @returns why these entries are no transaction, each with its place in the Bundle; at most 500
 */
export async function entryRefusals(
  entries: readonly Entry[],
  takes: Offer['takes'],
  exchangeOf: (entry: Entry) => Exchange,
): Promise<readonly Refusal[]> {
  const refusals: Refusal[] = [...repeatedFullUrls(entries)]
  for (const entry of entries) {
    if (refusals.length >= MOST_ISSUES) break
    if (writes(entry)) continue
    const at = `${placeOf(entry.index)}.request.url`
    if (!takes(entry) || isBundle(entry) || !namesCompartment(entry.target))
      refusals.push(httpRefusal('FHIR-HTTP-4', entry.method, at))
    else refusals.push(...(await queryRefusals(exchangeOf(entry))).map((refusal) => ({ ...refusal, at })))
  }
  return refusals.slice(0, MOST_ISSUES)
}

/** The fullUrl is how entries refer to each other: two of them would mean either. @source bundle.html bdl-7 */
function repeatedFullUrls(entries: readonly Entry[]): readonly Refusal[] {
  const seen = new Set<string>()
  const repeated = entries.filter(({ fullUrl }) => {
    if (fullUrl === null) return false
    const again = seen.has(fullUrl)
    seen.add(fullUrl)
    return again
  })
  return repeated
    .slice(0, MOST_ISSUES)
    .map(({ index }) => httpRefusal('FHIR-HTTP-27', undefined, `${placeOf(index)}.fullUrl`))
}

/** Reads a search as it will be read when it is made; nothing is searched for. */
async function queryRefusals(exchange: Exchange): Promise<readonly Refusal[]> {
  const { target, query, headers, store } = exchange
  const parameters = parseQuery(query)
  if (!parameters.ok) return parameters.refusals
  const type = searchedType(target)
  if (type === undefined) {
    const reduction = reductionOf(parameters.value)
    return target.name !== '' || reduction.ok ? [] : reduction.refusals
  }
  const asked = target.level === 'compartment' ? null : unsealed(exchange, parameters.value)
  if (asked?.ok === false) return asked.refusals
  const search = await readSearch(
    type,
    asked?.value.parameters ?? parameters.value,
    preferences(headers).handling,
    exchange,
  )
  if (!search.ok) return search.refusals
  const wrong = search.value.cursor === null ? null : store.cursorRefusal(search.value, search.value.cursor)
  return wrong === null ? [] : [wrong]
}

/** The type that is searched, null for all, undefined where the address is no search. */
function searchedType({ level, name, type }: Target): string | null | undefined {
  if (level === 'compartment') return name === '*' ? null : name
  if (level === 'system' || level === 'type') return name === '' || name === '_search' ? type || null : undefined
  return undefined
}
