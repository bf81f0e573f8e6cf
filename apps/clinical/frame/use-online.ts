import { useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { ServerProblem } from '../server/index.ts'

/** False when the browser has no network or the last answers failed to arrive. */
export function useOnline(): boolean {
  const cache = useQueryClient().getQueryCache()
  const network = useSyncExternalStore(
    (changed) => {
      window.addEventListener('online', changed)
      window.addEventListener('offline', changed)
      return () => {
        window.removeEventListener('online', changed)
        window.removeEventListener('offline', changed)
      }
    },
    () => navigator.onLine,
  )
  const reached = useSyncExternalStore(
    (changed) => cache.subscribe(changed),
    () => {
      const latest = cache.getAll().reduce(
        (last, query) => {
          const at = Math.max(query.state.dataUpdatedAt, query.state.errorUpdatedAt)
          return at > last.at ? { at, error: query.state.error } : last
        },
        { at: 0, error: null as Error | null },
      )
      return !(latest.error instanceof ServerProblem && latest.error.kind === 'offline')
    },
  )
  return network && reached
}
