import type { AllergyIntolerance, CodeableConcept } from '#fhir/r4'

/** Asked and none, never asked, or the list: three different things to a prescriber. */
export type AllergyState =
  | { readonly kind: 'not-asked' }
  | { readonly kind: 'none-known' }
  | { readonly kind: 'known'; readonly allergies: readonly AllergyIntolerance[]; readonly severe: boolean }

/** SNOMED CT "no known … allergy" and its children in use. @source http://hl7.org/fhir/R4/valueset-allergyintolerance-code.html */
const NONE_KNOWN = new Set(['716186003', '409137002', '428607008', '429625007', '1003774007', '428197003', '716184000'])
const NONE_KNOWN_TEXT = /^(không (có |ghi nhận )?(tiền sử )?dị ứng|no known allerg)/i

const isNoneKnown = (code: CodeableConcept | undefined): boolean =>
  (code?.coding?.some((coding) => coding.code && NONE_KNOWN.has(coding.code)) ?? false) ||
  NONE_KNOWN_TEXT.test(code?.text ?? '')

const statusOf = (concept: CodeableConcept | undefined): string => concept?.coding?.[0]?.code ?? ''

/** A record that still counts: not resolved, not entered in error, not refuted. */
export const isCurrentAllergy = (allergy: AllergyIntolerance): boolean =>
  !['inactive', 'resolved'].includes(statusOf(allergy.clinicalStatus)) &&
  !['entered-in-error', 'refuted'].includes(statusOf(allergy.verificationStatus))

/** High criticality, or a reaction that was severe. */
export const isSevere = (allergy: AllergyIntolerance): boolean =>
  allergy.criticality === 'high' || (allergy.reaction?.some((reaction) => reaction.severity === 'severe') ?? false)

/** A known allergy outweighs a "no known allergy" left standing beside it. */
export function allergyState(records: readonly AllergyIntolerance[]): AllergyState {
  const current = records.filter(isCurrentAllergy)
  const allergies = current.filter((record) => !isNoneKnown(record.code))
  if (allergies.length > 0) {
    return {
      kind: 'known',
      allergies: allergies.toSorted((a, b) => Number(isSevere(b)) - Number(isSevere(a))),
      severe: allergies.some(isSevere),
    }
  }
  return { kind: current.length > 0 ? 'none-known' : 'not-asked' }
}
