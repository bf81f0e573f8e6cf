import type { Refusal } from '#fhir/outcome'
import { checkRoot } from './resources.ts'
import { checkOf } from './type-checks.ts'
import { isObject, Run } from './run.ts'

/**
 * Checks a resource against the base definitions of R4.
 *
 * @param resource what was read from JSON; anything at all is answered with refusals, nothing is thrown
 * @returns all that is wrong or doubtful, in the order of the resource; none with severity `error` when it is valid
 */
export function validate(resource: unknown): Refusal[] {
  const run = new Run(isObject(resource) ? resource : {})
  if (isObject(resource)) checkRoot(resource, checkOf, run)
  else run.refuse('FHIR-STRUCTURE-7')
  return run.refusals
}
