import { randomUUID } from 'node:crypto'
import type { AuditFacts } from '#foundation/audit-log'
import { type Account, closeIdleAccounts, sweepSignIn } from '#foundation/sign-in'
import type { SignInDesk } from './desk.ts'

/** What the product itself, or whoever sits at its console, did to an account. @param reason a word */
export const ownAct = (account: Account, reason: string, at: Date): AuditFacts => ({
  at: at.toISOString(),
  action: 'account-change',
  outcome: 'success',
  agent: {
    account: null,
    reference: 'Device/lanh',
    roles: [],
    client: null,
    session: null,
    network: '',
    purpose: 'HSYSADMIN',
  },
  entities: [{ reference: account.agent }],
  patients: [],
  reason: `${reason} ${account.id}`,
  request: randomUUID(),
})

/** What is due from time to time: closes accounts that nobody used for 45 days and takes away what has ended. */
export async function keepUp({ signIn, audit }: SignInDesk): Promise<void> {
  const now = signIn.now()
  for (const account of await closeIdleAccounts(signIn, now)) await audit(ownAct(account, 'idle', now))
  await sweepSignIn(signIn)
}
