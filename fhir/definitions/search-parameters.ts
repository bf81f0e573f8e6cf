import { table, type RawSearchParameter } from './tables.ts'
import { isSubtypeOf, resourceTypes, typeDefinition } from './types.ts'

export type SearchParameterType = RawSearchParameter['type']

/** A search parameter as it applies to one resource type. */
export interface SearchParameter {
  readonly code: string
  readonly url: string
  readonly type: SearchParameterType
  /** FHIRPath, with only those alternatives that concern the resource type; '' for `_text`, `_content`, `_query` */
  readonly expression: string
  /** of references: the resource types that may be referred to; empty when the standard names none */
  readonly target: readonly string[]
  /** of composites: each part with its expression, relative to what `expression` selects */
  readonly components: readonly {
    readonly code: string
    readonly url: string
    readonly type: SearchParameterType
    readonly expression: string
  }[]
  /** as the standard allows them for the parameter's type */
  readonly modifiers: readonly string[]
}

/** @source http://hl7.org/fhir/R4/search.html#modifiers */
const MODIFIERS: Readonly<Record<SearchParameterType, readonly string[]>> = {
  string: ['missing', 'exact', 'contains'],
  token: ['missing', 'text', 'not', 'above', 'below', 'in', 'not-in', 'of-type'],
  reference: ['missing', 'identifier', 'type', 'above', 'below'],
  uri: ['missing', 'above', 'below'],
  date: ['missing'],
  number: ['missing'],
  quantity: ['missing'],
  composite: ['missing'],
  special: ['missing'],
}

const byType = new Map<string, readonly SearchParameter[]>()
let byUrl: ReadonlyMap<string, RawSearchParameter> | undefined

/** Every standard parameter of a resource type, those of all resources (`_id`, `_lastUpdated`, …) first. */
export function searchParametersOf(type: string): readonly SearchParameter[] {
  let parameters = byType.get(type)
  if (parameters === undefined) {
    parameters = concerning(type).map((raw) => applied(raw, type))
    byType.set(type, parameters)
  }
  return parameters
}

export const searchParameter = (type: string, code: string): SearchParameter | undefined =>
  searchParametersOf(type).find((parameter) => parameter.code === code)

/**
 * The parameters by which a resource of `type` belongs to a compartment (`Patient`, `Encounter`, `Practitioner`,
 * `RelatedPerson`, `Device`); none when it never does. The focal resource is in its own compartment besides.
 *
 * @source http://hl7.org/fhir/R4/compartmentdefinition.html
 */
export const compartmentParameters = (compartment: string, type: string): readonly string[] =>
  table('compartments')[compartment]?.[type] ?? []

/** The resource types that can lie in a compartment. */
export const compartmentTypes = (compartment: string): readonly string[] =>
  resourceTypes.filter((type) => compartmentParameters(compartment, type).length > 0)

let numbersByBase: ReadonlyMap<string, readonly number[]> | undefined

/** The parameters whose base is the type or one it derives from, in the order of the standard. */
function concerning(type: string): RawSearchParameter[] {
  numbersByBase ??= indexByBase()
  const numbers = new Set<number>()
  for (let base: string | null | undefined = type; base !== null && base !== undefined;) {
    for (const number of numbersByBase.get(base) ?? []) numbers.add(number)
    base = typeDefinition(base)?.base
  }
  return [...numbers].sort((a, b) => a - b).map((number) => table('search-parameters')[number]!)
}

function indexByBase(): Map<string, number[]> {
  const index = new Map<string, number[]>()
  table('search-parameters').forEach(({ base }, number) => {
    for (const type of base) index.set(type, [...(index.get(type) ?? []), number])
  })
  return index
}

function applied(raw: RawSearchParameter, type: string): SearchParameter {
  byUrl ??= new Map(table('search-parameters').map((each) => [each.url, each]))
  return {
    code: raw.code,
    url: raw.url,
    type: raw.type,
    expression: alternatives(raw.expression ?? '')
      .filter((alternative) => concerns(alternative, type))
      .join(' | '),
    target: raw.target ?? [],
    components: (raw.component ?? []).map(({ definition, expression }) => {
      const part = byUrl!.get(definition)
      if (part === undefined) throw new Error(`search parameter ${raw.url} has an unknown component ${definition}`)
      return { code: part.code, url: definition, type: part.type, expression }
    }),
    modifiers: MODIFIERS[raw.type],
  }
}

/** An alternative begins with the type it is meant for; one that begins with an element name is meant for all. */
function concerns(alternative: string, type: string): boolean {
  const first = /^[\s(]*([A-Za-z]\w*)/.exec(alternative)?.[1]
  return first === undefined || typeDefinition(first) === undefined || isSubtypeOf(type, first)
}

/** The operands of the outermost `|`. */
function alternatives(expression: string): string[] {
  const found: string[] = []
  let depth = 0
  let quoted = false
  let from = 0
  for (let at = 0; at <= expression.length; at++) {
    const char = expression[at]
    if (char === "'") quoted = !quoted
    else if (quoted) continue
    else if (char === '(') depth++
    else if (char === ')') depth--
    else if (char === undefined || (char === '|' && depth === 0)) {
      found.push(expression.slice(from, at).trim())
      from = at + 1
    }
  }
  return found
}
