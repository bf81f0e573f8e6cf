/**
 * Rules of the standard that stand in nearly every resource, or whose FHIRPath takes time that grows with the square
 * of the size: written as functions that say whether the rule holds. The others are compiled from their FHIRPath.
 * They see only well-formed values.
 */
import { isAfter } from './moments.ts'
import { typeInAddress } from './references.ts'
import { isObject, type JsonObject, type Run } from './run.ts'

export type NativeInvariant = (value: JsonObject, run: Run) => boolean

const has = (value: JsonObject, name: string) => value[name] !== undefined || value[`_${name}`] !== undefined
const objects = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : [])
const entries = (bundle: JsonObject) => objects(bundle['entry'])
const meta = (resource: JsonObject): JsonObject => (isObject(resource['meta']) ? resource['meta'] : {})

function hasChoice(value: JsonObject, name: string): boolean {
  for (const key in value) {
    if ((key.startsWith(name) || key.startsWith(`_${name}`)) && value[key] !== undefined) return true
  }
  return false
}

const ifPresent =
  (present: string, needed: string): NativeInvariant =>
  (value) =>
    !has(value, present) || has(value, needed)
const anyOf =
  (...names: string[]): NativeInvariant =>
  (value) =>
    names.some((name) => has(value, name))

const isDistinct = (values: readonly unknown[]) => new Set(values).size === values.length
const elementsAt = (definition: JsonObject, view: string) =>
  isObject(definition[view]) ? objects(definition[view]['element']) : []
const idsAreDistinct =
  (view: string): NativeInvariant =>
  (definition) => {
    const elements = elementsAt(definition, view)
    return elements.every((element) => has(element, 'id')) && isDistinct(elements.map((element) => element['id']))
  }

const firstIs = (type: string, bundle: JsonObject) => {
  const resource = entries(bundle)[0]?.['resource']
  return isObject(resource) && resource['resourceType'] === type
}

/** `request` is mandatory in some bundles and forbidden in the others; likewise `response`. */
const exactlyIn =
  (name: string, types: readonly string[]): NativeInvariant =>
  (bundle) => {
    const needed = types.includes(bundle['type'] as string)
    return entries(bundle).every((entry) => has(entry, name) === needed)
  }

const ADDRESS_VERSION = '/_history/'

