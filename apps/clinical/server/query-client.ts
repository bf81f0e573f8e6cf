import { QueryClient } from '@tanstack/react-query'
import { ServerProblem } from './server-problem.ts'

const worthTrying = (error: unknown): boolean => error instanceof ServerProblem && error.kind === 'fault'

/** Charts stay fresh for half a minute; a second look at an open tab costs no request. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 10 * 60_000,
      // show "no connection" at once instead of waiting silently for the network
      networkMode: 'always',
      // a chart left open must not grow old in silence: it is read again when somebody looks, and every minute while they do
      refetchOnWindowFocus: true,
      refetchInterval: 60_000,
      retry: (failures, error) => failures < 1 && worthTrying(error),
      retryDelay: 400,
    },
  },
})
