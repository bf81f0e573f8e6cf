import { searchParametersOf, type SearchParameter } from '#fhir/definitions'

/** The search parameters of a type that are answered: all of the standard but full text, `_query`, `_filter` and `near`. */
export const supportedParameters = (type: string): readonly SearchParameter[] =>
  searchParametersOf(type).filter(({ expression, type: kind }) => expression !== '' && kind !== 'special')
