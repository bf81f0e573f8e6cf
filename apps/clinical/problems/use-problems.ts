import { useQuery } from '@tanstack/react-query'
import type { Condition } from '#fhir/r4'
import { useEffect, useMemo } from 'react'
import { problemList } from '#hospital/medical-record'
import { readBundle, resourcesOf, usePages } from '../server/index.ts'

/** Every condition, read to the end: a problem list with pages missing would lie. */
export function useProblems(id: string) {
  const pages = usePages<Condition>(`Condition?patient=${id}&_count=500`)
  const { hasMore, isLoadingMore, loadMore, error, resources } = pages
  useEffect(() => {
    if (hasMore && !isLoadingMore && !error) loadMore()
  })
  const problems = useMemo(() => problemList(resources), [resources])
  // a failed re-reading leaves a complete list complete; an unfinished one must not pass for it
  return { ...pages, problems, error: hasMore || resources.length === 0 ? error : null }
}

/** All allergy records, the withdrawn ones too; what they come to is decided in `hospital/identification`. */
export const useAllergies = (id: string) =>
  useQuery({
    queryKey: ['allergies', id],
    queryFn: async ({ signal }) =>
      resourcesOf(await readBundle(`AllergyIntolerance?patient=${id}&_count=100`, signal), 'AllergyIntolerance'),
  })
