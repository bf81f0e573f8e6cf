import type { Outcome } from '#fhir/outcome'
import { parseSearch, type SearchRequest } from '#fhir/search'
import type { RecordStore } from '#foundation/record-store'
import type { Parameters } from './query.ts'
import { valueSetCodes } from './value-sets.ts'

/** What reading a search needs of an exchange. */
export interface SearchSetting {
  readonly store: Pick<RecordStore, 'find'>
  readonly base: string
}

/** @param type null for all types @param handling of parameters that are not understood */
export function readSearch(
  type: string | null,
  parameters: Parameters,
  handling: 'strict' | 'lenient',
  { store, base }: SearchSetting,
): Promise<Outcome<SearchRequest>> {
  return parseSearch(type, parameters, { base, handling, expandValueSet: (url) => valueSetCodes(url, store, base) })
}
