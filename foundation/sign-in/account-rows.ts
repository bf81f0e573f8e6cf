import type { Account, AccountState } from './types.ts'

export interface AccountRow {
  id: string
  name: string
  display: string
  agent: string
  state: AccountState
}

/** Columns of `account` under the alias `a`, as `accountIn` reads them. */
export const ACCOUNT = 'a.id, a.name, a.display, a.agent, a.state'

export const accountIn = ({ id, name, display, agent, state }: AccountRow): Account => ({
  id,
  name,
  display,
  agent,
  state,
})

/** What is typed at sign-in, so that it does not matter how: NFC, small letters, no spaces around. */
export const foldLogin = (typed: string): string => typed.normalize('NFC').trim().toLowerCase()
