import type { RawProfile } from '../tables.ts'
import type { DifferentialElement, StructureDefinition } from './r4-shapes.ts'

/** The profiles that the standard itself publishes, such as those of vital signs. @source http://hl7.org/fhir/R4/profilelist.html */
export function profilesTable(definitions: readonly StructureDefinition[]): Record<string, RawProfile> {
  return Object.fromEntries(
    definitions
      .filter(({ type, derivation }) => type !== 'Extension' && derivation === 'constraint')
      .map(({ url, type, baseDefinition, differential }) => [
        url,
        { type, baseDefinition: baseDefinition!, elements: differential.element.map(constraintsOf) },
      ]),
  )
}

const KEPT =
  /^(?:id|path|sliceName|slicing|min|max|maxLength|type|binding|constraint|(?:fixed|pattern|minValue|maxValue)[A-Z].*)$/

/** What narrows, without what explains. */
const constraintsOf = (element: DifferentialElement): DifferentialElement =>
  Object.fromEntries(
    Object.entries(element).flatMap(([name, value]) => (KEPT.test(name) ? [[name, plain(name, value)]] : [])),
  )

function plain(name: string, value: unknown): unknown {
  if (name === 'constraint') {
    return (value as readonly Record<string, unknown>[]).map(({ key, severity, human, expression }) => ({
      key,
      severity,
      human,
      expression,
    }))
  }
  if (name !== 'binding') return value
  const { strength, valueSet } = value as { readonly strength: string; readonly valueSet?: string }
  return { strength, valueSet }
}
