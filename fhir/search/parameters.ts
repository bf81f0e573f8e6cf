/**
 * The search parameters of a type as the index keeps them. Several parameters of the standard say the same thing
 * (`patient` is `subject` where that is a patient, `combo-code` is `code` or `component-code`, `phonetic` is `name`): the
 * values are kept once and the search is translated. All of it is derived from the expressions.
 */
import {
  compartmentParameters,
  searchParametersOf,
  type SearchParameter,
  type SearchParameterType,
} from '#fhir/definitions'
import { pathShape } from '#fhir/fhirpath'
import { hash32, hash64, lanesOf, type Lanes } from './hash.ts'
import { ownParametersOf, type OwnParameter, type Reading } from './own-parameters.ts'

/** One search parameter of one type. */
export interface Parameter {
  /** the resource type it was asked for */
  readonly owner: string
  readonly code: string
  readonly type: SearchParameterType
  readonly expression: string
  readonly definition: SearchParameter
  /** FHIR types its values can have */
  readonly valueTypes: readonly string[]
  readonly single: boolean
  /** the parameters under which its values are kept: itself, unless it repeats others */
  readonly kept: readonly KeptUnder[]
  /** of a parameter of ours: what is indexed of a value instead of the value itself */
  readonly reading?: Reading
}

export interface KeptUnder {
  readonly code: string
  /** only references to this type count */
  readonly target: string | null
}

/** Parameters of every resource type; their terms are the same under all types, so that they can be asked of all. */
const SHARED: ReadonlySet<string> = new Set(['_profile', '_tag', '_security', '_source'])
/** Not in the index as values: columns of the store, or not supported. */
const APART: ReadonlySet<string> = new Set(['_id', '_lastUpdated', '_text', '_content', '_query', '_filter'])
/** A bit each, the shared ones first; the store keeps them in one 64-bit number. */
export const MOST_BITS = 63

const byType = new Map<string, ReadonlyMap<string, Parameter>>()

/** The parameters of a type that can be indexed, by code, in the order of their codes. */
export function parametersOf(type: string): ReadonlyMap<string, Parameter> {
  let known = byType.get(type)
  if (known === undefined) {
    const definitions = searchParametersOf(type)
      .filter(({ code, expression }) => !APART.has(code) && expression !== '')
      .toSorted((a, b) => (a.code < b.code ? -1 : 1))
    const all = [
      ...definitions.map((each) => parameterOf(type, each, definitions)),
      ...ownParametersOf(type).map((each) => ownParameterOf(type, each)),
    ]
    known = new Map(all.map((each) => [each.code, each]))
    byType.set(type, known)
  }
  return known
}

function parameterOf(owner: string, definition: SearchParameter, all: readonly SearchParameter[]): Parameter {
  const shape = pathShape(definition.expression, owner)
  return {
    owner,
    code: definition.code,
    type: definition.type,
    expression: definition.expression,
    definition,
    valueTypes: shape?.types ?? [],
    single: shape?.single ?? false,
    kept: keptUnder(definition, all),
  }
}

const ownParameterOf = (owner: string, { definition, reading }: OwnParameter): Parameter => ({
  ...parameterOf(owner, definition, []),
  valueTypes: ['string'],
  reading,
})

/** Of two parameters with one expression, the value is kept under the plainer name. */
const PLAIN_NAMES = ['subject', 'patient', 'name', 'code']
const plainness = (code: string) => (PLAIN_NAMES.includes(code) ? PLAIN_NAMES.indexOf(code) : PLAIN_NAMES.length)
const plainer = (a: SearchParameter, b: SearchParameter) =>
  plainness(a.code) - plainness(b.code) || a.code.length - b.code.length || (a.code < b.code ? -1 : 1)

const OF_TYPE = /^(.+)\.where\(resolve\(\) is ([A-Z][A-Za-z]+)\)$/
const bare = (expression: string) => expression.replace(/^\((.*)\)$/, '$1').trim()
const alternatives = (expression: string): readonly string[] => expression.split(' | ').map(bare)

function keptUnder(own: SearchParameter, all: readonly SearchParameter[]): readonly KeptUnder[] {
  const itself = [{ code: own.code, target: null }]
  if (own.type === 'composite' || own.type === 'special' || /\band\b|\bor\b/.test(own.expression)) return itself
  const others = all.filter((other) => other.type === own.type && other.code !== own.code)
  const [, path, target] = (own.type === 'reference' && OF_TYPE.exec(own.expression)) || []
  if (path !== undefined && target !== undefined) {
    const whole = others.filter(({ expression }) => bare(expression) === path).toSorted(plainer)[0]
    return whole === undefined ? itself : keptUnder(whole, all).map(({ code }) => ({ code, target }))
  }
  return covering(alternatives(own.expression), own, others)?.map(({ code }) => ({ code, target: null })) ?? itself
}

