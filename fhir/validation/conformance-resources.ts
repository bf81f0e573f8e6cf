/** Rules in words about resources that define things: search parameters, code systems, value sets. */
import { elementNamed, isResourceType, searchParameter, typeDefinition } from '#fhir/definitions'
import { objectOf, objectsOf, textOf } from './json-view.ts'
import { isObject, type JsonObject, type Run } from './run.ts'

type Rule = (resource: JsonObject, run: Run) => void

const RULES: Readonly<Record<string, readonly Rule[]>> = {
  CapabilityStatement: [searchParametersAreOfTheirType],
  SearchParameter: [compositeHasParts, expressionIsAboutItsBases],
  StructureDefinition: [pathsExist],
  CodeSystem: [countIsTrue, supplementSaysSo, propertiesAreDeclaredOnceAndAsKnown],
  ValueSet: [systemsAreAbsolute],
}

export function checkConformance(resource: JsonObject, type: string, run: Run): void {
  if (!Object.hasOwn(RULES, type)) return
  for (const check of RULES[type]!) check(resource, run)
}

function searchParametersAreOfTheirType(statement: JsonObject, run: Run): void {
  objectsOf(statement['rest']).forEach((rest, r) =>
    objectsOf(rest['resource']).forEach((resource, n) =>
      objectsOf(resource['searchParam']).forEach((parameter, p) => {
        const [type, name] = [textOf(resource['type']), textOf(parameter['name'])]
        if (type === undefined || name === undefined) return
        const standard = searchParameter(type, name)
        const claimed = textOf(parameter['type'])
        if (standard?.url !== textOf(parameter['definition'])?.split('|')[0] || claimed === undefined) return
        if (standard === undefined || family(standard.type) === family(claimed)) return
        const at = `rest[${r}].resource[${n}].searchParam[${p}]`
        run.refuse('FHIR-DEFINITION-1', { expected: standard.type, found: claimed.slice(0, 20) }, at)
      }),
    ),
  )
}

/** The standard's own statements take tokens, strings, addresses and references for one another; values look alike. */
const family = (type: string) => (['token', 'string', 'uri', 'reference'].includes(type) ? 'text' : type)

function compositeHasParts(parameter: JsonObject, run: Run): void {
  if (parameter['type'] === 'composite' && objectsOf(parameter['component']).length < 2) run.refuse('FHIR-DEFINITION-2')
}

/** An alternative that begins with a resource type must begin with one of the bases. */
function expressionIsAboutItsBases(parameter: JsonObject, run: Run): void {
  const bases = Array.isArray(parameter['base']) ? (parameter['base'] as unknown[]).map(String) : []
  if (bases.length === 0 || bases.some((base) => !isResourceType(base))) return
  for (const [, type] of (textOf(parameter['expression']) ?? '').matchAll(/(?:^|\|)[\s(]*([A-Z][A-Za-z]+)\b/g)) {
    if (isResourceType(type!) && !bases.includes(type!)) run.refuse('FHIR-DEFINITION-8', { found: type! }, 'expression')
  }
}

/** Each path of a differential leads through elements of the type. */
function pathsExist(definition: JsonObject, run: Run): void {
  const type = textOf(definition['type'])
  if (type === undefined || definition['kind'] === 'logical' || typeDefinition(type) === undefined) return
  objectsOf(objectOf(definition['differential'])['element']).forEach((element, index) => {
    const [root, ...names] = (textOf(element['path']) ?? '').split('.')
    const missing = root === type ? firstMissing(type, names.slice(0, 20)) : undefined
    if (missing !== undefined) {
      run.refuse('FHIR-DEFINITION-9', { name: missing.slice(0, 64) }, `differential.element[${index}].path`)
    }
  })
}

function firstMissing(type: string, names: readonly string[]): string | undefined {
  let types = [type]
  for (const name of names) {
    const elements = types
      .map((each) => elementNamed(each, name.replace(/\[x\]$/, '')))
      .filter((each) => each !== undefined)
    if (elements.length === 0) return types.some(isOpen) ? undefined : name
    types = elements.flatMap((element) => element.types.map(({ code }) => code))
  }
  return undefined
}

/** Resources may be of any type, and primitives have a `value` that definitions speak of. */
const isOpen = (type: string) => type === 'Resource' || typeDefinition(type)?.kind === 'primitive'

/** A complete code system that states its size must have that size. */
function countIsTrue(system: JsonObject, run: Run): void {
  if (system['content'] !== 'complete' || typeof system['count'] !== 'number') return
  const count = countConcepts(system['concept'], 0)
  if (count !== system['count']) run.refuse('FHIR-DEFINITION-3', { found: String(count) }, 'count')
}

const countConcepts = (concepts: unknown, depth: number): number =>
  depth > 60
    ? 0
    : objectsOf(concepts).reduce((sum, concept) => sum + 1 + countConcepts(concept['concept'], depth + 1), 0)

function supplementSaysSo(system: JsonObject, run: Run): void {
  if (system['supplements'] !== undefined && system['content'] !== 'supplement') {
    run.refuse('FHIR-DEFINITION-4', {}, 'content')
  }
}

/** @source http://hl7.org/fhir/R4/codesystem-concept-properties.html */
const STANDARD_PROPERTIES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    inactive: 'boolean',
    notSelectable: 'boolean',
    deprecated: 'dateTime',
    deprecationDate: 'dateTime',
    retirementDate: 'dateTime',
    parent: 'code',
    child: 'code',
  }).map(([name, type]) => [`http://hl7.org/fhir/concept-properties#${name}`, type]),
)

function propertiesAreDeclaredOnceAndAsKnown(system: JsonObject, run: Run): void {
  const seen = new Set<string>()
  objectsOf(system['property']).forEach((property, index) => {
    const [code, type] = [textOf(property['code']), textOf(property['type'])]
    const expected = STANDARD_PROPERTIES.get(textOf(property['uri']) ?? '')
    if (expected !== undefined && type !== undefined && type !== expected) {
      run.refuse('FHIR-DEFINITION-7', { expected, found: type.slice(0, 20) }, `property[${index}].type`)
    }
    if (code === undefined) return
    if (seen.has(code)) run.refuse('FHIR-DEFINITION-5', { found: code.slice(0, 64) }, `property[${index}].code`)
    seen.add(code)
  })
}

function systemsAreAbsolute(valueSet: JsonObject, run: Run): void {
  const compose = isObject(valueSet['compose']) ? valueSet['compose'] : {}
  for (const part of ['include', 'exclude']) {
    objectsOf(compose[part]).forEach((each, index) => {
      const system = textOf(each['system'])
      if (system !== undefined && !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(system)) {
        run.refuse('FHIR-DEFINITION-6', {}, `compose.${part}[${index}].system`)
      }
    })
  }
}
