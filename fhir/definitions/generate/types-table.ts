import type { RawElement, RawInvariant, RawType } from '../tables.ts'
import type { SnapshotElement, SnapshotType, StructureDefinition } from './r4-shapes.ts'

const CANONICAL = 'http://hl7.org/fhir/StructureDefinition/'
const SYSTEM_TYPE = 'http://hl7.org/fhirpath/System.'
const TYPE_EXTENSION = 'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type'
const REGEX_EXTENSION = 'http://hl7.org/fhir/StructureDefinition/regex'
const lastSegment = (url: string) => url.slice(url.lastIndexOf('/') + 1)

/** The definitions that make a type: no profiles, no logical models. */
export const isType = (definition: StructureDefinition): boolean =>
  definition.kind !== 'logical' && definition.derivation !== 'constraint'

/**
 * One entry per resource, data type and backbone (`Observation.component`), each with its own elements only: what is
 * inherited is found through `base`.
 */
export function typesTable(definitions: readonly StructureDefinition[]): Record<string, RawType> {
  const table: Record<string, RawType> = {}
  for (const definition of definitions.filter(isType)) {
    table[definition.type] = rootOf(definition)
    for (const element of ownElements(definition)) {
      const owner = element.path.slice(0, element.path.lastIndexOf('.'))
      const backbone = definition.snapshot.element.some((other) => other.path.startsWith(`${element.path}.`))
      if (backbone) table[element.path] = { kind: 'backbone', base: element.type?.[0]?.code ?? 'Element', elements: [] }
      ;(table[owner]!.elements as RawElement[]).push(elementOf(element, backbone))
    }
  }
  return table
}

/** The rules written as FHIRPath, by the type on which they are evaluated, or by `Type#element`. */
export function invariantsTable(definitions: readonly StructureDefinition[]): Record<string, RawInvariant[]> {
  const table: Record<string, RawInvariant[]> = {}
  for (const definition of definitions.filter(isType)) {
    const backbones = new Set(ownElements(definition).map((e) => e.path.slice(0, e.path.lastIndexOf('.'))))
    for (const element of definition.snapshot.element) {
      const inherited = element.path !== definition.type && !element.base.path.startsWith(`${definition.type}.`)
      const dot = element.path.lastIndexOf('.')
      const key = backbones.has(element.path)
        ? element.path
        : dot < 0
          ? element.path
          : `${element.path.slice(0, dot)}#${element.path.slice(dot + 1)}`
      const own = (element.constraint ?? []).filter(
        (c) => !inherited && (c.source === undefined || c.source === definition.url) && c.expression !== undefined,
      )
      if (own.length === 0) continue
      table[key] = own.map((c) => [c.key, c.severity, c.expression!, c.human])
    }
  }
  return table
}

function rootOf(definition: StructureDefinition): RawType {
  const kind = {
    'primitive-type': 'primitive',
    'complex-type': 'complex',
    resource: 'resource',
    logical: 'complex',
  } as const
  const pattern = definition.snapshot.element
    .find((element) => element.path === `${definition.type}.value`)
    ?.type?.[0]?.extension?.find((extension) => extension.url === REGEX_EXTENSION)?.valueString
  return {
    kind: kind[definition.kind],
    base: definition.baseDefinition === undefined ? null : lastSegment(definition.baseDefinition),
    ...(definition.abstract ? { abstract: true as const } : {}),
    ...(definition.kind === 'primitive-type' && pattern !== undefined ? { pattern } : {}),
    elements: [],
  }
}

const ownElements = (definition: StructureDefinition): readonly SnapshotElement[] =>
  definition.kind === 'primitive-type'
    ? []
    : definition.snapshot.element.filter(
        (element) => element.path !== definition.type && element.base.path.startsWith(`${definition.type}.`),
      )

function elementOf(element: SnapshotElement, backbone: boolean): RawElement {
  const name = element.path.slice(element.path.lastIndexOf('.') + 1)
  const binding = element.binding
  return {
    name,
    ...(element.min > 0 ? { min: element.min } : {}),
    ...(element.max === '1' ? {} : { max: element.max }),
    types: backbone
      ? [element.path]
      : element.contentReference !== undefined
        ? [element.contentReference.slice(1)]
        : (element.type ?? []).map((type) => typeOf(element.path, type)),
    ...(binding?.valueSet === undefined ? {} : { binding: [binding.strength, unversioned(binding.valueSet)] as const }),
    ...(element.isSummary === true ? { summary: true as const } : {}),
    ...(element.isModifier === true ? { modifier: true as const } : {}),
  }
}

/** `Reference(Patient|Group)`, `Quantity[SimpleQuantity]`, `code`. */
function typeOf(path: string, type: SnapshotType): string {
  // The published snapshot types Resource.id as a string; the page of the type says id, and so do all servers.
  if (path === 'Resource.id') return 'id'
  if (type.code.startsWith(SYSTEM_TYPE)) {
    return type.extension?.find((extension) => extension.url === TYPE_EXTENSION)?.valueUrl ?? 'string'
  }
  const targets = type.targetProfile?.map((url) => (url.startsWith(CANONICAL) ? lastSegment(url) : url))
  const profile = type.profile?.map(lastSegment).join('|')
  return `${type.code}${targets === undefined ? '' : `(${targets.join('|')})`}${profile === undefined ? '' : `[${profile}]`}`
}

const unversioned = (canonical: string) => canonical.split('|')[0]!
