import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Observation } from '#fhir/r4'
import { cumulativeTable, trendOf, type ResultRow } from '#hospital/laboratory'
import { readBundle, resourcesOf, usePages } from '../server/index.ts'

/** Laboratory results as a sheet, read further into the past as the reader scrolls. */
export function useResults(id: string) {
  const pages = usePages<Observation>(`Observation?patient=${id}&category=laboratory&_sort=-date&_count=200`)
  const { resources } = pages
  const table = useMemo(() => cumulativeTable(resources), [resources])
  return { ...pages, table }
}

/** The whole course of one test, also of results the sheet has not read yet. */
export function useTrend(id: string, row: ResultRow) {
  const search = `Observation?patient=${id}&code=${encodeURIComponent(row.token ?? '')}&_sort=-date&_count=500`
  const { data, error, isPending } = useQuery({
    queryKey: ['trend', search],
    enabled: row.token !== null,
    queryFn: async ({ signal }) => resourcesOf(await readBundle(search, signal), 'Observation'),
  })
  const trend = useMemo(() => (data ? trendOf(data, row.unit) : undefined), [data, row.unit])
  return { trend, error, isPending }
}
