import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Composition, Condition, Encounter, Observation } from '#fhir/r4'
import { cumulativeTable } from '#hospital/laboratory'
import { readTogether, resourcesOf, usePages } from '../server/index.ts'

/** What narrows the list of visits; the server does it. */
export interface VisitFilter {
  /** `AMB`, `IMP` or `EMER` */
  readonly kind?: string
  readonly year?: string
}

/** Visits and stays, newest first, with the diagnoses they name. */
export function useVisits(id: string, { kind, year }: VisitFilter) {
  const filter = `${kind ? `&class=${kind}` : ''}${year ? `&date=${year}` : ''}`
  const pages = usePages<Encounter>(
    `Encounter?patient=${id}${filter}&_sort=-date&_count=100&_include=Encounter:diagnosis&_total=accurate`,
  )
  const { included } = pages
  const conditions = useMemo(
    () => included.filter((one): one is Condition => one.resourceType === 'Condition'),
    [included],
  )
  return { ...pages, conditions }
}

const searches = (visit: string): readonly string[] => [
  `Encounter/${visit}`,
  `Encounter?_id=${visit}&_include=Encounter:diagnosis`,
  `MedicationRequest?encounter=${visit}&_sort=-authoredon&_count=100`,
  `DiagnosticReport?encounter=${visit}&_sort=-date&_count=60`,
  `Procedure?encounter=${visit}&_sort=-date&_count=60`,
  `ServiceRequest?encounter=${visit}&status=active&_count=60`,
]

/** One visit with what was decided and done in it. */
export const useVisit = (visit: string) =>
  useQuery({
    queryKey: ['visit', visit],
    queryFn: async ({ signal }) => {
      const [encounter, named, medicines, reports, procedures, orders] = await readTogether(searches(visit), signal)
      return {
        encounter: resourcesOf(encounter, 'Encounter')[0],
        conditions: resourcesOf(named, 'Condition'),
        medicines: resourcesOf(medicines, 'MedicationRequest'),
        reports: resourcesOf(reports, 'DiagnosticReport'),
        procedures: resourcesOf(procedures, 'Procedure'),
        orders: resourcesOf(orders, 'ServiceRequest'),
      }
    },
  })

/** Vital signs of a visit as a flowsheet, read page by page. */
export function useFlowsheet(visit: string) {
  const pages = usePages<Observation>(`Observation?encounter=${visit}&category=vital-signs&_sort=-date&_count=500`)
  const { resources } = pages
  const table = useMemo(() => cumulativeTable(resources), [resources])
  return { ...pages, table }
}

/** Notes of a visit, newest first. */
export const useNotes = (visit: string) => usePages<Composition>(`Composition?encounter=${visit}&_sort=-date&_count=50`)
