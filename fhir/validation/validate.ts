import type { Refusal } from '#fhir/outcome'
import { checkRoot } from './resources.ts'
import { isObject, Run, type FindDefinition } from './run.ts'
import { checkOf } from './type-checks.ts'

export interface ValidationOptions {
  /** Where it finds one, forms are checked against their questionnaire, and codes against their code system. */
  readonly find?: FindDefinition
  /** canonical addresses of profiles to check it against, besides those it claims itself */
  readonly profiles?: readonly string[]
}

/**
 * Checks a resource against the base definitions of R4.
 *
 * @param resource what was read from JSON; anything at all is answered with refusals, nothing is thrown
 * @returns all that is wrong or doubtful; none with severity `error` when the resource is valid
 */
export function validate(resource: unknown, options: ValidationOptions = {}): Refusal[] {
  const run = new Run(isObject(resource) ? resource : {}, options.find)
  if (isObject(resource)) checkRoot(resource, checkOf, run, options.profiles)
  else run.refuse('FHIR-STRUCTURE-7')
  return run.refusals
}
