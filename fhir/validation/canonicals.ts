/** @source http://hl7.org/fhir/R4/references.html#canonical */
import { isResourceType, typeDefinition } from '#fhir/definitions'

const CORE = 'http://hl7.org/fhir/StructureDefinition/'

/** The address without the version. */
export const withoutVersion = (canonical: string): string => canonical.split('|')[0]!

/** The type of R4 that this is the definition of: `Patient` for `http://hl7.org/fhir/StructureDefinition/Patient`. */
export function coreType(canonical: string): string | undefined {
  const address = withoutVersion(canonical)
  if (!address.startsWith(CORE)) return undefined
  const name = address.slice(CORE.length)
  return isResourceType(name) || typeDefinition(name) !== undefined ? name : undefined
}

/** Is this the definition of a type of R4, which every resource is checked against anyway? */
export const isCoreProfile = (canonical: string): boolean => coreType(canonical) !== undefined
