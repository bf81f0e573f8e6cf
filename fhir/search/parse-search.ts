import { isResourceType } from '#fhir/definitions'
import { accept, refuse, type Outcome, type Refusal } from '#fhir/outcome'
import { asked, type Asked, type SearchContext } from './asked.ts'
import { combined } from './combine.ts'
import { isShared, lowerIdOfTypes, lowerParameter } from './lower-parameter.ts'
import { badType, notOfSeveralTypes, tooMuch } from './refusals.ts'
import { READ_ELSEWHERE, resultParameters, type Shape } from './result-parameters.ts'
import type { Criterion, SearchRequest } from './types.ts'

const MOST_PARAMETERS = 200
const DEFAULT_COUNT = 20
const MOST_PER_PAGE = 1000
/** Refusals that a lenient client is spared: the parameter is left out instead. */
const FORGIVEN: ReadonlySet<string> = new Set(['SEARCH-1', 'SEARCH-14', 'SEARCH-18'])

type Pair = readonly [name: string, value: string]

/**
 * Reads a search: what is asked of the index, in what order and how much of it. Never throws, whatever the text.
 *
 * @param type the resource type; null at system level, where `_type` may name some
 * @param query names and values, percent-decoded, in the order of the request
 * @returns refusals SEARCH-1 … with `at` naming the parameter. With `handling: 'lenient'` unknown and unsupported
 * parameters are no refusals: they are missing from `applied` and listed in `ignored`
 * @source http://hl7.org/fhir/R4/search.html
 */
export async function parseSearch(
  type: string | null,
  query: readonly Pair[],
  context: SearchContext,
): Promise<Outcome<SearchRequest>> {
  if (query.length > MOST_PARAMETERS) return refuse([tooMuch('?')])
  const types = typesOf(type, query)
  if (!types.ok) return types
  const maxCount = context.maxCount ?? MOST_PER_PAGE
  const reading: Reading = {
    types: types.value,
    context,
    maxCount,
    shape: {
      sort: [],
      count: Math.min(context.defaultCount ?? DEFAULT_COUNT, maxCount),
      total: 'none',
      includes: [],
      cursor: null,
      summary: 'false',
      elements: [],
    },
    asked: [],
    applied: [],
    refusals: [],
    ignored: [],
  }
  for (const pair of query) await readPair(reading, pair)
  if (reading.refusals.length > 0) return refuse(reading.refusals)
  return accept(requestOf(reading))
}

interface Reading {
  readonly types: readonly string[]
  readonly context: SearchContext
  readonly maxCount: number
  shape: Shape
  readonly asked: Asked[]
  readonly applied: Pair[]
  readonly refusals: Refusal[]
  readonly ignored: Refusal[]
}

function typesOf(type: string | null, query: readonly Pair[]): Outcome<readonly string[]> {
  if (type !== null) return isResourceType(type) ? accept([type]) : refuse([badType('_type')])
  const named = query.flatMap(([name, value]) => (name === '_type' ? value.split(',').map((each) => each.trim()) : []))
  return named.every(isResourceType) ? accept([...new Set(named)]) : refuse([badType('_type')])
}

async function readPair(reading: Reading, [name, value]: Pair): Promise<void> {
  if (name === '_type') {
    reading.applied.push([name, value])
    return
  }
  const result = Object.hasOwn(resultParameters, baseOf(name)) ? resultParameters[baseOf(name)] : undefined
  if (result === undefined && READ_ELSEWHERE.has(name)) return
  const refusals =
    result === undefined ? await readCriterion(reading, name, value) : readShape(reading, result, name, value)
  if (refusals.length === 0) {
    if (!READ_ELSEWHERE.has(name)) reading.applied.push([name, value])
  } else if (reading.context.handling === 'lenient' && refusals.every(({ rule }) => FORGIVEN.has(rule))) {
    reading.ignored.push(...refusals.map((refusal) => ({ ...refusal, severity: 'warning' as const })))
  } else reading.refusals.push(...refusals)
}

const baseOf = (name: string) => /^(_(?:include|revinclude)):/.exec(name)?.[1] ?? name

type ReadShape = (typeof resultParameters)[string]

function readShape(reading: Reading, read: ReadShape, name: string, value: string): readonly Refusal[] {
  const outcome = read(value, name, reading.shape, reading)
  if (!outcome.ok) return outcome.refusals
  reading.shape = outcome.value
  return []
}

async function readCriterion(reading: Reading, name: string, value: string): Promise<readonly Refusal[]> {
  const outcome = await lowered(reading, name, value)
  if (!outcome.ok) return outcome.refusals
  reading.asked.push(outcome.value)
  return []
}

/** At system level only what every resource has can be asked; of several named types also what each finds by its own terms. */
async function lowered({ types, context }: Reading, name: string, value: string): Promise<Outcome<Asked>> {
  if (types.length === 1) return lowerParameter(types[0]!, name, value, context)
  if (name === '_id') return lowerIdOfTypes(types, value, name)
  if (isShared(name)) return lowerParameter('Patient', name, value, context)
  if (types.length === 0) return refuse([notOfSeveralTypes(name)])
  const each = await Promise.all(types.map((type) => lowerParameter(type, name, value, context)))
  const refused = each.find((outcome) => !outcome.ok)
  if (refused !== undefined) return refused
  const alternatives = each.map((outcome) => (outcome.ok ? outcome.value.criteria : []))
  return alternatives.every((criteria) => criteria.every(tellsType))
    ? asked({ kind: 'any', of: alternatives })
    : refuse([notOfSeveralTypes(name)])
}

/** Terms and numbers of parameters belong to one type, so the criterion holds of resources of that type only. */
const tellsType = (criterion: Criterion): boolean =>
  (criterion.kind === 'terms' && criterion.negated !== true) ||
  criterion.kind === 'string' ||
  criterion.kind === 'range'

function requestOf({ types, shape, asked: all, applied, ignored }: Reading): SearchRequest {
  const counting = shape.summary === 'count' || shape.count === 0
  return {
    types,
    criteria: types.length === 1 ? combined(types[0]!, all) : all.flatMap(({ criteria }) => criteria),
    ...shape,
    count: counting ? 0 : shape.count,
    total: counting ? 'accurate' : shape.total,
    applied,
    ignored,
  }
}
