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

/** Vietnamese lists go by given name, then the rest, as people are called. */
const givenNameKey = (patient: Patient): string => {
  const words = foldName(fullName(patient)).split(' ')
  return [words.at(-1), ...words.slice(0, -1)].join(' ')
}

const initialsOf = (folded: string): string =>
  folded
    .split(' ')
    .map((word) => word[0])
    .join('')

/** How well a folded name answers what was typed: 0 the whole name, 1 from one of its words on, 2 its initials, 3 otherwise. */
function rankOf(folded: string, typed: string | null): number {
  if (typed === null) return 0
  if (folded === typed) return 0
  if (` ${folded}`.includes(` ${typed}`)) return 1
  return initialsOf(folded) === typed ? 2 : 3
}

/**
 * Orders what the searches brought: the exact name first, then names that begin like it, then initials; among equals by
 * given name and birth date; each person once.
 */
export function foundPatients(patients: readonly Patient[], readings: readonly Reading[]): readonly FoundPatient[] {
  const named = readings.find((reading) => reading.kind === 'name')
  const wanted = named ? foldName(named.name) : null
  const people = [...new Map(patients.map((patient) => [patient.id, patient])).values()]
  const names = people.map((patient) => foldName(fullName(patient)))
  const rank = (patient: Patient) => rankOf(foldName(fullName(patient)), wanted)
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
