/**
 * Search parameters that the standard does not have and a registration desk needs: people are looked for by their
 * initials and by the last four digits of any number of theirs. What is indexed is read out of the value; from there on
 * they are parameters like any other.
 *
 * @source http://hl7.org/fhir/R4/searchparameter-registry.html (servers may define further parameters)
 */
import type { SearchParameter } from '#fhir/definitions'
import type { TypedValue } from '#fhir/fhirpath'
import { fields, list, text } from './fields.ts'
import { fold } from './fold.ts'

/** What is indexed of one value of the expression: texts, none where it holds nothing of the kind. */
export type Reading = (value: TypedValue) => readonly string[]

/** A parameter of ours. */
export interface OwnParameter {
  readonly definition: SearchParameter
  readonly reading: Reading
}

/** `nva` of Nguyễn Văn An, in the Vietnamese order. A name of one word has no initials. */
function initials({ value }: TypedValue): readonly string[] {
  const { family, given, text: whole } = fields(value)
  const written = text(whole) ?? [family, ...list(given)].filter((part) => typeof part === 'string').join(' ')
  const words = fold(written).split(' ')
  return words.length < 2 ? [] : [words.map((word) => word[0]).join('')]
}

/** `4567` of 0912 344 567, `079085004567` and `GD4797912344567`; nothing of a number with fewer digits. */
function lastDigits({ value }: TypedValue): readonly string[] {
  const written = text(typeof value === 'string' ? value : fields(value)['value'])
  const digits = written?.replace(/\D/g, '') ?? ''
  return digits.length < 4 ? [] : [digits.slice(-4)]
}

const defined = (code: string, type: 'string' | 'token', expression: string): SearchParameter => ({
  code,
  url: `urn:lanh:search-parameter:${code}`,
  type,
  expression,
  target: [],
  components: [],
  modifiers: ['missing'],
})

const OWN: Readonly<Record<string, readonly OwnParameter[]>> = {
  Patient: [
    { definition: defined('initials', 'string', 'Patient.name'), reading: initials },
    {
      definition: defined('last-digits', 'token', 'Patient.identifier | Patient.telecom'),
      reading: lastDigits,
    },
  ],
  Coverage: [
    {
      definition: defined('last-digits', 'token', 'Coverage.identifier | Coverage.subscriberId'),
      reading: lastDigits,
    },
  ],
}

/** Ours of a resource type; none for most. */
export const ownParametersOf = (type: string): readonly OwnParameter[] => OWN[type] ?? []
