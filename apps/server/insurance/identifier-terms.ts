import { parseSearch } from '#fhir/search'

/** Values of one search. */
const ASKED = 100

/**
 * Identifiers as the index has them.
 * @param keys `system|value` each, signs of the search escaped
 */
export async function identifierTerms(type: 'Patient' | 'Task', keys: readonly string[]): Promise<readonly bigint[]> {
  const terms: bigint[] = []
  for (let start = 0; start < keys.length; start += ASKED) {
    const pairs = [['identifier', keys.slice(start, start + ASKED).join(',')]] as const
    const request = await parseSearch(type, pairs, { base: '', handling: 'strict' })
    if (!request.ok) throw new Error('numbers cannot be searched for')
    for (const criterion of request.value.criteria) if (criterion.kind === 'terms') terms.push(...criterion.anyOf)
  }
  return terms
}
