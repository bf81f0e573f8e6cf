/** @source http://hl7.org/fhir/R4/operation-patient-everything.html, http://hl7.org/fhir/R4/operation-encounter-everything.html */
import { isResourceType } from '#fhir/definitions'
import { accept, type Outcome, refuse } from '#fhir/outcome'
import type { SearchPage } from '#foundation/record-store'
import { refused, versionAnswer } from './answers.ts'
import { bundleText } from './bundle-text.ts'
import type { Answer, Exchange } from './exchange.ts'
import { isPresent, readIdentity } from './identity.ts'
import { momentsOf } from './moments.ts'
import { countOf } from './paging.ts'
import { operationInput } from './operation-input.ts'
import { formatQuery, type Parameters, valueOf } from './query.ts'
import { httpRefusal } from './refusals.ts'

/** The patient or encounter and all that belongs to it. Without `_count` it is one page. */
export async function everything(exchange: Exchange): Promise<Answer> {
  const { store, base, target } = exchange
  const type = target.type === 'Encounter' ? 'Encounter' : 'Patient'
  return compartmentPage(exchange, 'everything', (options) =>
    store.everything({ type, id: target.id }, { ...options, base }),
  )
}

/** Our own operation: what happened to a patient, newest first, as the chart shows it. */
export async function timeline(exchange: Exchange): Promise<Answer> {
  const { store, base, target } = exchange
  return compartmentPage(exchange, 'timeline', ({ types, count, cursor }) =>
    store.timeline(target.id, {
      base,
      count: count ?? TIMELINE_COUNT,
      ...(types && { types }),
      ...(cursor && { cursor }),
    }),
  )
}

const TIMELINE_COUNT = 100

interface Options {
  readonly count: number | null
  readonly types?: readonly string[]
  readonly since?: string
  readonly start?: number
  readonly end?: number
  readonly cursor?: string
}

async function compartmentPage(
  exchange: Exchange,
  operation: 'everything' | 'timeline',
  pageOf: (options: Options) => Promise<SearchPage>,
): Promise<Answer> {
  const { store, base, target } = exchange
  const parameters = operationInput(exchange)
  if (!parameters.ok) return refused(parameters.refusals)
  const options = optionsOf(parameters.value)
  if (!options.ok) return refused(options.refusals)
  const { cursor } = options.value
  const badCursor = cursor === undefined ? null : store.cursorRefusal({ operation }, cursor)
  if (badCursor !== null) return refused([badCursor])
  const focus = await readIdentity(store, target)
  if (!isPresent(focus)) return versionAnswer(focus)
  const page =
    options.value.count === 0
      ? { ...(await pageOf({ ...options.value, count: 1 })), entries: [], next: null }
      : await pageOf(options.value)
  const address = `${base}/${target.type}/${target.id}/$${operation}`
  const asked = parameters.value.filter(([name]) => KNOWN.includes(name))
  const link = (relation: 'self' | 'next', more: Parameters) => ({
    relation,
    url: [address, formatQuery([...asked, ...more])].filter(Boolean).join('?'),
  })
  const links = [
    link('self', cursor === undefined ? [] : [['_cursor', cursor]]),
    ...(page.next === null ? [] : [link('next', [['_cursor', page.next]])]),
  ]
  return { status: 200, body: bundleText({ type: 'searchset', total: page.total, links, entries: page.entries }) }
}

const KNOWN: readonly string[] = ['_count', '_type', '_since', 'start', 'end']

function optionsOf(parameters: Parameters): Outcome<Options> {
  const count = countOf(parameters)
  if (!count.ok) return count
  const moments: Record<string, { low: number; high: number }> = {}
  for (const name of ['_since', 'start', 'end']) {
    const text = valueOf(parameters, name)
    const read = text === undefined ? undefined : momentsOf(name, text)
    if (read?.ok === false) return read
    if (read !== undefined) moments[name] = read.value
  }
  const types = valueOf(parameters, '_type')?.split(',')
  if (types?.some((type) => !isResourceType(type))) return refuse([httpRefusal('FHIR-HTTP-13', '_type')])
  const cursor = valueOf(parameters, '_cursor')
  const { _since, start, end } = moments
  return accept({
    count: count.value,
    ...(types && { types }),
    ...(_since && { since: new Date(_since.low).toISOString() }),
    ...(start && { start: start.low }),
    ...(end && { end: end.high }),
    ...(cursor !== undefined && { cursor }),
  })
}
