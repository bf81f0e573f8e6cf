import type { RawExtension } from '../tables.ts'
import type { StructureDefinition } from './r4-shapes.ts'

/** The extensions that the standard itself defines. @source http://hl7.org/fhir/R4/extensibility-registry.html */
export function extensionsTable(definitions: readonly StructureDefinition[]): Record<string, RawExtension> {
  return Object.fromEntries(
    definitions
      .filter(({ type, derivation }) => type === 'Extension' && derivation === 'constraint')
      .map((definition) => [definition.url, extensionOf(definition)]),
  )
}

function extensionOf({ context, snapshot }: StructureDefinition): RawExtension {
  const value = snapshot.element.find((element) => element.path === 'Extension.value[x]')
  const values = value === undefined || value.max === '0' ? [] : (value.type ?? []).map((type) => type.code)
  return {
    contexts: (context ?? []).map(({ expression }) => expression.replaceAll('[x]', '')),
    values: [...new Set(values)],
    ...(snapshot.element[0]!.isModifier === true ? { modifier: true as const } : {}),
  }
}
