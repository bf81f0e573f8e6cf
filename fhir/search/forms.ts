/**
 * The texts whose hashes are terms. Both sides of search use these and nothing else, so that they cannot disagree.
 *
 * @source http://hl7.org/fhir/R4/search.html#token and #reference
 */
import { isResourceType } from '#fhir/definitions'

/** `system|code`. The separator cannot be part of a code. */
export const withSystem = (system: string, code: string): string => `${system}\n${code}`
/** `|code`: a code whose system is not given */
export const withoutSystem = (code: string): string => `\n${code}`
/** `system|`: any code of a system */
export const anyOfSystem = (system: string): string => `${system}\n`

/** Codes are compared without regard to case, as the standard advises when in doubt; identifiers are not. */
export const codeForm = (code: string): string => code.toLowerCase()

/** `:of-type` of an identifier: the type's system and code with the value */
export const ofTypeForm = (system: string, code: string, value: string): string =>
  `${system}\n${codeForm(code)}\n${value}`

/** Two parts of a composite, both without system. */
export const pairForm = (first: string, second: string): string => `${first}\n\n${second}`

export const exactForm = (text: string): string => text.normalize('NFC')

/** Telephone numbers: without spaces and signs, and a Vietnamese country code as the trunk zero. */
export function phoneForm(text: string): string {
  const digits = text.replace(/[\s().\-/]/g, '')
  return digits.replace(/^(?:\+|00)84(?=\d{8,10}$)/, '0')
}

export interface LocalReference {
  readonly type: string
  readonly id: string
}

const LOCAL = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/

/** `Patient/1`, also with a version, which does not matter for search; null for anything else. */
export function localReference(text: string): LocalReference | null {
  const found = LOCAL.exec(text)
  return found !== null && isResourceType(found[1]!) ? { type: found[1]!, id: found[2]! } : null
}

/** A canonical without its version and fragment; null where it has neither. */
export function unversioned(canonical: string): string | null {
  const end = canonical.search(/[|#]/)
  return end > 0 ? canonical.slice(0, end) : null
}

/** Every path prefix of a URL, without the URL itself: `http://a`, `http://a/b` of `http://a/b/c`. None for a URN. */
export function pathPrefixes(url: string): readonly string[] {
  const start = url.indexOf('://')
  if (start < 0) return []
  const prefixes: string[] = []
  for (let slash = url.indexOf('/', start + 3); slash >= 0; slash = url.indexOf('/', slash + 1)) {
    if (slash < url.length - 1) prefixes.push(url.slice(0, slash))
  }
  return prefixes
}

/** Of a canonical unit; `=` for quantities without one. */
export const literalUnit = (code: string): string => `=${code}`
export const unitOfSystem = (system: string, code: string): string => `=${system}\n${code}`
export const UCUM = 'http://unitsofmeasure.org'
export const CURRENCY = 'urn:iso:std:iso:4217'

/** Folded strings are cut: an index row must fit a third of a page. */
const LONGEST_STRING = 500

export const limited = (folded: string): string =>
  folded.length <= LONGEST_STRING ? folded : folded.slice(0, LONGEST_STRING).replace(/[\ud800-\udbff]$|\s+$/, '')
