import { accept, type Outcome, refuse } from '#fhir/outcome'
import { type Parameters, valueOf } from './query.ts'
import { httpRefusal } from './refusals.ts'

/** No page of ours is longer. */
export const MAX_COUNT = 1_000

/** `_count`, cut to what a page may hold; 0 asks for no entries, null where it is not given. @returns FHIR-HTTP-13 where it is no number */
export function countOf(parameters: Parameters): Outcome<number | null> {
  const text = valueOf(parameters, '_count')
  if (text === undefined) return accept(null)
  if (!/^\d{1,9}$/.test(text)) return refuse([httpRefusal('FHIR-HTTP-13', '_count')])
  return accept(Math.min(Number(text), MAX_COUNT))
}
