import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { CardHolder, CardLookUp, CardLookUpAnswer, CheckIn } from '#apps/server'
import { tellDesk } from './desk-requests.ts'

/** Asks the portal about a card. Never by itself: the portal keeps who looked whom up. */
export const useCardLookUp = () =>
  useMutation({ mutationFn: (asked: CardLookUp) => tellDesk<CardLookUpAnswer>('POST', 'card-look-ups', asked) })

/** Makes the card of an answer a patient's. */
export function useApplyCard(answer: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (patient: string) =>
      tellDesk<CardHolder>('POST', `card-look-ups/${encodeURIComponent(answer)}/apply`, { patient }),
    // The banner of the chart shows the card, too.
    onSuccess: () => client.invalidateQueries(),
  })
}

/** Asked again while the message is on its way, ms. */
const MOVING_MS = 2_000

const isMoving = (checkIn: CheckIn | null | undefined): boolean =>
  checkIn?.state === 'queued' || checkIn?.state === 'sent' || checkIn?.state === 'resent'

/** How the message that somebody came stands. @param known what was told with the answer */
export const useCheckIn = (encounter: string, known: CheckIn | null) =>
  useQuery({
    queryKey: ['insurance', 'check-in', encounter],
    queryFn: ({ signal }) =>
      tellDesk<{ checkIn: CheckIn | null }>('POST', 'check-ins/state', { encounter }, signal).then(
        (told) => told.checkIn,
      ),
    initialData: known,
    refetchInterval: ({ state }) => (isMoving(state.data) ? MOVING_MS : false),
  })

/** Tells the portal that somebody came. */
export function useSendCheckIn(encounter: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => tellDesk<CheckIn>('POST', 'check-ins', { encounter }),
    onSuccess: (checkIn) => client.setQueryData(['insurance', 'check-in', encounter], checkIn),
  })
}
