import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AccountLine, Handed, RoleGiven, SessionLine } from '#apps/server'
import { askOwn, tellOwn } from '../server/index.ts'

const ACCOUNTS = ['administration'] as const

interface Accounts {
  readonly accounts: readonly AccountLine[]
}

/** Every account, or those of one of the two lists that are watched. */
export const useAccounts = (list: 'accounts' | 'review' | 'idle' = 'accounts') =>
  useQuery({
    queryKey: [...ACCOUNTS, list],
    queryFn: ({ signal }) => askOwn<Accounts>(`/administration/${list}`, { signal }),
    select: ({ accounts }) => accounts,
  })

/** Open sessions of an account. */
export const useSessionsOf = (account: string) =>
  useQuery({
    queryKey: [...ACCOUNTS, 'sessions', account],
    queryFn: ({ signal }) =>
      tellOwn<{ sessions: readonly SessionLine[] }>('/administration/accounts/sessions', { account }, { signal }),
    select: ({ sessions }) => sessions,
  })

/** One change of an account; the lists are read again afterwards. Confirming who it is happens on the way. */
function useChange<Wish extends object, Answer>(path: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (wish: Wish) => tellOwn<Answer>(`/administration/${path}`, wish),
    onSuccess: () => client.invalidateQueries({ queryKey: ACCOUNTS }),
  })
}

/** What a new account is. */
export interface NewAccount {
  readonly name: string
  readonly display: string
  readonly agent: string
  readonly roles: readonly RoleGiven[]
  readonly way: 'link' | 'password'
}

interface About {
  readonly account: string
}

interface Reasoned extends About {
  readonly reason: string
}

export const useCreateAccount = () => useChange<NewAccount, Handed>('accounts')
export const useSetRoles = () => useChange<About & { roles: readonly RoleGiven[] }, AccountLine>('accounts/roles')
export const useRenameAccount = () =>
  useChange<About & { display: string; agent: string }, AccountLine>('accounts/rename')
export const useDisableAccount = () => useChange<Reasoned, AccountLine>('accounts/disable')
export const useEnableAccount = () => useChange<Reasoned, AccountLine>('accounts/enable')
export const useResetAccount = () => useChange<Reasoned & { way: 'link' }, Handed>('accounts/reset')
export const useEndSessions = () =>
  useChange<About & { session?: string }, { sessions: readonly SessionLine[] }>('accounts/sessions/end')
export const useMarkReviewed = () => useChange<About, Accounts>('review')
