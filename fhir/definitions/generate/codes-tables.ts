import type { RawCodeSystem, RawValueSet } from '../tables.ts'
import type { CodeSystemResource, Concept, StructureDefinition, ValueSetResource } from './r4-shapes.ts'
import { isType } from './types-table.ts'

/** Systems whose copy in the package says "complete" but is an excerpt: codes missing from it are not wrong. */
const EXCERPTS = new Set(['http://dicom.nema.org/resources/ontology/DCM'])

const codesOf = (concepts: readonly Concept[] = []): string[] =>
  concepts.flatMap((concept) => [concept.code, ...codesOf(concept.concept)])

/** The codes of every code system that the standard lists to the end. */
export function codeSystemsTable(systems: readonly CodeSystemResource[]): Record<string, RawCodeSystem> {
  const complete = systems.filter((system) => system.content === 'complete' && !EXCERPTS.has(system.url))
  return Object.fromEntries(
    complete.map((system) => [
      system.url,
      { ...(system.caseSensitive === false ? { caseSensitive: false as const } : {}), codes: codesOf(system.concept) },
    ]),
  )
}

/** The value sets of required bindings that can be listed: codes by system, or `*` for all codes of the system. */
export function valueSetsTable(
  definitions: readonly StructureDefinition[],
  valueSets: readonly ValueSetResource[],
  systems: Readonly<Record<string, RawCodeSystem>>,
): Record<string, RawValueSet> {
  const bound = new Set(
    definitions
      .filter(isType)
      .flatMap((definition) => definition.snapshot.element)
      .flatMap(({ binding }) =>
        binding?.strength === 'required' && binding.valueSet !== undefined ? [binding.valueSet] : [],
      )
      .map((canonical) => canonical.split('|')[0]!),
  )
  const table: Record<string, RawValueSet> = {}
  for (const valueSet of valueSets) {
    const listed = bound.has(valueSet.url) ? codesBySystem(valueSet, systems) : undefined
    if (listed !== undefined) table[valueSet.url] = listed
  }
  return table
}

function codesBySystem(
  valueSet: ValueSetResource,
  systems: Readonly<Record<string, RawCodeSystem>>,
): RawValueSet | undefined {
  const listed: Record<string, '*' | readonly string[]> = {}
  if (valueSet.compose === undefined || valueSet.compose.exclude !== undefined) return undefined
  for (const part of valueSet.compose.include) {
    if (part.system === undefined || part.filter !== undefined || part.valueSet !== undefined) return undefined
    if (part.concept === undefined && systems[part.system] === undefined) return undefined
    listed[part.system] = part.concept?.map((concept) => concept.code) ?? '*'
  }
  return listed
}
