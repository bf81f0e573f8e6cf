import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { MyAccount } from '#apps/server'
import { askOwn, ServerProblem, tellOwn } from '../server/index.ts'
import { askSession } from '../session/ask-session.ts'

const ACCOUNT = ['account']

export const useAccount = () =>
  useQuery({
    queryKey: ACCOUNT,
    queryFn: ({ signal }) => askOwn<MyAccount>('/sign-in/account', { signal }),
  })

/** A change of one's own account; what the account is afterwards is shown at once. */
export interface AccountAct {
  readonly isBusy: boolean
  /** why the last one was refused; '' without one */
  readonly refused: string
  readonly do: (act: () => Promise<MyAccount | null>, then?: () => void) => void
}

/** Runs changes one after the other. */
export function useAccountAct(): AccountAct {
  const client = useQueryClient()
  const acting = useMutation({
    mutationFn: (act: () => Promise<MyAccount | null>) => act(),
    onSuccess: (account) => {
      if (account) client.setQueryData(ACCOUNT, account)
      // the session knows whether there is a PIN, a passkey, advice
      void askSession(false)
    },
  })
  return {
    isBusy: acting.isPending,
    refused: acting.error instanceof ServerProblem ? acting.error.said : (acting.error?.message ?? ''),
    do: (act, then) => acting.mutate(act, then && { onSuccess: then }),
  }
}

/** Posts below `/sign-in/account/`. @throws {ServerProblem} */
export const tellAccount = <T = MyAccount>(path: string, value: object = {}): Promise<T> =>
  tellOwn<T>(`/sign-in/account/${path}`, value)
