import { compileTest } from '#fhir/fhirpath'
import type { NativeInvariant } from './native-invariants.ts'

/**
 * Compiles a rule written in FHIRPath. By the standard a rule holds unless it is false.
 *
 * @param type of the value the rule will be asked about
 * @throws where the rule cannot be compiled, which for the rules of R4 a test rules out
 */
export function compileRule(expression: string, type: string): NativeInvariant {
  const test = compileTest(expression, type)
  if (typeof test !== 'function') throw new Error(`cannot compile the rule "${expression}": ${test.unsupported}`)
  return (value, { resource, root }) => test(value, { resource, rootResource: root }) !== false
}
