/** Which slice of a profile a value belongs to. @source http://hl7.org/fhir/R4/profiling.html#slicing */
import { withoutVersion } from './canonicals.ts'
import { conceptIsIn } from './codes.ts'
import { objectOf, objectsOf, textOf } from './json-view.ts'
import type { ProfileNode } from './profile-tree.ts'
import { fixedBy, isAsFixed, isOfType, itemsOf, type Item } from './profile-values.ts'
import { isObject, type JsonObject, type Run } from './run.ts'

/** true, false, or undefined where the discriminators are beyond us */
type Answer = boolean | undefined

/** Does a value satisfy a profile? */
export type Conforms = (canonical: string, item: Item) => Answer

/**
 * @param sliced the element that has the slices
 * @param conforms for slices that are told apart by profile
 */
export function isInSlice(item: Item, slice: ProfileNode, sliced: ProfileNode, run: Run, conforms: Conforms): Answer {
  const discriminators = discriminatorsOf(sliced)
  if (discriminators.length === 0) return undefined
  const answers = discriminators.map((discriminator) => discriminated(item, slice, discriminator, run, conforms))
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true
}

/** Extensions are sliced by their url and choices by their type even where a profile does not say so. */
function discriminatorsOf({ name, element }: ProfileNode): readonly JsonObject[] {
  const told = objectsOf(objectOf(element['slicing'])['discriminator'])
  if (told.length > 0) return told
  if (name === 'extension' || name === 'modifierExtension') return [{ type: 'value', path: 'url' }]
  return name.endsWith('[x]') ? [{ type: 'type', path: '$this' }] : []
}

function discriminated(
  item: Item,
  slice: ProfileNode,
  discriminator: JsonObject,
  run: Run,
  conforms: Conforms,
): Answer {
  const path = textOf(discriminator['path']) ?? ''
  if (/[()]/.test(path)) return undefined
  const names = path === '$this' ? [] : path.split('.').filter((name) => name !== '$this')
  switch (discriminator['type']) {
    case 'value':
    case 'pattern':
      return hasValue([item], slice, names, run)
    case 'type':
      return hasType([item], slice, names)
    case 'profile':
      return hasProfile([item], slice, names, conforms)
    case 'exists':
      return exists(item, slice, names)
    default:
      return undefined
  }
}

/** Values at `names` below the items, as JSON has them. */
function reach(values: readonly unknown[], names: readonly string[]): unknown[] {
  return names.reduce<unknown[]>(
    (held, name) => held.flatMap((value) => (isObject(value) ? (value[name] ?? []) : [])),
    values.flatMap((value) => value),
  )
}

function hasValue(items: readonly Item[], node: ProfileNode, names: readonly string[], run: Run): Answer {
  const values = items.map(({ value }) => value)
  const fixed = fixedBy(node.element)
  if (fixed !== undefined) {
    const wanted = names.length === 0 ? [fixed.value] : reach([fixed.value], names)
    const given = names.length === 0 ? values : reach(values, names)
    if (wanted.length > 0) return wanted.every((value) => given.some((each) => isAsFixed(each, { ...fixed, value })))
  }
  const [name, ...rest] = names
  if (name === undefined) return byBinding(values, node, run) ?? byChildren(items, node, run)
  if (name === 'url' && rest.length === 0) {
    const url = extensionUrl(node)
    if (url !== undefined) return values.some((value) => isObject(value) && value['url'] === url)
  }
  const child = childNamed(node, name) ?? childOfOneSlice(node, name)
  if (child === undefined) return undefined
  return hasValue(below(items, child), child, rest, run)
}

const childNamed = ({ children }: ProfileNode, name: string) => children.get(name) ?? children.get(`${name}[x]`)

/** Where all that is told stands in the one slice that must be there (`code.coding:BPCode.code`). */
function childOfOneSlice({ slices }: ProfileNode, name: string): ProfileNode | undefined {
  const needed = [...slices.values()].filter(({ element }) => Number(element['min'] ?? 0) > 0)
  return needed.length === 1 ? childNamed(needed[0]!, name) : undefined
}

