import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  DossierDetail,
  DossierPage,
  DossierSearch,
  DoubtfulJoin,
  DryRun,
  MonthClosing,
  RuleLine,
  SearchedDoubles,
} from '#apps/server'
import { askDesk, tellDesk } from './desk-requests.ts'

/** What the work list is narrowed by. */
export type DossierFilter = Omit<DossierSearch, 'cursor'>

/** One page of the work list. Posted: no address says who was looked for. @param cursor of the page before; '' for the first */
export const readDossiers = (filter: DossierFilter, cursor: string, signal?: AbortSignal): Promise<DossierPage> =>
  tellDesk('POST', 'dossiers/search', { ...filter, cursor }, signal)

/** Asked again while the outbox works, ms. */
const MOVING_MS = 3_000

const isMoving = ({ states: { queued, sent, resent } }: DossierPage): boolean => queued + sent + resent > 0

/** The work list, read further as one scrolls. */
export const useDossiers = (filter: DossierFilter) =>
  useInfiniteQuery({
    queryKey: ['insurance', 'dossiers', filter],
    queryFn: ({ pageParam, signal }) => readDossiers(filter, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: (before) => before,
    refetchInterval: ({ state }) => (state.data?.pages.some(isMoving) ? MOVING_MS : false),
  })

export const useDossier = (id: string) =>
  useQuery({
    queryKey: ['insurance', 'dossier', id],
    queryFn: ({ signal }) => askDesk<DossierDetail>(`dossiers/${encodeURIComponent(id)}`, { signal }),
  })

export const useRules = () =>
  useQuery({
    queryKey: ['insurance', 'rules'],
    queryFn: ({ signal }) => askDesk<{ rules: readonly RuleLine[] }>('rules', { signal }),
    select: ({ rules }) => rules,
  })

/** What a rule does on the dossiers at hand; asked anew each time. */
export const useDryRun = (rule: string) =>
  useQuery({
    queryKey: ['insurance', 'dry-run', rule],
    queryFn: ({ signal }) => askDesk<DryRun>(`rules/${encodeURIComponent(rule)}/dry-run`, { signal }),
    staleTime: 0,
    refetchInterval: false,
  })

export const useMonth = (month: string) =>
  useQuery({
    queryKey: ['insurance', 'month', month],
    queryFn: ({ signal }) => askDesk<MonthClosing>(`months/${month}`, { signal }),
  })

export const useJoins = () =>
  useQuery({
    queryKey: ['insurance', 'joins'],
    queryFn: ({ signal }) => askDesk<{ joins: readonly DoubtfulJoin[] }>('doubtful-joins', { signal }),
    select: ({ joins }) => joins,
  })

/** Looks through all patients for those who may be one without a common number. */
export function useSearchDoubles() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => tellDesk<SearchedDoubles>('POST', 'doubtful-joins/search'),
    onSuccess: () => client.invalidateQueries({ queryKey: ['insurance', 'joins'] }),
  })
}
