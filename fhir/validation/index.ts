/** Is a resource valid by the base definitions of R4? */
export type { FindDefinition } from './run.ts'
export { validate } from './validate.ts'
export type { ValidationOptions } from './validate.ts'
