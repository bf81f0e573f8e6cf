/**
 * How values look while an expression runs. An expression whose type is known when it is compiled yields the JSON
 * values themselves; one whose type is only known per value (choices, contained resources) yields `TypedValue`s.
 */
import { elementsOf, isResourceType, isSubtypeOf, typeDefinition, type TypeReference } from '#fhir/definitions'

export interface TypedValue {
  /** `CodeableConcept`, `dateTime`, `Patient.contact`; `System.Boolean` for what an expression computed */
  readonly type: string
  /** the JSON value; undefined where a primitive has only extensions */
  readonly value: unknown
}

/** A primitive that carries an id or extensions in its `_name` sibling; `value` is undefined where it has only those. */
export class Primitive {
  readonly value: unknown
  readonly element: unknown
  constructor(value: unknown, element: unknown) {
    this.value = value
    this.element = element
  }
}

export const bare = (value: unknown): unknown => (value instanceof Primitive ? value.value : value)

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const primitives = new Map<string, boolean>()

export function isPrimitive(type: string): boolean {
  let known = primitives.get(type)
  if (known === undefined) {
    known = type.startsWith('System.') ? type !== 'System.Quantity' : typeDefinition(type)?.kind === 'primitive'
    primitives.set(type, known)
  }
  return known
}

/** One JSON property an element may occupy. */
export interface Variant {
  readonly property: string
  /** `_property` of primitives, where their ids and extensions are */
  readonly sibling: string | null
  readonly type: string
}

export interface Child {
  readonly many: boolean
  readonly variants: readonly Variant[]
}

interface Children {
  readonly byName: ReadonlyMap<string, Child>
  readonly byProperty: ReadonlyMap<string, Variant>
}

const children = new Map<string, Children>()

function childrenOf(type: string): Children {
  let known = children.get(type)
  if (known === undefined) {
    const byName = new Map<string, Child>()
    const byProperty = new Map<string, Variant>()
    for (const element of elementsOf(type)) {
      const variants = Object.entries(element.properties).map(([property, reference]) => variantOf(property, reference))
      byName.set(element.name, { many: element.max > 1, variants })
      for (const variant of variants) byProperty.set(variant.property, variant)
    }
    known = { byName, byProperty }
    children.set(type, known)
  }
  return known
}

function variantOf(property: string, { code }: TypeReference): Variant {
  return { property, sibling: isPrimitive(code) ? `_${property}` : null, type: code }
}

/** An element by its FHIRPath name; undefined where the type has none. */
export const childOf = (type: string, name: string): Child | undefined => childrenOf(type).byName.get(name)

/** `Resource` and `DomainResource` say nothing about a value; its `resourceType` does. */
export const isAbstractType = (type: string): boolean => type === 'Resource' || type === 'DomainResource'

export function runtimeType(type: string, value: unknown): string {
  if (!isAbstractType(type) || !isObject(value)) return type
  const named = value['resourceType']
  return typeof named === 'string' && isResourceType(named) ? named : type
}

export const typed = (type: string, value: unknown): TypedValue => ({ type: runtimeType(type, value), value })

/** Reads one property, with its sibling; undefined where there is neither. A list stands for its first entry. */
export function readOne(holder: Record<string, unknown>, { property, sibling }: Variant): unknown {
  const value = holder[property]
  const single = Array.isArray(value) ? value[0] : value
  if (sibling !== null) {
    const element = holder[sibling]
    if (element !== undefined && element !== null) {
      return new Primitive(single ?? undefined, Array.isArray(element) ? element[0] : element)
    }
  }
  return single ?? undefined
}

/** Appends the values of one property. */
export function readInto(holder: Record<string, unknown>, { property, sibling }: Variant, out: unknown[]): void {
  const value = holder[property]
  const elements = sibling === null ? undefined : holder[sibling]
  if (elements !== undefined && elements !== null) return readBoth(value, elements, out)
  if (value === undefined || value === null) return
  if (!Array.isArray(value)) out.push(value)
  else for (const each of value) if (each !== null && each !== undefined) out.push(each)
}

