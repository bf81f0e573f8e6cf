/**
 * What the answer shall look like: order, size, includes.
 *
 * @source http://hl7.org/fhir/R4/search.html#return
 */
import { isResourceType, elementsOf } from '#fhir/definitions'
import { accept, refuse, type Outcome } from '#fhir/outcome'
import { elementPaths } from './element-path.ts'
import { parameter, parameterConstant, parameterNumber, parametersOf, targetsOf, type Parameter } from './parameters.ts'
import { promotedDate } from './promoted-dates.ts'
import { badChoice, badCount, badInclude, badSort, unsupportedModifier } from './refusals.ts'
import type { Include, SearchRequest, SortKey } from './types.ts'

/** The part of a request that these parameters set. */
export type Shape = Pick<SearchRequest, 'sort' | 'count' | 'total' | 'includes' | 'cursor' | 'summary' | 'elements'>

export interface ShapeContext {
  readonly types: readonly string[]
  readonly maxCount: number
}

type Read = (value: string, name: string, shape: Shape, context: ShapeContext) => Outcome<Shape>

const SUMMARIES = ['true', 'text', 'data', 'count', 'false'] as const
const TOTALS = ['none', 'estimate', 'accurate'] as const

/** Those that the HTTP edge reads, or that have no meaning here; they are neither refused nor repeated. */
export const READ_ELSEWHERE: ReadonlySet<string> = new Set(['_format', '_pretty', '_cursor'])

export const resultParameters: Readonly<Record<string, Read>> = {
  _count: (value, name, shape, { maxCount }) => {
    if (!/^\d{1,9}$/.test(value)) return refuse([badCount(name)])
    return accept({ ...shape, count: Math.min(Number(value), maxCount) })
  },
  _total: (value, name, shape) => {
    const total = TOTALS.find((each) => each === value)
    return total === undefined ? refuse([badChoice(name, TOTALS)]) : accept({ ...shape, total })
  },
  _summary: (value, name, shape) => {
    const summary = SUMMARIES.find((each) => each === value)
    return summary === undefined ? refuse([badChoice(name, SUMMARIES)]) : accept({ ...shape, summary })
  },
  _elements: (value, name, shape, { types }) => {
    const elements = value.split(',').map((each) => each.slice(each.indexOf('.') + 1).trim())
    const [type] = types
    const known = type === undefined ? null : new Set(elementsOf(type).map((element) => element.name))
    const written =
      known === null ? elements.filter((each) => /^[A-Za-z]+$/.test(each)) : elements.filter((each) => known.has(each))
    return written.length === elements.length
      ? accept({ ...shape, elements: [...shape.elements, ...written] })
      : refuse([badChoice(name, known === null ? ['id', 'meta'] : [...known])])
  },
  _sort: (value, name, shape, context) => {
    const keys = value.split(',').map((key) => sortKey(key.trim(), context))
    return keys.includes(null)
      ? refuse([badSort(name)])
      : accept({ ...shape, sort: [...shape.sort, ...keys.flatMap((key) => key ?? [])] })
  },
  _cursor: (value, _name, shape) => accept({ ...shape, cursor: value }),
  _include: (value, name, shape, context) => withInclude('include', value, name, shape, context),
  _revinclude: (value, name, shape, context) => withInclude('revinclude', value, name, shape, context),
  _contained: (value, name, shape) => (value === 'false' ? accept(shape) : refuse([badChoice(name, ['false'])])),
}

function sortKey(written: string, { types }: ShapeContext): SortKey | null {
  const descending = written.startsWith('-')
  const code = descending ? written.slice(1) : written
  if (code === '_lastUpdated') return { descending, by: 'updated' }
  if (code === '_id') return { descending, by: 'id' }
  const [type] = types
  const found = types.length === 1 ? parameter(type!, code) : undefined
  if (found === undefined) return null
  const keeper = found.kept.length === 1 ? found.kept[0]!.code : found.code
  const number = parameterNumber(found.owner, keeper)
  if (found.type === 'date' && promotedDate(found.owner) === keeper) return { descending, by: 'date' }
  if (found.type === 'date' || found.type === 'number' || found.type === 'quantity') {
    return { descending, by: 'range', parameter: number }
  }
  if (found.type === 'string') return { descending, by: 'string', parameter: stringToSortBy(found.owner, keeper) }
  const paths = sortPaths(found)
  return paths === null || paths.length === 0 ? null : { descending, by: 'path', paths }
}

/** A name is found from each of its words, but sorted by the whole of it. */
const stringToSortBy = (owner: string, code: string): number =>
  parameterNumber(owner, parameter(owner, code)?.valueTypes.includes('HumanName') ? `${code}:sort` : code)

/** Where in a value the text to sort by is. */
const WITHIN: Readonly<Record<string, readonly string[]>> = {
  CodeableConcept: ['coding', '0', 'code'],
  Coding: ['code'],
  Identifier: ['value'],
  ContactPoint: ['value'],
  Reference: ['reference'],
}

function sortPaths({ owner, expression, type }: Parameter): readonly (readonly string[])[] | null {
  if (type === 'composite' || type === 'special') return null
  const plain = expression.replace(/\.where\(resolve\(\) is \w+\)$/, '')
  return (
    elementPaths(owner, plain)?.map(({ properties, type: value }) => [...properties, ...(WITHIN[value] ?? [])]) ?? null
  )
}

function withInclude(
  direction: Include['direction'],
  value: string,
  name: string,
  shape: Shape,
  context: ShapeContext,
): Outcome<Shape> {
  const [, modifier = '', ...more] = name.split(':')
  if (more.length > 0 || !['', 'iterate', 'recurse'].includes(modifier)) return refuse([unsupportedModifier(name)])
  const includes = value.split(',').map((each) => includesOf(direction, each.trim(), modifier !== '', context))
  return includes.includes(null)
    ? refuse([badInclude(name)])
    : accept({ ...shape, includes: [...shape.includes, ...includes.flatMap((each) => each ?? [])] })
}

function includesOf(
  direction: Include['direction'],
  value: string,
  iterate: boolean,
  { types }: ShapeContext,
): readonly Include[] | null {
  const base = { direction, iterate }
  if (value === '*') {
    return direction === 'include' ? [{ ...base, source: '*', parameter: null, constant: null, target: null }] : null
  }
  const [source = '', code = '', target, ...more] = value.split(':')
  if (!isResourceType(source) || more.length > 0 || (target !== undefined && !isResourceType(target))) return null
  const reference = parameter(source, code)
  const named = target ?? null
  if (code === '*') return references(source).flatMap((each) => includeOf(base, each, named, types))
  return reference?.type === 'reference' ? includeOf(base, reference, named, types) : null
}

const references = (type: string): readonly Parameter[] =>
  [...parametersOf(type).values()].filter((each) => each.type === 'reference' && each.kept[0]?.code === each.code)

function includeOf(
  base: Pick<Include, 'direction' | 'iterate'>,
  reference: Parameter,
  target: string | null,
  types: readonly string[],
): readonly Include[] {
  const { owner, code, kept } = reference
  const allowed = targetsOf(reference)
  const only = kept[0]?.target ?? null
  if (only !== null && target !== null && only !== target) return []
  // What refers to the matches can only be included where it may refer to their type.
  const reaches =
    base.direction === 'include' ||
    base.iterate ||
    allowed.length === 0 ||
    types.length === 0 ||
    types.some((type) => allowed.includes(type))
  if (!reaches) return []
  return [
    {
      ...base,
      source: owner,
      parameter: parameterNumber(owner, code),
      constant: parameterConstant(owner, code),
      target: target ?? only,
    },
  ]
}