export const NATIVE_INVARIANTS: Readonly<Record<string, NativeInvariant>> = {
  'att-1': ifPresent('data', 'contentType'),
  'cpt-2': ifPresent('value', 'system'),
  'qty-3': ifPresent('code', 'system'),
  'exp-1': anyOf('expression', 'reference'),
  'obs-3': anyOf('low', 'high', 'text'),
  'pat-1': anyOf('name', 'telecom', 'address', 'organization'),
  'per-1': (period) => !isAfter(period['start'], period['end']),
  'rng-2': ({ low, high }) =>
    !isObject(low) ||
    !isObject(high) ||
    typeof low['value'] !== 'number' ||
    typeof high['value'] !== 'number' ||
    low['code'] !== high['code'] ||
    low['unit'] !== high['unit'] ||
    low['value'] <= high['value'],
  'obs-6': (observation) => !has(observation, 'dataAbsentReason') || !hasChoice(observation, 'value'),
  'obs-7': (observation) => {
    const components = objects(observation['component'])
    if (components.length === 0 || !hasChoice(observation, 'value')) return true
    const codings = (code: unknown) => (isObject(code) ? objects(code['coding']) : [])
    const key = (coding: JsonObject) => JSON.stringify(Object.entries(coding).sort())
    const own = new Set(codings(observation['code']).map(key))
    return !components.some((component) => codings(component['code']).some((coding) => own.has(key(coding))))
  },
  // R4 counts to more than two here, which contradicts its own sentence; later editions are right.
  'que-12': (item) => objects(item['enableWhen']).length < 2 || has(item, 'enableBehavior'),
  'ctm-1': ({ onBehalfOf, member }) => {
    const address = isObject(member) ? member['reference'] : undefined
    const type = typeof address === 'string' ? typeInAddress(address) : undefined
    return onBehalfOf === undefined || type === undefined || type === 'Practitioner'
  },
  'dom-2': (resource) => objects(resource['contained']).every((contained) => !has(contained, 'contained')),
  'dom-3': (resource, run) =>
    objects(resource['contained']).every(
      (contained) => run.localReferences?.has(`#${String(contained['id'])}`) === true || refersToContainer(contained),
    ),
  'dom-4': (resource) =>
    objects(resource['contained']).every((c) => !has(meta(c), 'versionId') && !has(meta(c), 'lastUpdated')),
  'dom-5': (resource) => objects(resource['contained']).every((contained) => !has(meta(contained), 'security')),
  'bdl-1': (bundle) => !has(bundle, 'total') || bundle['type'] === 'searchset' || bundle['type'] === 'history',
  'bdl-2': (bundle) => bundle['type'] === 'searchset' || entries(bundle).every((entry) => !has(entry, 'search')),
  'bdl-3': exactlyIn('request', ['batch', 'transaction', 'history']),
  'bdl-4': exactlyIn('response', ['batch-response', 'transaction-response', 'history']),
  'bdl-5': anyOf('resource', 'request', 'response'),
  'bdl-7': (bundle) =>
    bundle['type'] === 'history' ||
    isDistinct(
      entries(bundle)
        .filter((entry) => has(entry, 'fullUrl'))
        .map(({ fullUrl, resource }) =>
          JSON.stringify([fullUrl, (isObject(resource) ? meta(resource)['versionId'] : undefined) ?? '']),
        ),
    ),
  'bdl-8': ({ fullUrl }) => typeof fullUrl !== 'string' || !fullUrl.includes(ADDRESS_VERSION),
  'bdl-9': ({ type, identifier }) =>
    type !== 'document' || (isObject(identifier) && has(identifier, 'system') && has(identifier, 'value')),
  'bdl-10': (bundle) => bundle['type'] !== 'document' || bundle['timestamp'] !== undefined,
  'bdl-11': (bundle) => bundle['type'] !== 'document' || firstIs('Composition', bundle),
  'bdl-12': (bundle) => bundle['type'] !== 'message' || firstIs('MessageHeader', bundle),
  'ig-1': ({ grouping, resource }) => {
    const groups = new Set(objects(grouping).map((each) => each['id']))
    return objects(resource).every((each) => each['groupingId'] === undefined || groups.has(each['groupingId']))
  },
  'ig-2': ({ fhirVersion, definition }) => {
    const versions = new Set<unknown>(Array.isArray(fhirVersion) ? fhirVersion : [])
    const resources = isObject(definition) ? objects(definition['resource']) : []
    return resources.every(
      ({ fhirVersion: own }) => !Array.isArray(own) || own.every((version) => versions.has(version)),
    )
  },
  'sdf-8': (snapshot, { resource }) => {
    const [first, ...rest] = objects(snapshot['element']).map((element) => String(element['path']))
    if (resource['kind'] !== 'logical' && first !== resource['type']) return false
    return rest.every((path) => path.startsWith(`${first}.`))
  },
  'sdf-8a': (differential, { resource }) => {
    const [first = '', ...rest] = objects(differential['element']).map((element) => String(element['path']))
    if (resource['kind'] !== 'logical' && !first.startsWith(String(resource['type']))) return false
    const root = first.split('.')[0]
    return rest.every((path) => path.startsWith(`${root}.`))
  },
  'sdf-1': (definition) =>
    definition['derivation'] === 'constraint' ||
    isDistinct(elementsAt(definition, 'snapshot').map((element) => element['path'])),
  'sdf-16': idsAreDistinct('snapshot'),
  'sdf-17': idsAreDistinct('differential'),
}

/** A contained resource need not be referred to when it refers to its container (`#`). */
function refersToContainer(contained: JsonObject): boolean {
  const waiting: unknown[] = [contained]
  while (waiting.length > 0) {
    const next = waiting.pop()
    if (next === '#') return true
    if (typeof next === 'object' && next !== null) for (const value of Object.values(next)) waiting.push(value)
  }
  return false
}
