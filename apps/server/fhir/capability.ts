/** @source http://hl7.org/fhir/R4/capabilitystatement.html, http://hl7.org/fhir/R4/http.html#capabilities */
import { resourceTypes, type SearchParameter } from '#fhir/definitions'
import { supportedParameters } from '#fhir/search'
import { version } from './product.ts'
import type { Answer, Exchange } from './exchange.ts'
import type { Interaction } from './interaction.ts'

/** What this server does, told from the table of interactions and the search parameters it knows. */
export async function capabilities(
  { base, restSecurity }: Exchange,
  interactions: readonly Interaction[],
): Promise<Answer> {
  const body = written.get(base) ?? JSON.stringify(statement(base, interactions, restSecurity))
  // hosts are chosen by clients, so only the latest text is kept
  if (!written.has(base)) written.clear()
  written.set(base, body)
  return { status: 200, body }
}

const written = new Map<string, string>()

function statement(base: string, interactions: readonly Interaction[], security: object | null) {
  const at = (level: Interaction['level']) => interactions.filter((one) => one.level === level)
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: STARTED,
    kind: 'instance',
    software: { name: 'Lành', version },
    implementation: { description: 'Lành: bệnh án điện tử', url: base },
    fhirVersion: '4.0.1',
    format: ['json', 'application/fhir+json'],
    patchFormat: ['application/json-patch+json'],
    rest: [
      {
        mode: 'server',
        ...(security && { security }),
        resource: resourceTypes.map((type) => resourceStatement(type, interactions)),
        interaction: codesOf(at('system')),
        searchParam: supportedParameters('Resource').map(parameterStatement),
        operation: operationsOf(at('system'), ''),
        compartment: ['http://hl7.org/fhir/CompartmentDefinition/patient'],
      },
    ],
  }
}

/** The statement changes with the program, and the program starts once. */
const STARTED = new Date().toISOString()

function resourceStatement(type: string, interactions: readonly Interaction[]) {
  const applying = interactions.filter(
    ({ level, types }) => level !== 'system' && (types === undefined || types.includes(type)),
  )
  const parameters = supportedParameters(type)
  const references = parameters.filter((parameter) => parameter.type === 'reference')
  const operation = operationsOf(applying, type)
  return {
    type,
    profile: `http://hl7.org/fhir/StructureDefinition/${type}`,
    interaction: codesOf(applying),
    versioning: 'versioned-update',
    readHistory: true,
    ...Object.assign({}, ...applying.map((one) => one.statement ?? {})),
    referencePolicy: ['literal', 'logical'],
    searchInclude: ['*', ...references.map(({ code }) => `${type}:${code}`)],
    searchRevInclude: revIncludesOf(type),
    searchParam: parameters.map(parameterStatement),
    ...(operation.length > 0 && { operation }),
  }
}

const codesOf = (interactions: readonly Interaction[]) =>
  interactions.flatMap(({ code = [] }) => code.map((one) => ({ code: one })))

function operationsOf(interactions: readonly Interaction[], type: string) {
  const named = interactions.flatMap(({ name, operation }) =>
    operation === undefined ? [] : [[name.slice(1), operation(type)] as const],
  )
  return [...new Map(named)].map(([name, definition]) => ({ name, definition }))
}

const parameterStatement = ({ code, url, type }: SearchParameter) => ({ name: code, definition: url, type })

function revIncludesOf(type: string): readonly string[] {
  return resourceTypes.flatMap((source) =>
    supportedParameters(source)
      .filter((parameter) => parameter.type === 'reference' && mayReferTo(parameter, type))
      .map(({ code }) => `${source}:${code}`),
  )
}

const mayReferTo = ({ target }: SearchParameter, type: string): boolean =>
  target.length === 0 || target.includes(type) || target.includes('Resource')
