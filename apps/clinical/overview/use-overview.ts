import { useQuery } from '@tanstack/react-query'
import type { FhirResource } from '#fhir/r4'
import { readTogether, resourcesOf, totalOf } from '../server/index.ts'

const searches = (id: string): readonly string[] => [
  `Encounter?patient=${id}&_sort=-date&_count=6&_include=Encounter:diagnosis&_total=accurate`,
  `Condition?patient=${id}&clinical-status=active,recurrence,relapse&_count=100`,
  `MedicationRequest?patient=${id}&status=active,on-hold&_sort=-authoredon&_count=60`,
  `Observation?patient=${id}&category=vital-signs&_sort=-date&_count=60`,
  `Observation?patient=${id}&category=laboratory&_sort=-date&_count=100`,
  `ServiceRequest?patient=${id}&status=active&_sort=-authored&_count=12`,
  `Composition?patient=${id}&_sort=-date&_count=5`,
  `DocumentReference?patient=${id}&_sort=-date&_count=5`,
]

/** What the first page of a chart shows, read in one request. */
export interface Overview {
  readonly visits: ReturnType<typeof resourcesOf<'Encounter'>>
  readonly visitCount: number | undefined
  /** the diagnoses that the visits name */
  readonly diagnoses: ReturnType<typeof resourcesOf<'Condition'>>
  readonly conditions: ReturnType<typeof resourcesOf<'Condition'>>
  readonly medicines: ReturnType<typeof resourcesOf<'MedicationRequest'>>
  readonly vitals: ReturnType<typeof resourcesOf<'Observation'>>
  readonly results: ReturnType<typeof resourcesOf<'Observation'>>
  readonly orders: ReturnType<typeof resourcesOf<'ServiceRequest'>>
  readonly notes: ReturnType<typeof resourcesOf<'Composition'>>
  readonly documents: ReturnType<typeof resourcesOf<'DocumentReference'>>
}

const toOverview = ([
  visits,
  conditions,
  medicines,
  vitals,
  results,
  orders,
  notes,
  documents,
]: readonly FhirResource[]): Overview => ({
  visits: resourcesOf(visits, 'Encounter'),
  visitCount: totalOf(visits),
  diagnoses: resourcesOf(visits, 'Condition'),
  conditions: resourcesOf(conditions, 'Condition'),
  medicines: resourcesOf(medicines, 'MedicationRequest'),
  vitals: resourcesOf(vitals, 'Observation'),
  results: resourcesOf(results, 'Observation'),
  orders: resourcesOf(orders, 'ServiceRequest'),
  notes: resourcesOf(notes, 'Composition'),
  documents: resourcesOf(documents, 'DocumentReference'),
})

/** The first page of a chart in one request. */
export const useOverview = (id: string) =>
  useQuery({
    queryKey: ['overview', id],
    queryFn: async ({ signal }) => toOverview(await readTogether(searches(id), signal)),
  })
