import { useQuery } from '@tanstack/react-query'
import type { StandingShown } from '#apps/server'
import { tellOwn } from '../server/index.ts'
import { standingNow } from './session-store.ts'

/** Without sign-in everybody sees everything. */
const EVERYTHING: StandingShown = { reads: {}, breakGlass: false, refusal: null }

/** Asked before anything of a chart is: a search that may not see finds nothing, and nothing looks like an empty chart. */
export const standingQuery = (id: string) => ({
  ...(standingNow().state === 'without' && { initialData: EVERYTHING }),
  queryKey: ['standing', id],
  queryFn: ({ signal }: { readonly signal: AbortSignal }): Promise<StandingShown> =>
    standingNow().state === 'without'
      ? Promise.resolve(EVERYTHING)
      : tellOwn<StandingShown>('/access/standing', { patient: `Patient/${id}` }, { signal }),
})

/** What of this chart is open to whoever is signed in. */
export const useChartStanding = (id: string) => useQuery(standingQuery(id))

/** What the server named as closed is closed; of the rest nothing is known to be. */
export const isOpenTo = ({ reads }: StandingShown, type: string): boolean => reads[type] !== false