const below = (items: readonly Item[], child: ProfileNode): Item[] =>
  items.flatMap(({ value, type }) => (isObject(value) ? itemsOf(value, type, child) : []))

function byBinding(values: readonly unknown[], { element }: ProfileNode, run: Run): Answer {
  const { strength, valueSet } = objectOf(element['binding'])
  if (strength !== 'required' || typeof valueSet !== 'string') return undefined
  const answers = values.map((value) => (isObject(value) ? conceptIsIn(valueSet, value, run) : undefined))
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false
}

/** What is fixed below: `coding` that is sliced by `$this` and fixes `coding.system` and `coding.code`. */
function byChildren(items: readonly Item[], node: ProfileNode, run: Run): Answer {
  const answers = [...node.children.values()]
    .map((child) => ({ child, answer: hasValue(below(items, child), child, [], run) }))
    .filter(({ answer }) => answer !== undefined)
  return answers.length === 0 ? undefined : answers.every(({ answer }) => answer === true)
}

/** The url of the extension that a slice is for. */
function extensionUrl({ element }: ProfileNode): string | undefined {
  const [type] = objectsOf(element['type'])
  const profiles = type?.['code'] === 'Extension' ? type['profile'] : undefined
  const [profile] = Array.isArray(profiles) ? (profiles as unknown[]) : []
  return typeof profile === 'string' ? withoutVersion(profile) : undefined
}

function hasType(items: readonly Item[], node: ProfileNode, names: readonly string[]): Answer {
  const [name, ...rest] = names
  if (name !== undefined) {
    const child = childNamed(node, name)
    return child === undefined ? undefined : hasType(below(items, child), child, rest)
  }
  const codes = typeCodes(node.element)
  if (codes.length === 0) return undefined
  return items.some(({ type }) => type !== undefined && codes.some((code) => isOfType(type, code)))
}

function hasProfile(items: readonly Item[], node: ProfileNode, names: readonly string[], conforms: Conforms): Answer {
  const [name, ...rest] = names
  if (name !== undefined) {
    const child = childNamed(node, name)
    return child === undefined ? undefined : hasProfile(below(items, child), child, rest, conforms)
  }
  if (hasType(items, node, []) === false) return false
  return some(items.map((item) => conformsToOne(item, node.element, conforms)))
}

const some = (answers: readonly Answer[]): Answer =>
  answers.includes(true) ? true : answers.includes(undefined) ? undefined : false

/** Does a value satisfy one of the profiles that an element asks of values of its type? Undefined where it asks none. */
export function conformsToOne(item: Item, element: JsonObject, conforms: Conforms): Answer {
  const profiles = profilesFor(item, element)
  return profiles.length === 0 ? undefined : some(profiles.map((profile) => conforms(profile, item)))
}

/** The profiles that an element asks of values of this type. */
export const profilesFor = ({ type }: Item, element: JsonObject): string[] =>
  objectsOf(element['type'])
    .filter(({ code }) => typeof code === 'string' && type !== undefined && isOfType(type, code))
    .flatMap(({ profile }) => (Array.isArray(profile) ? (profile as unknown[]) : []))
    .filter((profile) => typeof profile === 'string')

/** The types that a profile leaves to an element. */
export const typeCodes = (element: JsonObject): string[] =>
  objectsOf(element['type']).flatMap(({ code }) => (typeof code === 'string' ? [code] : []))

function exists({ value }: Item, slice: ProfileNode, names: readonly string[]): Answer {
  let node: ProfileNode | undefined = slice
  for (const name of names) node = node === undefined ? undefined : childNamed(node, name)
  const present = reach([value], names).length > 0
  if (Number(node?.element['min'] ?? 0) > 0) return present
  return node?.element['max'] === '0' ? !present : undefined
}
