/** A profile's elements as a tree. @source http://hl7.org/fhir/R4/profiling.html · http://hl7.org/fhir/R4/elementdefinition.html#id */
import { standardProfile, typeDefinition } from '#fhir/definitions'
import { isCoreProfile, withoutVersion } from './canonicals.ts'
import { objectOf, objectsOf, textOf } from './json-view.ts'
import { isObject, type JsonObject, type Run } from './run.ts'

/** One element of a profile, or one slice of an element. */
export interface ProfileNode {
  /** as in the path: `identifier`, `value[x]`, `valueQuantity` */
  readonly name: string
  readonly slice: string | undefined
  /** what the profile says of it; an empty object where it only speaks of what is below */
  element: JsonObject
  readonly children: Map<string, ProfileNode>
  readonly slices: Map<string, ProfileNode>
}

export interface Profile {
  readonly url: string
  /** `Patient`, `Extension`, `Identifier` */
  readonly type: string
  readonly root: ProfileNode
  /** of an extension: the elements it may stand in, as its definition writes them; none where it does not say */
  readonly contexts: readonly string[]
  /** the profile it narrows, where that one is at hand and not told by the snapshot */
  readonly base: string | undefined
}

const trees = new WeakMap<JsonObject, Profile>()

/** The profile with this canonical address, where it is at hand and constrains a type of R4. */
export function findProfile(canonical: string, run: Run): Profile | undefined {
  const found: unknown = standardProfile(withoutVersion(canonical)) ?? run.find(canonical, 'StructureDefinition')
  if (!isObject(found) || found['resourceType'] !== 'StructureDefinition') return undefined
  const known = trees.get(found)
  if (known !== undefined) return known
  const profile = profileOf(found)
  if (profile !== undefined) trees.set(found, profile)
  return profile
}

function profileOf(definition: JsonObject): Profile | undefined {
  const type = textOf(definition['type'])
  if (type === undefined || typeDefinition(type) === undefined) return undefined
  const snapshot = objectsOf(objectOf(definition['snapshot'])['element'])
  const differential = objectsOf(objectOf(definition['differential'])['element'])
  const root = newNode(type, undefined)
  for (const element of snapshot.length > 0 ? snapshot : differential) place(root, element)
  const base = textOf(definition['baseDefinition'])
  const told = snapshot.length > 0 || base === undefined || isCoreProfile(base)
  return {
    url: textOf(definition['url']) ?? '',
    type,
    root,
    contexts: contextsOf(definition),
    base: told ? undefined : base,
  }
}

const contextsOf = (definition: JsonObject): string[] =>
  objectsOf(definition['context']).flatMap(({ type, expression }) =>
    type === 'element' && typeof expression === 'string' ? [expression.replaceAll('[x]', '')] : [],
  )

const newNode = (name: string, slice: string | undefined): ProfileNode => ({
  name,
  slice,
  element: {},
  children: new Map(),
  slices: new Map(),
})

function place(root: ProfileNode, element: JsonObject): void {
  const path = textOf(element['path']) ?? ''
  const slice = textOf(element['sliceName'])
  const id = textOf(element['id'])
  const isTold = id !== undefined && id.replace(/:[^.]*/g, '') === path
  const steps = (isTold ? id : slice === undefined ? path : `${path}:${slice}`).split('.').slice(1)
  let at = root
  for (const step of steps.slice(0, 30)) {
    const [name = '', sliced] = step.split(':') as [string, string?]
    at = below(at.children, name, () => newNode(name, undefined))
    if (sliced !== undefined) at = below(at.slices, sliced, () => newNode(name, sliced))
  }
  at.element = element
}

function below(nodes: Map<string, ProfileNode>, key: string, make: () => ProfileNode): ProfileNode {
  const known = nodes.get(key) ?? make()
  nodes.set(key, known)
  return known
}
