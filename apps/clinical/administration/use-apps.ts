import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ClientLine, NewClient } from '#apps/server'
import { askOwn, tellOwn } from '../server/index.ts'

const APPS = ['oauth', 'clients'] as const

interface Clients {
  readonly clients: readonly ClientLine[]
}

/** Apps that may read the record. */
export const useApps = () =>
  useQuery({
    queryKey: APPS,
    queryFn: ({ signal }) => askOwn<Clients>('/oauth/clients', { signal }),
    select: ({ clients }) => clients,
  })

function useChange<Wish extends object, Answer>(path: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (wish: Wish) => tellOwn<Answer>(path, wish),
    onSuccess: () => client.invalidateQueries({ queryKey: APPS }),
  })
}

/** What a new app gets; the secret is shown this once. */
export interface MadeApp {
  readonly id: string
  readonly secret?: string
}

export const useAddApp = () => useChange<NewClient, MadeApp>('/oauth/clients')
export const useRemoveApp = () => useChange<{ id: string }, Clients>('/oauth/clients/remove')
