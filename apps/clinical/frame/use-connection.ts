import { useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { ServerProblem } from '../server/index.ts'

/** Whether the server is reached, and when it last answered (ms since 1970; 0 for never). */
export interface Connection {
  readonly online: boolean
  readonly answeredAt: number
}

const watchNetwork = (changed: () => void): (() => void) => {
  window.addEventListener('online', changed)
  window.addEventListener('offline', changed)
  return () => {
    window.removeEventListener('online', changed)
    window.removeEventListener('offline', changed)
  }
}

/** Offline when the browser has no network or the latest request did not arrive. */
export function useConnection(): Connection {
  const cache = useQueryClient().getQueryCache()
  const watchQueries = (changed: () => void) => cache.subscribe(changed)
  const network = useSyncExternalStore(watchNetwork, () => navigator.onLine)
  const answeredAt = useSyncExternalStore(watchQueries, () =>
    Math.max(0, ...cache.getAll().map((query) => query.state.dataUpdatedAt)),
  )
  const failedAt = useSyncExternalStore(watchQueries, () =>
    Math.max(0, ...cache.getAll().map(({ state }) => (isUnreached(state.error) ? state.errorUpdatedAt : 0))),
  )
  return { online: network && failedAt <= answeredAt, answeredAt }
}

const isUnreached = (error: Error | null): boolean => error instanceof ServerProblem && error.kind === 'offline'
