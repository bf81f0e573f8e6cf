/** @source http://hl7.org/fhir/R4/extensibility.html */
import {
  elementNamed,
  extensionDefinition,
  isResourceType,
  typeDefinition,
  type ExtensionDefinition,
} from '#fhir/definitions'
import { checkProfile } from './profiles.ts'
import { findProfile } from './profile-tree.ts'
import { isObject, type Check, type JsonObject, type Run } from './run.ts'

const EXT_1 = { key: 'ext-1', severity: 'error', human: 'Must have either extensions or value[x], not both' } as const

/** Every extension: an absolute url (a name within another extension), and a value or extensions but not both. */
export const checkExtension: Check = (extension, run) => {
  if (!isObject(extension)) return
  const url = extension['url']
  const value = valueProperty(extension)
  if ((extension['extension'] !== undefined) === (value !== undefined)) run.refuseInvariant(EXT_1)
  if (typeof url !== 'string') return
  if (!url.includes(':')) {
    if (!isNested(run)) run.refuse('FHIR-EXTENSION-1', {}, 'url')
    return
  }
  const definition = extensionDefinition(url)
  if (definition !== undefined) checkUse(url, definition, value, run)
  else checkFound(url, extension, run)
}

/** An extension whose definition is at hand. Contexts may be types of other editions, of which we cannot tell. */
function checkFound(url: string, extension: JsonObject, run: Run): void {
  const profile = findProfile(url, run)
  if (profile?.type !== 'Extension') return
  const asModifier = run.path.at(-2) === 'modifierExtension'
  if (asModifier !== (profile.root.element['isModifier'] === true)) run.refuse('FHIR-EXTENSION-2', { found: url })
  const isKnown = profile.contexts.every((context) => typeDefinition(context.split('.')[0]!) !== undefined)
  if (profile.contexts.length > 0 && isKnown && !isMeantForHere(profile.contexts, run)) {
    run.refuse('FHIR-EXTENSION-4', { found: url })
  }
  checkProfile(url, { value: extension, type: 'Extension', steps: [] }, run)
}

function checkUse(url: string, definition: ExtensionDefinition, value: string | undefined, run: Run): void {
  const asModifier = run.path.at(-2) === 'modifierExtension'
  if (asModifier !== (definition.modifier === true)) run.refuse('FHIR-EXTENSION-2', { found: url })
  if (value !== undefined && !definition.values.some((type) => value === valueName(type))) {
    run.refuse('FHIR-EXTENSION-3', { found: url, expected: definition.values.join(', ') || 'Extension' })
  }
  if (isMeantForHere(definition.contexts, run)) return
  const doubtful = DEFINITIONAL.has(String(run.resource['resourceType'])) || definition.contexts.every(isDefinitional)
  run.refuse(doubtful ? 'FHIR-EXTENSION-5' : 'FHIR-EXTENSION-4', { found: url })
}

/** The standard uses the extensions of its own definitions in more places than it says. */
const DEFINITIONAL = new Set(['StructureDefinition', 'ValueSet', 'CodeSystem', 'ConceptMap', 'OperationDefinition'])
const isDefinitional = (context: string) => /^(?:Structure|Element)Definition\b/.test(context)

const valueName = (type: string) => `value${type[0]!.toUpperCase()}${type.slice(1)}`

function valueProperty(extension: JsonObject): string | undefined {
  for (const key in extension) {
    if (extension[key] === undefined) continue
    if (key.startsWith('value')) return key
    if (key.startsWith('_value')) return key.slice(1)
  }
  return undefined
}

/** Is the extension at the present place part of another extension? */
function isNested(run: Run): boolean {
  const outer = run.path.at(-4)
  return run.path.at(-2) === 'extension' && (outer === 'extension' || outer === 'modifierExtension')
}

/**
 * Contexts are types (`HumanName`, `Element`) or paths into types (`HumanName.family`). The place is named in all
 * these ways by following the path from the resource through the definitions.
 */
function isMeantForHere(contexts: readonly string[], run: Run): boolean {
  if (contexts.includes('Element')) return true
  const names = run.path.slice(run.resourceAt, -2).filter((step) => typeof step === 'string')
  const resourceType = run.resource['resourceType']
  if (typeof resourceType !== 'string' || !isResourceType(resourceType)) return true
  let prefixes = [resourceType]
  let types = [resourceType]
  for (const name of names) {
    const elements = types.map((type) => elementNamed(type, name)).filter((element) => element !== undefined)
    types = [...new Set(elements.flatMap((element) => element.types.map(({ code }) => code)))]
    prefixes = [...prefixes.map((prefix) => `${prefix}.${name}`), ...types]
  }
  const places = new Set([...prefixes, ...types.flatMap(ancestry)])
  return contexts.some((context) => places.has(context))
}

function ancestry(type: string): string[] {
  const base = typeDefinition(type)?.base
  return base === null || base === undefined ? [type] : [type, ...ancestry(base)]
}
