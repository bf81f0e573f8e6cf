import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { ActPage, ActsAsked, AuditStatus, OpenedAsked } from '#apps/server'
import { askOwn, tellOwn } from '../server/index.ts'

/**
 * A page of the log. It is asked once: looking is an act itself, and a page that asks again by itself would fill the log.
 * @param asked null while nothing has been asked
 */
export const useActs = (asked: ActsAsked | null) =>
  useQuery({
    queryKey: ['audit', 'search', asked],
    enabled: asked !== null,
    refetchInterval: false,
    refetchOnWindowFocus: false,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => tellOwn<ActPage>('/audit/search', asked ?? {}, { signal }),
  })

/** Acts read further as one asks. @param path what may be seen of the log: one record, or every act */
export const useActsOn = (path: 'opened' | 'search', asked: OpenedAsked | ActsAsked, enabled = true) =>
  useInfiniteQuery({
    queryKey: ['audit', path, 'on', asked],
    enabled,
    refetchInterval: false,
    refetchOnWindowFocus: false,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      tellOwn<ActPage>(`/audit/${path}`, pageParam === '' ? asked : { ...asked, cursor: pageParam }, { signal }),
    getNextPageParam: ({ next }) => next ?? undefined,
  })

const STATUS_MS = 30_000

export const useAuditStatus = () =>
  useQuery({
    queryKey: ['audit', 'status'],
    refetchInterval: STATUS_MS,
    queryFn: ({ signal }) => askOwn<AuditStatus>('/audit/status', { signal, headers: { 'x-lanh-background': '1' } }),
  })
