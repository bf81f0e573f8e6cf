import { keepPreviousData, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import type { FhirResource } from '#fhir/r4'
import { foundPatients, patientSearches, readTyped, type FoundPatient } from '#hospital/identification'
import { hospitalToday } from '../parts/hospital-today.ts'
import { nextPage, readTogether, resourcesOf } from '../server/index.ts'

/** Who answers to a text. */
export interface Found {
  readonly people: readonly FoundPatient[]
  /** more match than were read */
  readonly more: boolean
}

const hasNext = (answer: FhirResource): boolean => answer.resourceType === 'Bundle' && nextPage(answer) !== undefined

/** Who answers to a text. Nothing is asked until there is enough to ask for. */
const findingOf = (text: string) => {
  const readings = readTyped(text, hospitalToday())
  const searches = readings.flatMap(patientSearches)
  return queryOptions({
    queryKey: ['find', searches, readings],
    enabled: searches.length > 0,
    queryFn: async ({ signal }): Promise<Found> => {
      const answers = await readTogether(searches, signal)
      const patients = answers.flatMap((answer) => resourcesOf(answer, 'Patient'))
      return { people: foundPatients(patients, readings), more: answers.some(hasNext) }
    },
  })
}

/** Who answers to what was typed, as far as the server has said; the former list stands until the next one is here. */
export function useFoundPatients(text: string) {
  const finding = findingOf(text)
  const query = useQuery({ ...finding, placeholderData: keepPreviousData })
  return { ...query, asked: finding.enabled === true }
}

/** Asks at once and waits: for somebody who presses Enter before the list has come. */
export function useFindNow(): (text: string) => Promise<Found> {
  const client = useQueryClient()
  return async (text) => {
    const finding = findingOf(text)
    return finding.enabled === true ? client.fetchQuery(finding) : { people: [], more: false }
  }
}