/** Other parameters whose alternatives together are exactly the wanted ones; undefined where there are none. */
function covering(
  wanted: readonly string[],
  own: SearchParameter,
  others: readonly SearchParameter[],
): readonly SearchParameter[] | undefined {
  const smaller = others
    .filter((other) => {
      const parts = alternatives(other.expression)
      return parts.every((part) => wanted.includes(part)) && (parts.length < wanted.length || plainer(other, own) < 0)
    })
    .toSorted((a, b) => alternatives(b.expression).length - alternatives(a.expression).length || plainer(a, b))
  const chosen: SearchParameter[] = []
  const missing = new Set(wanted)
  for (const other of smaller) {
    const parts = alternatives(other.expression)
    if (!parts.every((part) => missing.has(part))) continue
    chosen.push(other)
    for (const part of parts) missing.delete(part)
  }
  return missing.size === 0 ? chosen : undefined
}

export const parameter = (type: string, code: string): Parameter | undefined => parametersOf(type).get(code)

/** The one parameter that keeps the values of another (`patient` → `subject`); the code itself where there are several. */
function keeperOf(type: string, code: string): string {
  const kept = parameter(type, code)?.kept
  return kept?.length === 1 ? kept[0]!.code : code
}

const named = (type: string, code: string) => {
  const [base, derived] = code.split(':') as [string, string?]
  const keeper = keeperOf(type, base)
  return `${SHARED.has(keeper) ? 'Resource' : type}.${keeper}${derived === undefined ? '' : `:${derived}`}`
}

/** What a parameter is known by in the index. */
interface Names {
  readonly constant: bigint
  readonly lanes: Lanes
  readonly number: number
}

const names = new Map<string, Map<string, Names>>()

function namesOf(type: string, code: string): Names {
  let ofType = names.get(type)
  if (ofType === undefined) {
    ofType = new Map()
    names.set(type, ofType)
  }
  let known = ofType.get(code)
  if (known === undefined) {
    const name = named(type, code)
    const constant = hash64(`parameter ${name}`)
    known = { constant, lanes: lanesOf(constant), number: hash32(`number ${name}`) }
    ofType.set(code, known)
  }
  return known
}

/**
 * What a parameter's terms are XORed with.
 *
 * @param code of the parameter, or a derived name: `identifier:of-type`, `name:exact`, `subject:identifier`
 */
export const parameterConstant = (type: string, code: string): bigint => namesOf(type, code).constant

export const parameterLanes = (type: string, code: string): Lanes => namesOf(type, code).lanes

/** Names a parameter in the tables of strings, ranges and references. @param code also derived: `code:text` */
export const parameterNumber = (type: string, code: string): number => namesOf(type, code).number

/** Parameters of which, together with the patient, one term is kept: the questions of every chart. */
export const COMBINED: ReadonlySet<string> = new Set(['code', 'category'])

/** Under which a type's hot combination is kept: patient + `code`, patient + `category`. */
export const combinedConstant = (type: string, code: string): bigint => hash64(`combined ${type}.${code}`)

/** Under which the further patients are kept in whose compartment a resource lies. */
export const compartmentConstant: bigint = hash64('compartment Patient')

const bits = new Map<string, ReadonlyMap<string, number>>()

/** The bit that says whether a resource has a value for the parameter. @throws where the type has no such parameter */
export function parameterBit(type: string, code: string): number {
  let known = bits.get(type)
  if (known === undefined) {
    const shared = [...SHARED].toSorted()
    const own = [...parametersOf(type).keys()].filter((each) => !SHARED.has(each))
    known = new Map([...shared, ...own].map((each, bit) => [each, bit]))
    bits.set(type, known)
  }
  const bit = known.get(code)
  if (bit === undefined) throw new Error(`${type} has no search parameter ${code}`)
  return bit
}

const promoted = new Map<string, string | null>()

/**
 * The reference that says whose record a resource belongs to, where there is at most one: `subject` of an Observation.
 * `IndexEntries.patient` is what it points to, and nothing else. Null for types with none or with several (Appointment).
 */
export function promotedPatient(type: string): string | null {
  let code = promoted.get(type)
  if (code === undefined) {
    const compartment = compartmentParameters('Patient', type).map((each) => keeperOf(type, each))
    const candidates = [keeperOf(type, 'patient'), 'subject', ...compartment]
    code =
      candidates.find((each) => {
        const found = parameter(type, each)
        return found?.type === 'reference' && found.single && compartment.includes(each) && found.kept[0]?.code === each
      }) ?? null
    promoted.set(type, code)
  }
  return code
}

/** Types that a reference parameter may point to; all are allowed where the standard names none. */
export function targetsOf({ definition, kept }: Parameter): readonly string[] {
  const target = kept[0]?.target
  if (target !== null && target !== undefined) return [target]
  return definition.target.filter((each) => each !== 'Resource')
}
