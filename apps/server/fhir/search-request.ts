import { accept, type Outcome, type Refusal } from '#fhir/outcome'
import { parseSearch, type SearchRequest } from '#fhir/search'
import type { Parameters } from './query.ts'

export interface ReadSearch {
  readonly request: SearchRequest
  /** parameters that were ignored because the client is lenient */
  readonly warnings: readonly Refusal[]
}

/** @param types one type, or none for all */
export function readSearch(
  types: readonly string[],
  parameters: Parameters,
  handling: 'strict' | 'lenient',
): Outcome<ReadSearch> {
  const parsed = parseSearch(types, parameters, handling)
  return parsed.ok ? accept({ request: parsed.value.request, warnings: parsed.value.warnings }) : parsed
}
