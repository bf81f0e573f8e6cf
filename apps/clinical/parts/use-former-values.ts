import { useQuery } from '@tanstack/react-query'
import type { Observation } from '#fhir/r4'
import { formerValues, isCorrected, type FormerValue } from '#hospital/laboratory'
import { readBundle, resourcesOf } from '../server/index.ts'

/** What a corrected result said before, from its history; asked only of corrected ones, and once a version. */
export function useFormerValues(observation: Observation, decimals?: number): readonly FormerValue[] {
  const { id = '', meta } = observation
  const { data } = useQuery({
    queryKey: ['former values', id, meta?.versionId],
    enabled: isCorrected(observation) && id !== '',
    // what was is not going to change
    staleTime: Infinity,
    refetchInterval: false,
    queryFn: async ({ signal }) =>
      resourcesOf(await readBundle(`Observation/${id}/_history?_count=20`, signal), 'Observation'),
  })
  return data ? formerValues(data, decimals) : []
}
