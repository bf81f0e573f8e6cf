/** FHIRPath, compiled. @source http://hl7.org/fhirpath/N1/ and http://hl7.org/fhir/R4/fhirpath.html */
export { compilePath, compileTest, pathShape } from './paths.ts'
export type { NotCompiled, Path, PathShape, Test } from './paths.ts'
export type { Environment } from './expression.ts'
export type { TypedValue } from './values.ts'
export { referencedType } from './fhir-functions.ts'
