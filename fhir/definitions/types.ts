import { table, type RawElement, type RawInvariant, type RawType } from './tables.ts'

/** One permitted type of an element. */
export interface TypeReference {
  /** `CodeableConcept`, `string`, `Observation.component`, `Resource`; of a content reference the type it refers to */
  readonly code: string
  /** of Reference and canonical: resource types (`Patient`), or `Resource` for any; absent when nothing is said */
  readonly targets?: readonly string[]
  /** `SimpleQuantity`, `MoneyQuantity` */
  readonly profile?: string
}

export interface ElementDefinition {
  /** the name in FHIRPath: `value`, not `value[x]` nor `valueQuantity` */
  readonly name: string
  readonly choice: boolean
  readonly min: number
  /** Infinity for `*` */
  readonly max: number
  readonly types: readonly TypeReference[]
  /** the JSON properties it may occupy, by type: `{ valueQuantity: {code: 'Quantity'} }`; one entry unless a choice */
  readonly properties: Readonly<Record<string, TypeReference>>
  readonly binding?: { readonly strength: BindingStrength; readonly valueSet: string }
  readonly summary: boolean
  readonly modifier: boolean
}

export type BindingStrength = 'required' | 'extensible' | 'preferred' | 'example'
export type TypeKind = RawType['kind']

export interface TypeDefinition {
  readonly name: string
  /** backbone: an element with children inside another type, named by its path (`Observation.component`) */
  readonly kind: TypeKind
  /** `Observation` → `DomainResource`; null for Element and Resource */
  readonly base: string | null
  readonly abstract: boolean
  /** of primitives: the regular expression of the standard, without anchors */
  readonly pattern?: string
  /** inherited ones first, each in the order of the standard */
  readonly elements: readonly ElementDefinition[]
}

/** A rule written in FHIRPath. `element` is set where it is evaluated on each value of one element of the type. */
export interface Invariant {
  readonly key: string
  readonly severity: 'error' | 'warning'
  readonly expression: string
  readonly human: string
  readonly element?: string
}

const known = new Map<string, TypeDefinition>()

/** The names of the concrete resource types, in alphabetical order. */
export const resourceTypes: readonly string[] = Object.entries(table('types'))
  .filter(([, type]) => type.kind === 'resource' && type.abstract !== true)
  .map(([name]) => name)
  .sort()

const resourceNames: ReadonlySet<string> = new Set(resourceTypes)

/** True for `Patient`, false for `Resource`, `HumanName`, `patient`. */
export const isResourceType = (name: string): boolean => resourceNames.has(name)

/** A resource, data type, primitive or backbone (`Patient`, `HumanName`, `dateTime`, `Patient.contact`). */
export function typeDefinition(name: string): TypeDefinition | undefined {
  const found = known.get(name)
  if (found !== undefined) return found
  const raw = Object.hasOwn(table('types'), name) ? table('types')[name] : undefined
  if (raw === undefined) return undefined
  const inherited = raw.base === null ? [] : elementsOf(raw.base)
  const definition: TypeDefinition = {
    name,
    kind: raw.kind,
    base: raw.base,
    abstract: raw.abstract === true,
    ...(raw.pattern === undefined ? {} : { pattern: raw.pattern }),
    elements: [...inherited, ...raw.elements.map(elementOf)],
  }
  known.set(name, definition)
  return definition
}

/** All elements of a type, inherited ones first; none for an unknown type. */
export const elementsOf = (type: string): readonly ElementDefinition[] => typeDefinition(type)?.elements ?? []

/** One element by its FHIRPath name (`value`) or JSON property (`valueQuantity`). */
export const elementNamed = (type: string, name: string): ElementDefinition | undefined =>
  elementsOf(type).find((element) => element.name === name || Object.hasOwn(element.properties, name))

/** Is `type` the same as `ancestor` or derived from it: `Patient` is a `DomainResource`, `Age` a `Quantity`, `code` a `string`. */
export function isSubtypeOf(type: string, ancestor: string): boolean {
  for (let at: string | null | undefined = type; at !== null && at !== undefined; at = typeDefinition(at)?.base) {
    if (at === ancestor) return true
  }
  return false
}

/** The rules of the type itself; those of its base and of its elements' types are found under those types. */
export function invariantsOf(type: string): readonly Invariant[] {
  const rules = (key: string, element?: string) =>
    (table('invariants')[key] ?? []).map((raw) => invariantOf(raw, element))
  return [
    ...rules(type),
    ...(table('types')[type]?.elements ?? []).flatMap(({ name }) => rules(`${type}#${name}`, name.replace('[x]', ''))),
  ]
}

/**
 * The elements of a type that stay under `_summary=true`, by FHIRPath name: those marked so by the standard, and
 * those that are mandatory at the top of a resource.
 *
 * @source http://hl7.org/fhir/R4/search.html#summary
 */
export const summaryElementsOf = (type: string): ReadonlySet<string> =>
  new Set(elementsOf(type).flatMap((element) => (element.summary || element.min > 0 ? [element.name] : [])))

const invariantOf = ([key, severity, expression, human]: RawInvariant, element?: string): Invariant => ({
  key,
  severity,
  expression,
  human,
  ...(element === undefined ? {} : { element }),
})

const TYPE = /^([^([]+)(?:\(([^)]*)\))?(?:\[([^\]]*)\])?$/

function typeReference(written: string): TypeReference {
  const [, code, targets, profile] = TYPE.exec(written)!
  return {
    code: code!,
    ...(targets === undefined ? {} : { targets: targets.split('|') }),
    ...(profile === undefined ? {} : { profile }),
  }
}

function elementOf(raw: RawElement): ElementDefinition {
  const choice = raw.name.endsWith('[x]')
  const name = choice ? raw.name.slice(0, -3) : raw.name
  const types = raw.types.map(typeReference)
  const binding = raw.binding
  return {
    name,
    choice,
    min: raw.min ?? 0,
    max: raw.max === undefined ? 1 : raw.max === '*' ? Infinity : Number(raw.max),
    types,
    properties: Object.fromEntries(types.map((type) => [choice ? name + capitalised(type.code) : name, type])),
    ...(binding === undefined ? {} : { binding: { strength: binding[0] as BindingStrength, valueSet: binding[1] } }),
    summary: raw.summary === true,
    modifier: raw.modifier === true,
  }
}

const capitalised = (word: string) => word[0]!.toUpperCase() + word.slice(1)