function readBoth(value: unknown, elements: unknown, out: unknown[]): void {
  const values: unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value]
  const siblings: unknown[] = Array.isArray(elements) ? elements : [elements]
  for (let i = 0; i < Math.max(values.length, siblings.length); i++) {
    const one = values[i] ?? undefined
    const element = siblings[i] ?? undefined
    if (element !== undefined) out.push(new Primitive(one, element))
    else if (one !== undefined) out.push(one)
  }
}

/** Is there anything under the property? */
export function readSome(holder: Record<string, unknown>, { property, sibling }: Variant): boolean {
  const value = holder[property]
  if (value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)) return true
  return sibling !== null && isObject(holder[sibling])
}

/** Appends the children of a value by name, typed. */
export function namedChildrenInto({ type, value }: TypedValue, name: string, out: TypedValue[]): void {
  const holder = holderOf(value)
  if (holder === null) return
  const child = childOf(holder === value ? runtimeType(type, value) : 'Element', name)
  if (child === undefined) return
  for (const variant of child.variants) typedInto(holder, variant, out)
}

/** Appends every child of a value, typed, in the order of the JSON. */
export function allChildrenInto({ type, value }: TypedValue, out: TypedValue[]): void {
  const holder = holderOf(value)
  if (holder === null) return
  const { byProperty } = childrenOf(holder === value ? runtimeType(type, value) : 'Element')
  for (const key of Object.keys(holder)) {
    const sibling = key.startsWith('_')
    if (sibling && holder[key.slice(1)] !== undefined) continue
    const variant = byProperty.get(sibling ? key.slice(1) : key)
    if (variant !== undefined) typedInto(holder, variant, out)
  }
}

function holderOf(value: unknown): Record<string, unknown> | null {
  if (value instanceof Primitive) return isObject(value.element) ? value.element : null
  return isObject(value) ? value : null
}

function typedInto(holder: Record<string, unknown>, variant: Variant, out: TypedValue[]): void {
  const found: unknown[] = []
  readInto(holder, variant, found)
  for (const value of found) out.push(typed(variant.type, value))
}

const SYSTEM = new Set(['Boolean', 'String', 'Integer', 'Decimal', 'Date', 'DateTime', 'Time', 'Quantity', 'Any'])

/** Of primitives `as()` and `ofType()` take the very type, not those derived from it: `gender.as(string)` is empty. */
export function castTest(written: string): TypeTest | undefined {
  const test = typeTest(written)
  const name = written.startsWith('FHIR.') ? written.slice(5) : written
  return test !== undefined && isPrimitive(name) ? (type) => type === name : test
}

/** A type named after `is`, `as` or in `ofType()`, as a question to ask of a value's type. */
export type TypeTest = (type: string) => boolean

/**
 * Is a value's type the named one or derived from it? `Boolean` without a namespace means FHIR's boolean, too, as the
 * invariants of R4 use it.
 *
 * @param written `Patient`, `FHIR.string`, `System.String`, `DateTime`
 * @returns undefined where no such type exists
 */
export function typeTest(written: string): TypeTest | undefined {
  const name = written.startsWith('FHIR.') ? written.slice(5) : written
  const system = name.startsWith('System.') ? name.slice(7) : name
  const isSystem = written === name && SYSTEM.has(system)
  const isFhir = system === name && typeDefinition(name) !== undefined
  if (!isSystem && !isFhir) return undefined
  const alike = isSystem && !isFhir && system === name ? name[0]!.toLowerCase() + name.slice(1) : name
  const answers = new Map<string, boolean>()
  return (type) => {
    let answer = answers.get(type)
    if (answer === undefined) {
      answer = (isSystem && type === `System.${system}`) || isSubtypeOf(type, alike)
      answers.set(type, answer)
    }
    return answer
  }
}
