import { searchParametersOf, type SearchParameter } from '#fhir/definitions'
import { ownParametersOf } from './own-parameters.ts'

/** The search parameters of a type that are answered: all of the standard but full text, `_query`, `_filter` and `near`; and ours. */
export const supportedParameters = (type: string): readonly SearchParameter[] => [
  ...searchParametersOf(type).filter(({ expression, type: kind }) => expression !== '' && kind !== 'special'),
  ...ownParametersOf(type).map(({ definition }) => definition),
]
