import { useQuery } from '@tanstack/react-query'
import type { ActLine } from '#apps/server'
import { fullName } from '#hospital/identification'
import { readTogether, resourcesOf } from '../server/index.ts'
import { useSession } from '../session/session-store.ts'

const MOST = 50

/** Names of the patients whom acts concern, for whoever may know them; others see references. */
export function usePatientNames(acts: readonly ActLine[]): ReadonlyMap<string, string> | undefined {
  const mayKnow = useSession()?.roles.includes('privacy') ?? false
  const ids = [...new Set(acts.flatMap(({ patients }) => patients))].slice(0, MOST).map((one) => one.split('/')[1])
  const { data } = useQuery({
    queryKey: ['audit', 'names', ids],
    enabled: mayKnow && ids.length > 0,
    refetchInterval: false,
    staleTime: 10 * 60_000,
    queryFn: async ({ signal }) => {
      const [answer] = await readTogether([`Patient?_id=${ids.join(',')}&_elements=name&_count=${MOST}`], signal)
      return new Map(resourcesOf(answer, 'Patient').map((patient) => [`Patient/${patient.id}`, fullName(patient)]))
    },
  })
  return data
}
