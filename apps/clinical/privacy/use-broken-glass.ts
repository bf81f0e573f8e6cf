import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { GlassShown } from '#apps/server'
import { askOwn, tellOwn } from '../server/index.ts'

const BROKEN = ['privacy', 'broken'] as const
const ASKED_EVERY = 30_000

/** Every broken glass, asked for again by itself; that keeps no session awake. */
export const useBrokenGlass = () =>
  useQuery({
    queryKey: BROKEN,
    staleTime: 0,
    refetchInterval: ASKED_EVERY,
    queryFn: ({ signal }) =>
      askOwn<{ broken: readonly GlassShown[] }>('/access/break-glass/list', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-lanh-background': '1' },
        body: '{}',
        signal,
      }),
    select: ({ broken }) => broken,
  })

interface Verdict {
  readonly id: string
  readonly verdict: 'justified' | 'unjustified'
  readonly note: string
}

/** Says of a broken glass whether it was right. */
export function useReview() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (verdict: Verdict) => tellOwn<GlassShown>('/access/break-glass/review', verdict),
    onSuccess: () => client.invalidateQueries({ queryKey: BROKEN }),
  })
}
