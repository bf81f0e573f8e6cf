/** @source http://hl7.org/fhir/R4/http.html#search, http://hl7.org/fhir/R4/search.html */
import { resourceTypes } from '#fhir/definitions'
import { type Outcome, refuse, type Refusal, toOperationOutcome } from '#fhir/outcome'
import { type SearchRequest, selfHash } from '#fhir/search'
import type { SearchPage, StoredVersion } from '#foundation/record-store'
import { refused } from './answers.ts'
import { bundleText } from './bundle-text.ts'
import { FORM_TYPES, unreadable } from './content.ts'
import type { Answer, Exchange } from './exchange.ts'
import { preferences } from './headers.ts'
import { listed, type Pieces } from './pieces.ts'
import { reduced, reduces } from './presentation.ts'
import { type Parameters, parseQuery } from './query.ts'
import { httpRefusal } from './refusals.ts'
import { type AskedSearch, searchLinks, unsealed } from './search-links.ts'
import { readSearch } from './search-request.ts'
import { isId } from './target.ts'

/** Search of one type, or of all where the address names none; by GET or by POST to `_search`. */
export async function search(exchange: Exchange): Promise<Answer> {
  const { type } = exchange.target
  const asked = askedOf(exchange)
  if (!asked.ok) return refused(asked.refusals)
  return answerSearch(exchange, type === '' ? null : type, asked.value, [])
}

/** `Patient/1/Observation`: search among what belongs to one patient. */
export async function searchCompartment(exchange: Exchange): Promise<Answer> {
  const { type, id, name } = exchange.target
  const all = name === '*'
  if (type !== 'Patient' || !isId(id) || (!all && !resourceTypes.includes(name)))
    return refused([httpRefusal('FHIR-HTTP-21')])
  const parameters = parseQuery(exchange.query)
  if (!parameters.ok) return refused(parameters.refusals)
  const compartment = { kind: 'compartment', patients: [selfHash('Patient', id)] } as const
  const asked = { path: `Patient/${id}/${name}`, parameters: parameters.value, discreet: false }
  return answerSearch(exchange, all ? null : name, asked, [compartment])
}

function askedOf(exchange: Exchange): Outcome<AskedSearch> {
  const parameters = parametersOf(exchange)
  return parameters.ok ? unsealed(exchange, parameters.value) : parameters
}

function parametersOf({ query, method, body }: Exchange): Outcome<Parameters> {
  if (method !== 'POST' || body === null || 'document' in body) return parseQuery(query)
  const wrong = unreadable(body.contentType, FORM_TYPES)
  if (wrong) return refuse([httpRefusal('FHIR-HTTP-6', wrong)])
  const form = Buffer.from(body.bytes).toString('utf8')
  return parseQuery(query === '' ? form : `${query}&${form}`)
}

async function answerSearch(
  exchange: Exchange,
  type: string | null,
  asked: AskedSearch,
  criteria: SearchRequest['criteria'],
): Promise<Answer> {
  const { store, headers } = exchange
  const parsed = await readSearch(type, asked.parameters, preferences(headers).handling, exchange)
  if (!parsed.ok) return refused(parsed.refusals)
  const request = { ...parsed.value, criteria: [...criteria, ...parsed.value.criteria] }
  const badCursor = request.cursor === null ? null : store.cursorRefusal(request, request.cursor)
  if (badCursor !== null) return refused([badCursor])
  const page = counts(request) ? await countOnly(exchange, request) : await pageOf(exchange, request)
  const links = searchLinks(exchange, asked, request, page)
  if (!links.ok) return refused(links.refusals)
  const warnings = [...(parsed.value.ignored ?? []), ...(page.warnings ?? [])]
  const entries = listed([page.entries, warningEntry(warnings)].filter(({ length }) => length > 0))
  return { status: 200, body: bundleText({ type: 'searchset', total: page.total, links: links.value, entries }) }
}

/** `_summary=count` and `_count=0` ask how many there are, not which. */
const counts = ({ summary, count }: SearchRequest): boolean => summary === 'count' || count === 0

async function countOnly({ store }: Exchange, request: SearchRequest): Promise<SearchPage> {
  return { entries: [], matches: 0, delivered: [], total: await store.count(request), next: null, previous: null }
}

async function pageOf({ store, base }: Exchange, request: SearchRequest): Promise<SearchPage> {
  if (!reduces(request)) return store.search(request, base)
  const found = await store.find(request)
  const entry =
    (mode: string) =>
    (version: StoredVersion): Pieces => {
      const resource = reduced(version.body!, version.type, request)
      return [`{"fullUrl":"${base}/${version.type}/${version.id}","resource":${resource},"search":{"mode":"${mode}"}}`]
    }
  return {
    entries: listed([...found.versions.map(entry('match')), ...found.includes.map(entry('include'))]),
    matches: found.versions.length,
    delivered: [...found.versions, ...found.includes],
    total: found.total,
    next: found.next,
    previous: found.previous,
  }
}

/** @source http://hl7.org/fhir/R4/search.html#errors (an OperationOutcome with search.mode outcome) */
function warningEntry(warnings: readonly Refusal[]): Pieces {
  if (warnings.length === 0) return []
  return [`{"resource":${JSON.stringify(toOperationOutcome(warnings))},"search":{"mode":"outcome"}}`]
}
