/**
 * What R4 says about itself, as tables: types and their elements, search parameters, compartments, codes. Generated
 * from HL7's published definitions (`npm run definitions`) and read at first use.
 *
 * @source http://hl7.org/fhir/R4/
 */
export {
  elementNamed,
  elementsOf,
  invariantsOf,
  isResourceType,
  isSubtypeOf,
  resourceTypes,
  summaryElementsOf,
  typeDefinition,
} from './types.ts'
export type { BindingStrength, ElementDefinition, Invariant, TypeDefinition, TypeKind, TypeReference } from './types.ts'
export { compartmentParameters, compartmentTypes, searchParameter, searchParametersOf } from './search-parameters.ts'
export type { SearchParameter, SearchParameterType } from './search-parameters.ts'
export { extensionDefinition } from './extensions.ts'
export type { ExtensionDefinition } from './extensions.ts'
export { standardProfile } from './profiles.ts'
export type { ProfileDefinition } from './profiles.ts'
export { codeSystem, requiredCodes } from './codes.ts'
export type { CodeSystem } from './codes.ts'
