import type { RawCodeSystem, RawValueSet } from '../tables.ts'
import type { CodeSystemResource, Concept, ValueSetResource } from './r4-shapes.ts'

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

/** The value sets that can be listed: codes by system, or `*` for all codes of the system. */
export function valueSetsTable(
  valueSets: readonly ValueSetResource[],
  systems: Readonly<Record<string, RawCodeSystem>>,
): Record<string, RawValueSet> {
  const table: Record<string, RawValueSet> = {}
  for (const valueSet of valueSets) {
    const listed = codesBySystem(valueSet, systems)
    if (listed !== undefined && isUnambiguous(listed, systems)) table[valueSet.url] = listed
  }
  return table
}

/** Codes are looked up without their system first: a set that has one code in two systems is not listed. */
function isUnambiguous(listed: RawValueSet, systems: Readonly<Record<string, RawCodeSystem>>): boolean {
  const sets = Object.entries(listed).map(([system, codes]) => new Set(codes === '*' ? systems[system]!.codes : codes))
  return new Set(sets.flatMap((codes) => [...codes])).size === sets.reduce((sum, { size }) => sum + size, 0)
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
