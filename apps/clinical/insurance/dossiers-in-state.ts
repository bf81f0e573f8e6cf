import { useQuery } from '@tanstack/react-query'
import type { DossierLine, DossierState } from '#apps/server'
import { readDossiers, type DossierFilter } from './use-desk.ts'

/** These dossiers, or all in one state within the filter. */
export interface ChosenDossiers {
  readonly dossiers: readonly DossierLine[] | 'all'
  readonly state: DossierState
  readonly filter: DossierFilter
}

/** All pages: the number and sum that somebody agrees to are those of what is done. */
async function allPages(filter: DossierFilter, signal: AbortSignal): Promise<readonly DossierLine[]> {
  const found: DossierLine[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page = await readDossiers(filter, cursor, signal)
    found.push(...page.dossiers)
    cursor = page.next
  }
  return found
}

/** The chosen dossiers, read once: what is asked about does not change while somebody decides. */
export const useChosenDossiers = ({ dossiers, state, filter }: ChosenDossiers) =>
  useQuery({
    queryKey: ['insurance', 'chosen', dossiers, state, filter],
    queryFn: ({ signal }) => (dossiers === 'all' ? allPages({ ...filter, state }, signal) : dossiers),
    staleTime: Infinity,
    gcTime: 0,
    refetchInterval: false,
    refetchOnWindowFocus: false,
  })
