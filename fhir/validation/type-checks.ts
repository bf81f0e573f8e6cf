/**
 * The checks of types, compiled from the definitions when a type is first met: a property table per type, and a
 * closure per property that knows its type, cardinality, binding and targets.
 */
import { elementsOf, typeDefinition, type ElementDefinition, type TypeReference } from '#fhir/definitions'
import { checkAttachment } from './attachments.ts'
import { checkCoding, codeBindingCheck, conceptBindingCheck } from './codes.ts'
import { checkExtension } from './extensions.ts'
import { invariantChecks } from './invariants.ts'
import { checkXhtml } from './narrative.ts'
import { extensionValue } from './json-view.ts'
import { isPrimitive, primitiveCheck } from './primitives.ts'
import { canonicalCheck, referenceCheck } from './references.ts'
import { resourceCheck } from './resources.ts'
import { isObject, type Check, type JsonObject, type Run } from './run.ts'

interface Property {
  /** the element's name in FHIRPath */
  readonly name: string
  readonly check: Check
  /** a bit per choice element of the type, 0 for others */
  readonly choice: number
  readonly element: ElementDefinition
}

const compiled = new Map<string, Check>()

/** The check of a type by name (`Patient`, `HumanName`, `Patient.contact`, `code`), compiled at first use. */
export function checkOf(type: string): Check {
  let check = compiled.get(type)
  if (check === undefined) {
    check = isPrimitive(type) ? primitiveCheck(type) : complexCheck(type)
    compiled.set(type, check)
  }
  return check
}

/** What each value of a type must satisfy besides its structure and the rules written in FHIRPath. */
const OWN_CHECKS: Readonly<Record<string, Check>> = {
  Attachment: checkAttachment,
  Coding: checkCoding,
  Extension: checkExtension,
}

function complexCheck(type: string): Check {
  const definition = typeDefinition(type)!
  const isResource = definition.kind === 'resource'
  const elements = elementsOf(type)
  const properties = propertiesOf(type, isResource)
  const required = elements.filter(({ min }) => min > 0).map((element) => ({ element, names: namesOf(element) }))
  const own = OWN_CHECKS[type]
  const invariants = invariantChecks(type)
  return (value, run, parent) => {
    if (!isObject(value)) return run.refuse('FHIR-STRUCTURE-2', { expected: 'object', found: describe(value) })
    const malformed = run.malformed
    if (run.enter()) {
      checkProperties(value, properties, type, isResource, run)
      for (const { element, names } of required) {
        if (!names.some((name) => value[name] !== undefined)) run.refuse('FHIR-CARDINALITY-1', { name: element.name })
      }
      own?.(value, run, parent)
      if (run.malformed === malformed) for (const invariant of invariants) invariant(value, run, parent)
    }
    run.leave()
  }
}

/** An element needs content besides its id, except that of a primitive (`_birthDate`), whose content is the value. */
function checkProperties(
  value: JsonObject,
  properties: ReadonlyMap<string, Property>,
  type: string,
  isResource: boolean,
  run: Run,
): void {
  let content = false
  let chosen = 0
  for (const key in value) {
    const property = properties.get(key)
    if (property === undefined) {
      if ((key !== 'resourceType' || !isResource) && value[key] !== undefined) refuseUnknown(key, type, run)
      continue
    }
    if (value[key] === undefined) continue
    if (key !== 'id' || type === 'Element') content = true
    if (property.choice !== 0) {
      if ((chosen & property.choice) !== 0 && severalTypes(value, property.element)) {
        run.refuse('FHIR-CHOICE-1', { name: property.name }, property.name)
      }
      chosen |= property.choice
    }
    run.path.push(property.name)
    property.check(value[key], run, value)
    run.path.pop()
  }
  if (!content && !isResource) run.refuse('FHIR-STRUCTURE-3', { found: '{}' })
}

function refuseUnknown(key: string, type: string, run: Run): void {
  const plain = /^\w{1,64}$/.test(key)
  run.refuse('FHIR-STRUCTURE-1', { name: key.slice(0, 64), expected: type }, plain ? key : undefined)
}

function severalTypes(value: JsonObject, element: ElementDefinition): boolean {
  const present = Object.keys(element.properties).filter(
    (name) => value[name] !== undefined || value[`_${name}`] !== undefined,
  )
  return present.length > 1
}

/** The JSON properties in which an element may be present. */
const namesOf = (element: ElementDefinition): string[] =>
  Object.entries(element.properties).flatMap(([name, { code }]) => (isPrimitive(code) ? [name, `_${name}`] : [name]))

function propertiesOf(owner: string, isResource: boolean): ReadonlyMap<string, Property> {
  const properties = new Map<string, Property>()
  let choices = 0
  for (const element of elementsOf(owner)) {
    const choice = element.choice ? 1 << choices++ : 0
    for (const [name, type] of Object.entries(element.properties)) {
      const common = { name: element.name, choice, element }
      if (!isResource && name === 'id') properties.set(name, { ...common, check: elementIdCheck(owner) })
      else {
        properties.set(name, { ...common, check: cardinality(element, name, valueCheck(element, type)) })
        if (isPrimitive(type.code) && name !== 'id') {
          properties.set(`_${name}`, { ...common, check: siblingCheck(element, name) })
        }
      }
    }
  }
  return properties
}

