import type { RawSearchParameter } from '../tables.ts'
import type { SearchParameterResource } from './r4-shapes.ts'

/**
 * The standard's search parameters, in the order of the published bundle.
 *
 * @source http://hl7.org/fhir/R4/searchparameter-registry.html
 */
export function searchParametersTable(parameters: readonly SearchParameterResource[]): RawSearchParameter[] {
  return parameters.map((parameter) => ({
    url: parameter.url,
    code: parameter.code,
    base: parameter.base,
    type: parameter.type as RawSearchParameter['type'],
    ...(parameter.expression === undefined ? {} : { expression: parameter.expression }),
    ...(parameter.target === undefined ? {} : { target: parameter.target }),
    ...(parameter.component === undefined
      ? {}
      : { component: parameter.component.map(({ definition, expression }) => ({ definition, expression })) }),
  }))
}
