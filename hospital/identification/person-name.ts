import type { HumanName, Patient } from '#fhir/r4'

const OFFICIAL_FIRST: readonly (string | undefined)[] = ['official', 'usual', undefined]

/** The name to show: official before usual before any other; never an old or maiden one while another exists. */
export const chosenName = (names: readonly HumanName[] | undefined): HumanName | undefined => {
  for (const use of OFFICIAL_FIRST) {
    const found = names?.find((name) => name.use === use)
    if (found) return found
  }
  return names?.[0]
}

/** One name in the Vietnamese order: family, middle, given. '' when nothing is written. */
export const nameText = (name: HumanName | undefined): string =>
  name?.text?.trim() || [name?.family, ...(name?.given ?? [])].filter(Boolean).join(' ')

/** The patient's name as written; '' when unknown (an unconscious patient without papers). */
export const fullName = (patient: Pick<Patient, 'name'>): string => nameText(chosenName(patient.name))
