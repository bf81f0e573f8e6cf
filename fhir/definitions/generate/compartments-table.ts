import type { RawCompartments } from '../tables.ts'
import type { CompartmentDefinitionResource } from './r4-shapes.ts'

/** For each compartment, the search parameters by which a resource type belongs to it. @source http://hl7.org/fhir/R4/compartmentdefinition.html */
export function compartmentsTable(definitions: readonly CompartmentDefinitionResource[]): RawCompartments {
  return Object.fromEntries(
    definitions
      .filter(
        (definition) =>
          definition.url.startsWith('http://hl7.org/fhir/CompartmentDefinition/') &&
          !definition.url.endsWith('/example'),
      )
      .map((definition) => [
        definition.code,
        Object.fromEntries(
          definition.resource.flatMap(({ code, param }) => (param === undefined ? [] : [[code, param] as const])),
        ),
      ]),
  )
}
