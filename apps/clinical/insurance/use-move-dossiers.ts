import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { MovedDossiers } from '#apps/server'
import { tellDesk } from './desk-requests.ts'

/** What the server takes with one request. */
const AT_ONCE = 500

/** A word on who sends some dossiers. */
export interface Move {
  readonly ids: readonly string[]
  readonly to: 'ready' | 'elsewhere'
}

async function move({ ids, to }: Move): Promise<MovedDossiers> {
  let [moved, left] = [0, 0]
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const part = ids.slice(start, start + AT_ONCE)
    const answer = await tellDesk<MovedDossiers>('POST', 'dossiers/move', { ids: part, to })
    moved += answer.moved
    left += answer.left
  }
  return { moved, left }
}

/** Makes dossiers ready to be sent from here, or leaves them to the other program; both may be taken back. */
export function useMoveDossiers() {
  const client = useQueryClient()
  return useMutation({ mutationFn: move, onSettled: () => client.invalidateQueries({ queryKey: ['insurance'] }) })
}
