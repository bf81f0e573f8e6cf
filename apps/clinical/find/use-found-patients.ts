import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { FhirResource } from '#fhir/r4'
import { foundPatients, patientSearches, readTyped, type FoundPatient } from '#hospital/identification'
import { hospitalToday } from '../parts/hospital-today.ts'
import { nextPage, readTogether, resourcesOf } from '../server/index.ts'

export interface Found {
  readonly people: readonly FoundPatient[]
  /** more match than were read */
  readonly more: boolean
}

const hasNext = (answer: FhirResource): boolean => answer.resourceType === 'Bundle' && nextPage(answer) !== undefined

/** Who answers to what was typed. Nothing is asked until there is enough to ask for. */
export function useFoundPatients(text: string) {
  const readings = readTyped(text, hospitalToday())
  const searches = readings.flatMap(patientSearches)
  const query = useQuery({
    queryKey: ['find', searches],
    enabled: searches.length > 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<Found> => {
      const answers = await readTogether(searches, signal)
      const patients = answers.flatMap((answer) => resourcesOf(answer, 'Patient'))
      return { people: foundPatients(patients, readings), more: answers.some(hasNext) }
    },
  })
  return { ...query, asked: searches.length > 0 }
}
