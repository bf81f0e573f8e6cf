import { useInfiniteQuery } from '@tanstack/react-query'
import type { Bundle, FhirResource } from '#fhir/r4'
import { useMemo } from 'react'
import { includedIn, matchesOf, nextPage, totalOf } from './bundle.ts'
import { readBundle } from './request.ts'

/** What was read of a search so far, and how to read on. */
export interface Pages<T extends FhirResource> {
  readonly resources: readonly T[]
  /** what came along by _include */
  readonly included: readonly FhirResource[]
  readonly total: number | undefined
  readonly isLoading: boolean
  readonly isLoadingMore: boolean
  readonly hasMore: boolean
  readonly error: Error | null
  /** asks for the next page, if there is one; after a failure only `retry` asks again */
  readonly loadMore: () => void
  /** asks again for what failed: the first page, or the one that did not follow */
  readonly retry: () => void
}

/** More pages than this are not read again by themselves: a reader deep in the past would wait for all of them. */
const MOST_REREAD = 2

const isShort = (query: { readonly state: { readonly data?: { readonly pages: readonly unknown[] } } }): boolean =>
  (query.state.data?.pages.length ?? 0) <= MOST_REREAD

/** A search read page by page along its `next` links, as far as the reader scrolls. */
export function usePages<T extends FhirResource>(search: string, enabled = true): Pages<T> {
  const query = useInfiniteQuery({
    queryKey: ['pages', search],
    enabled,
    initialPageParam: search,
    queryFn: ({ pageParam, signal }) => readBundle(pageParam, signal),
    getNextPageParam: (page: Bundle<FhirResource>) => nextPage(page),
    refetchOnWindowFocus: isShort,
    refetchInterval: (query) => (isShort(query) ? 60_000 : false),
    // coming back soon finds the place; coming back later starts anew at the newest page
    refetchOnMount: isShort,
    gcTime: 30_000,
  })
  const { data, hasNextPage, isFetching, fetchNextPage, refetch } = query
  const resources = useMemo(() => (data?.pages ?? []).flatMap((page) => matchesOf(page) as readonly T[]), [data])
  const included = useMemo(() => (data?.pages ?? []).flatMap(includedIn), [data])
  return {
    resources,
    included,
    total: totalOf(data?.pages[0]),
    isLoading: query.isPending && enabled,
    isLoadingMore: query.isFetchingNextPage,
    hasMore: hasNextPage,
    error: query.error,
    loadMore: () => {
      // a page that is on its way is not asked for twice
      if (hasNextPage && !isFetching && !query.isError) void fetchNextPage({ cancelRefetch: false })
    },
    retry: () => void (data && hasNextPage ? fetchNextPage() : refetch()),
  }
}