/** One value of one type: the type's own check, then what the element adds to it. */
function valueCheck(element: ElementDefinition, type: TypeReference): Check {
  if (type.code === 'Resource') return resourceCheck(element.name === 'contained' ? 'contained' : 'carried', checkOf)
  if (type.code === 'xhtml') return checkXhtml
  const checks = [lazily(() => checkOf(type.code))]
  const { binding } = element
  if (binding?.strength === 'required') {
    const bound = isPrimitive(type.code) ? codeBindingCheck(binding.valueSet) : conceptBindingCheck(binding.valueSet)
    checks.push(bound)
  }
  if (type.code === 'Reference') checks.push(referenceCheck(type.targets))
  if (type.code === 'canonical' && type.targets !== undefined) checks.push(canonicalCheck(type.targets))
  if (type.profile === 'SimpleQuantity') checks.push(checkSimpleQuantity)
  return inTurn(checks)
}

/** @source http://hl7.org/fhir/R4/datatypes.html#SimpleQuantity */
const SQTY_1 = { key: 'sqty-1', severity: 'error', human: 'The comparator is not used on a SimpleQuantity' } as const

const checkSimpleQuantity: Check = (value, run) => {
  if (isObject(value) && value['comparator'] !== undefined) run.refuseInvariant(SQTY_1, 'comparator')
}

const inTurn = (checks: readonly Check[]): Check =>
  checks.length === 1
    ? checks[0]!
    : (value, run, parent) => {
        for (const check of checks) check(value, run, parent)
      }

/** Types refer to each other in circles, so a check is looked up when it is first needed. */
function lazily(find: () => Check): Check {
  let found: Check | undefined
  return (value, run, parent) => (found ??= find())(value, run, parent)
}

function cardinality(element: ElementDefinition, name: string, check: Check): Check {
  if (element.max === 1) {
    return (value, run, parent) => {
      if (value === null) run.refuse('FHIR-STRUCTURE-4')
      else check(value, run, parent)
    }
  }
  const sibling = `_${name}`
  return (value, run, parent) => {
    if (!Array.isArray(value)) return run.refuse('FHIR-STRUCTURE-2', { expected: 'array', found: describe(value) })
    if (value.length === 0) return run.refuse('FHIR-STRUCTURE-3', { found: '[]' })
    if (value.length > element.max)
      run.refuse('FHIR-CARDINALITY-2', { name: element.name, expected: String(element.max) })
    const last = run.path.length
    for (let index = 0; index < value.length; index++) {
      run.path[last] = index
      const item: unknown = value[index]
      if (item !== null) check(item, run, parent)
      else if (!isObject(itemOf(parent[sibling], index))) run.refuse('FHIR-STRUCTURE-4')
    }
    run.path.length = last
  }
}

const itemOf = (list: unknown, index: number): unknown => (Array.isArray(list) ? list[index] : undefined)

/** `_birthDate`, `_given`: the ids and extensions of primitive values. */
function siblingCheck(element: ElementDefinition, name: string): Check {
  const check = inTurn([lazily(() => checkOf('Element')), checkAbsence(element, name)])
  if (element.max === 1) return check
  return (value, run, parent) => {
    if (!Array.isArray(value)) return run.refuse('FHIR-STRUCTURE-2', { expected: 'array', found: describe(value) })
    const values = parent[name]
    if (Array.isArray(values) && value.length > values.length) run.refuse('FHIR-STRUCTURE-5')
    if (!Array.isArray(values) && !value.some(isObject)) run.refuse('FHIR-STRUCTURE-3', { found: '[]' })
    const last = run.path.length
    for (let index = 0; index < value.length; index++) {
      run.path[last] = index
      if (value[index] !== null) check(value[index], run, parent)
    }
    run.path.length = last
  }
}

const ABSENT = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason'

/** A code that must be of a value set cannot be left out with a reason: the value sets have codes for that. */
function checkAbsence({ binding }: ElementDefinition, name: string): Check {
  const expected = binding?.strength === 'required' ? binding.valueSet.slice(binding.valueSet.lastIndexOf('/') + 1) : ''
  if (expected === '') return () => {}
  return (sibling, run, parent) => {
    if (!isObject(sibling) || extensionValue(sibling, ABSENT) === undefined) return
    const values = parent[name]
    const index = run.path.at(-1)
    const value = Array.isArray(values) && typeof index === 'number' ? (values[index] as unknown) : values
    if (value === undefined || value === null) run.refuse('FHIR-CODE-3', { expected })
  }
}

/**
 * Ids of elements are free text, but occur once within a resource; those of an ElementDefinition occur once in the
 * snapshot and once in the differential (sdf-16, sdf-17).
 */
const elementIdCheck = (owner: string): Check =>
  owner === 'ElementDefinition' ? primitiveCheck('string') : checkElementId

const checkElementId: Check = (value, run, parent) => {
  primitiveCheck('string')(value, run, parent)
  if (typeof value !== 'string') return
  run.elementIds ??= new Set()
  if (run.elementIds.has(value)) run.refuse('FHIR-STRUCTURE-9', { found: value.slice(0, 64) })
  run.elementIds.add(value)
}

const describe = (value: unknown) => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value)
