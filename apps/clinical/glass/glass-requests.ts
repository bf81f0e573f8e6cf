import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { GlassAsked, GlassReason, GlassShown } from '#apps/server'
import { askOwn, tellOwn } from '../server/index.ts'

/** What the dialog needs: why a glass may be broken, for how long, and how many characters explain it. */
export interface GlassTerms {
  readonly reasons: readonly GlassReason[]
  readonly hours: number
  /** characters, at least */
  readonly text: number
}

interface OpenGlasses {
  readonly open: readonly GlassShown[]
}

const OPEN = ['glass', 'open']

export const useGlassTerms = () =>
  useQuery({
    queryKey: ['glass', 'terms'],
    queryFn: ({ signal }) => askOwn<GlassTerms>('/access/reasons', { signal }),
    staleTime: Infinity,
    refetchInterval: false,
  })

/** The glasses that whoever is signed in has open now. */
export const useOpenGlasses = () =>
  useQuery({
    queryKey: OPEN,
    queryFn: ({ signal }) => askOwn<OpenGlasses>('/access/break-glass', { signal }),
    select: ({ open }) => open,
  })

/** Breaks a glass; the chart is read again with what it opened. */
export function useBreakGlass() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (asked: GlassAsked) => tellOwn<GlassShown>('/access/break-glass', asked),
    onSuccess: () => client.resetQueries(),
  })
}

/** Closes a glass before its time; nothing that it showed stays. */
export function useEndGlass() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => tellOwn<OpenGlasses>('/access/break-glass/end', { id }),
    onSuccess: () => client.resetQueries(),
  })
}
