/** `lanh account …`: what is left to whoever sits at the server when nobody can sign in any more. All of it is audited. */
import { auditEntry, openAuditLog } from '#foundation/audit-log'
import {
  type Account,
  accountList,
  disableAccount,
  enableAccount,
  findAccount,
  openSignIn,
  resetAccount,
  type Sealer,
  type SignIn,
} from '#foundation/sign-in'
import { type Hospital, withHospital } from '../open-hospital.ts'
import { type Settings, WrongUse } from '../settings.ts'
import { ownAct } from './own-acts.ts'

/** Nothing that these commands do opens a secret. */
function sealed(): never {
  throw new Error('a command on accounts needs no secret')
}
const SEALED: Sealer = { seal: sealed, open: sealed }

const open = ({ database }: Hospital, { demo }: Settings): SignIn =>
  openSignIn(database.connection, { sealer: SEALED, demo })

/** `lanh account list`: login, state, roles and last use. */
export const listAccounts = (settings: Settings): Promise<number> =>
  withHospital(settings, async (hospital) => {
    const signIn = open(hospital, settings)
    const accounts = await accountList(signIn).finally(() => signIn.close())
    if (accounts.length === 0) console.log('There are no accounts yet: lanh start shows the link that makes the first')
    for (const { name, state, roles, lastUsed } of accounts) {
      const held = [...new Set(roles.map(({ role }) => role))].join(',')
      console.log([name, state, held, lastUsed?.toISOString() ?? 'never used'].join('\t'))
    }
    return 0
  })

/** What is done to an account by its login. @returns a line for the console */
type Change = (signIn: SignIn, account: Account, settings: Settings) => Promise<string>

const CHANGES = {
  disable: async (signIn, account) => {
    const outcome = await disableAccount(signIn, account)
    if (!outcome.ok) throw new WrongUse(outcome.refusals.map(({ message }) => message.en).join('; '))
    return `${account.name} is disabled and signed out`
  },
  enable: async (signIn, account) => {
    await enableAccount(signIn, account)
    return `${account.name} may sign in again`
  },
  link: async (signIn, account, { port }) => {
    if (account.state === 'disabled') await enableAccount(signIn, account)
    const { link = '' } = await resetAccount(signIn, account, 'link')
    return [
      `Every way in of ${account.name} is gone. Good for 24 hours and once, on this machine:`,
      `  http://localhost:${port}${link}`,
      `Elsewhere put the address of the server before ${link.split('#')[0]}.`,
    ].join('\n')
  },
} as const satisfies Readonly<Record<string, Change>>

/** `lanh account disable|enable|link NAME` */
export async function changeAccount(
  settings: Settings,
  words: readonly string[],
  change: keyof typeof CHANGES,
): Promise<number> {
  const [name, ...more] = words
  if (name === undefined || more.length > 0)
    throw new WrongUse(`lanh account ${change} needs one login: lanh account list`)
  return withHospital(settings, async (hospital) => {
    const signIn = open(hospital, settings)
    const log = openAuditLog(hospital.database.connection)
    try {
      const account = await findAccount(signIn, { name })
      if (!account) throw new WrongUse('nobody has that login: see lanh account list')
      const line = await CHANGES[change](signIn, account, settings)
      await log.append(auditEntry(ownAct(account, `console-${change}`, signIn.now())))
      console.log(line)
      return 0
    } finally {
      await Promise.all([signIn.close(), log.close()])
    }
  })
}
