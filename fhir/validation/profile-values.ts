/** The values that a resource has for an element of a profile, and whether they are what the profile fixes. */
import { elementNamed, isResourceType, isSubtypeOf, type ElementDefinition } from '#fhir/definitions'
import { choiceOf } from './json-view.ts'
import type { ProfileNode } from './profile-tree.ts'
import { isObject, type JsonObject } from './run.ts'

export interface Item {
  readonly value: unknown
  /** the type's name where it is known: `Quantity`, `Patient.contact`; of a resource its own */
  readonly type: string | undefined
  /** steps of the path from the holder to here: `name`, 0 */
  readonly steps: readonly (string | number)[]
}

/** What the base definitions say of the element that a node speaks of. */
export const coreElement = (type: string | undefined, { name }: ProfileNode): ElementDefinition | undefined =>
  type === undefined ? undefined : elementNamed(type, name.replace(/\[x\]$/, ''))

/** All values of an element within its holder; those that have only extensions too, as undefined. */
export function itemsOf(holder: JsonObject, type: string | undefined, node: ProfileNode): Item[] {
  const core = coreElement(type, node)
  const isChoice = node.name.endsWith('[x]')
  const properties = isChoice ? Object.keys(core?.properties ?? {}) : [node.name]
  return properties.flatMap((property) => {
    const code = core?.properties[property]?.code
    return valuesOf(holder, property).map(([value, index]) => ({
      value,
      type: isResource(value) ? value.resourceType : code,
      steps: index === undefined ? [core?.name ?? property] : [core?.name ?? property, index],
    }))
  })
}

const isResource = (value: unknown): value is { readonly resourceType: string } =>
  isObject(value) && typeof value['resourceType'] === 'string'

function valuesOf(holder: JsonObject, property: string): [value: unknown, index: number | undefined][] {
  const value = holder[property]
  const sibling = holder[`_${property}`]
  if (!Array.isArray(value) && !Array.isArray(sibling))
    return value === undefined && sibling === undefined ? [] : [[value, undefined]]
  const values: readonly unknown[] = Array.isArray(value) ? value : []
  const length = Math.max(values.length, Array.isArray(sibling) ? sibling.length : 0)
  return Array.from({ length }, (_, index) => [values[index] ?? undefined, index])
}

/** Is a value's type what a profile asks for? A `code` is no `string` in a choice; a Patient is a DomainResource. */
export const isOfType = (type: string, wanted: string): boolean =>
  type === wanted || (isResourceType(type) && isSubtypeOf(type, wanted))

/** What the profile fixes: `exact` for fixed[x], at least that much for pattern[x]. */
export interface Fixed {
  readonly value: unknown
  readonly exact: boolean
}

export function fixedBy(element: JsonObject): Fixed | undefined {
  const fixed = choiceOf(element, 'fixed')
  if (fixed !== undefined) return { value: fixed.value, exact: true }
  const pattern = choiceOf(element, 'pattern')
  return pattern === undefined ? undefined : { value: pattern.value, exact: false }
}

/** @source http://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.fixed_x_ · #ElementDefinition.pattern_x_ */
export const isAsFixed = (value: unknown, { value: wanted, exact }: Fixed): boolean =>
  exact ? isSame(value, wanted) : fits(value, wanted)

function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((each, n) => isSame(each, b[n]))
  if (!isObject(a) || !isObject(b)) return a === b
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...names].every((name) => isSame(a[name], b[name]))
}

function fits(value: unknown, pattern: unknown): boolean {
  if (Array.isArray(pattern))
    return pattern.every((wanted) => Array.isArray(value) && value.some((each) => fits(each, wanted)))
  if (!isObject(pattern)) return value === pattern
  return isObject(value) && Object.entries(pattern).every(([name, wanted]) => fits(value[name], wanted))
}
