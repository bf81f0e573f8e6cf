import type { Condition, Encounter } from '#fhir/r4'
import { conceptText } from '#hospital/laboratory'

/** A diagnosis of one visit or stay. */
export interface EncounterDiagnosis {
  /** v3 diagnosis role: AD on admission, DD on discharge, CC complaint, CM comorbidity; '' when unsaid */
  readonly role: string
  readonly roleText: string
  readonly name: string
  readonly code: string
}

/** What was found out in the end counts before what was thought at the door. @source http://hl7.org/fhir/R4/valueset-diagnosis-role.html */
const ROLES = ['DD', 'post-op', 'AD', 'pre-op', 'CC', '', 'CM', 'billing']

const place = (role: string): number => (ROLES.indexOf(role) + ROLES.length) % ROLES.length

/** @param conditions those the encounter refers to, as far as they were read */
export function encounterDiagnoses(
  encounter: Encounter,
  conditions: readonly Condition[],
): readonly EncounterDiagnosis[] {
  const byReference = new Map(conditions.map((condition) => [`Condition/${condition.id}`, condition]))
  return (encounter.diagnosis ?? [])
    .map(({ condition, use, rank = 99 }) => {
      const known = byReference.get(condition.reference ?? '')
      const name = conceptText(known?.code) || condition.display || ''
      return {
        role: use?.coding?.[0]?.code ?? '',
        roleText: conceptText(use),
        name,
        code: known?.code?.coding?.[0]?.code ?? '',
        rank,
      }
    })
    .filter(({ name }) => name)
    .sort((a, b) => place(a.role) - place(b.role) || a.rank - b.rank)
}
