/** What happens to accounts while nobody looks, and what an administrator has to look at. */
import { ACCOUNT, accountIn, type AccountRow } from './account-rows.ts'
import { accountList, type AccountEntry } from './account-list.ts'
import { after, DAY } from './tokens.ts'
import type { Account, SignIn } from './types.ts'

/** Unused for so long, an account closes; two weeks before that it is on the list. */
const IDLE_DAYS = 45
const SOON_IDLE_DAYS = 30
/** Half a year after which somebody looks again whether an account is needed. */
const REVIEW_DAYS = 182

const lastUse = ({ opened, lastUsed }: AccountEntry): number => Math.max(opened.getTime(), lastUsed?.getTime() ?? 0)

const unusedFor = (accounts: readonly AccountEntry[], days: number, now: Date): readonly AccountEntry[] =>
  accounts.filter((one) => one.state !== 'disabled' && lastUse(one) <= after(now, -days * DAY).getTime())

const isAdministrator = ({ roles }: AccountEntry): boolean => roles.some(({ role }) => role === 'administrator')

/**
 * Closes what nobody used for 45 days and ends its sessions. Where every administrator would close, the one who was last
 * here stays: a hospital that nobody can administer is worse.
 * @returns those that were closed, for the audit
 */
export async function closeIdleAccounts(signIn: SignIn, now: Date): Promise<readonly Account[]> {
  const accounts = await accountList({ ...signIn, demo: false })
  const idle = unusedFor(accounts, IDLE_DAYS, now)
  const administrators = accounts.filter((one) => isAdministrator(one) && one.state !== 'disabled')
  const [last] = administrators.toSorted((a, b) => lastUse(b) - lastUse(a))
  const closing = idle.filter(({ id }) => id !== last?.id).map(({ id }) => id)
  const closed = await signIn.query<AccountRow>(
    `update account a set state = 'disabled' where a.facility = $1 and a.id::text = any ($2) and a.state <> 'disabled'
       and greatest(a.opened, coalesce(a.last_used, a.opened)) <= $3 returning ${ACCOUNT}`,
    [signIn.facility, closing, after(now, -IDLE_DAYS * DAY)],
  )
  await signIn.query('delete from session where facility = $1 and account::text = any ($2)', [
    signIn.facility,
    closed.map(({ id }) => id),
  ])
  signIn.forget()
  return closed.map(accountIn)
}

/** Accounts that were not used for 30 days and will close, or have closed for that. */
export async function idleList(signIn: SignIn, now: Date): Promise<readonly AccountEntry[]> {
  return unusedFor(await accountList(signIn), SOON_IDLE_DAYS, now)
}

/** Accounts that nobody has looked at for six months. */
export async function reviewList(signIn: SignIn, now: Date): Promise<readonly AccountEntry[]> {
  const before = after(now, -REVIEW_DAYS * DAY)
  return (await accountList(signIn)).filter(
    ({ state, reviewed, created }) => state !== 'disabled' && (reviewed ?? created) <= before,
  )
}

export async function markReviewed({ query, facility, now }: SignIn, { id }: Account): Promise<void> {
  await query('update account set reviewed = $3 where facility = $1 and id = $2', [facility, id, now()])
}

/** How long a browser is remembered that nobody signed in with. */
const DEVICE_DAYS = 400

/** Takes away what has ended. Nothing depends on it: whatever has ended is refused before. */
export async function sweepSignIn({ query, facility, now }: SignIn): Promise<void> {
  const at = now()
  const ended: readonly (readonly [string, Date])[] = [
    ['session where facility = $1 and ends <= $2', at],
    ['challenge where facility = $1 and expires <= $2', at],
    ['sign_in_step where facility = $1 and expires <= $2', at],
    ['one_time_link where facility = $1 and expires <= $2', at],
    ['sign_in_attempt where facility = $1 and last <= $2', after(at, -DAY)],
    [
      'known_device where facility = $1 and device in (select id from device where seen <= $2)',
      after(at, -DEVICE_DAYS * DAY),
    ],
    [
      `device d where facility = $1 and seen <= $2 and not exists (
         select from session s where s.facility = d.facility and s.device = d.id)`,
      after(at, -DEVICE_DAYS * DAY),
    ],
  ]
  for (const [rows, before] of ended) await query(`delete from ${rows}`, [facility, before])
}
