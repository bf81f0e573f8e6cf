/** Is a resource valid by the base definitions of R4? */
export { validate } from './validate.ts'
export type { ValidationOptions } from './validate.ts'
