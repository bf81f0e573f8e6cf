import type { Check } from './run.ts'
import { readXhtml } from './xhtml.ts'

const TXT_1 = {
  key: 'txt-1',
  severity: 'error',
  human:
    'The narrative SHALL contain only the basic html formatting elements and attributes described in chapters 7-11 (except section 4 of chapter 9) and 15 of the HTML 4.0 standard, <a> elements (either name or href), images and internally contained style attributes',
} as const

/** The standard calls it an error, and publishes narratives that are empty; an empty text harms nobody. */
const TXT_2 = {
  key: 'txt-2',
  severity: 'warning',
  human: 'The narrative SHALL have some non-whitespace content',
} as const

/** The check of `Narrative.div`. */
export const checkXhtml: Check = (value, run) => {
  if (typeof value !== 'string') return run.refuse('FHIR-STRUCTURE-2', { expected: 'string', found: typeof value })
  const { malformed, forbidden, empty } = readXhtml(value)
  if (malformed !== undefined) return run.refuse('FHIR-NARRATIVE-1', { found: malformed })
  if (forbidden) run.refuseInvariant(TXT_1)
  if (empty) run.refuseInvariant(TXT_2)
}
