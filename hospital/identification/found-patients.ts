import type { Patient } from '#fhir/r4'
import { foldName } from './fold-name.ts'
import { fullName } from './person-name.ts'
import type { Reading } from './what-was-typed.ts'

/** Somebody in a list of people found. */
export interface FoundPatient {
  readonly patient: Patient
  /** another person in this list carries the same name (marks aside): the eye must not decide by name alone */
  readonly sameName: boolean
}

const lastFour = (patient: Patient): readonly string[] =>
  [...(patient.identifier ?? []), ...(patient.telecom ?? [])].map((one) =>
    (one.value ?? '').replace(/\s/g, '').slice(-4),
  )

/** Vietnamese lists go by given name, then the rest, as people are called. */
const givenNameKey = (patient: Patient): string => {
  const words = foldName(fullName(patient)).split(' ')
  return [words.at(-1), ...words.slice(0, -1)].join(' ')
}

/**
 * Orders what the searches brought: exact names first, then by given name and birth date; each person once; those
 * who do not end in the typed four digits left out.
 */
export function foundPatients(patients: readonly Patient[], readings: readonly Reading[]): readonly FoundPatient[] {
  const named = readings.find((reading) => reading.kind === 'name')
  const wanted = named ? foldName(named.name) : null
  const endsIn = named?.endsIn
  const people = [...new Map(patients.map((patient) => [patient.id, patient])).values()].filter(
    (patient) => !endsIn || lastFour(patient).includes(endsIn),
  )
  const names = people.map((patient) => foldName(fullName(patient)))
  const rank = (patient: Patient) => (foldName(fullName(patient)) === wanted ? 0 : 1)
  return people
    .map((patient, at) => ({
      patient,
      sameName: Boolean(names[at]) && names.filter((name) => name === names[at]).length > 1,
    }))
    .sort(
      (a, b) =>
        rank(a.patient) - rank(b.patient) ||
        givenNameKey(a.patient).localeCompare(givenNameKey(b.patient), 'vi') ||
        (a.patient.birthDate ?? '').localeCompare(b.patient.birthDate ?? ''),
    )
}
