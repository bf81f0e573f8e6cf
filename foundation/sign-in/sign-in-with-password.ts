/** Password, then what the account needs besides: a code, another password, a second factor. */
import { ACCOUNT, accountIn, type AccountRow, foldLogin } from './account-rows.ts'
import { countTries, forget, LOCKING_FAILURES, ofAddress, ofLogin, takeBack } from './attempts.ts'
import { checkPassword, isSecret, storePassword } from './passwords.ts'
import { renewRecoveryCodes, useRecoveryCode } from './recovery-codes.ts'
import { notIn } from './refusals.ts'
import { openSession } from './sessions.ts'
import { findTicket, giveTicket, type Ticket, useTicket } from './tickets.ts'
import { DAY } from './tokens.ts'
import { beginTotp, confirmTotp, type TotpSecret, useTotp } from './totp.ts'
import type { Account, NextStep, Opened, Place, SignIn, Tried } from './types.ts'

type Step = Tried<Opened | NextStep>

interface Candidate extends AccountRow {
  hash: string | null
  alone: boolean | null
  must_change: boolean | null
  changed: Date | null
  totp: boolean
}

const candidate = async (
  { query, facility }: SignIn,
  by: 'name' | 'id',
  value: string,
): Promise<Candidate | undefined> => {
  const [row] = await query<Candidate>(
    `select ${ACCOUNT}, p.hash, p.alone, p.must_change, p.changed,
       exists (select from totp t where t.facility = a.facility and t.account = a.id and t.secret is not null) as totp
     from account a left join password p on p.facility = a.facility and p.account = a.id
     where a.facility = $1 and a.${by} = $2`,
    [facility, value],
  )
  return row
}

/** The same work, time and answer for a wrong password, a login that nobody has, and an account that is closed. */
export async function signInWithPassword(signIn: SignIn, name: string, password: string, place: Place): Promise<Step> {
  const login = foldLogin(name)
  const counters = [ofAddress(place), await ofLogin(signIn, login, place)] as const
  const may = await countTries(signIn, counters)
  const found = await candidate(signIn, 'name', login)
  const account = found ? accountIn(found) : null
  if (!may.ok) {
    if (account) await lockAfterMany(signIn, account, counters[1].subject)
    return { ...may, account }
  }
  const fits = await isSecret(found?.hash ?? null, password)
  if (!found || !account || !fits) return notIn('SIGN-IN-1', account, 'password')
  if (account.state === 'locked' || account.state === 'disabled') return notIn('SIGN-IN-1', account, account.state)
  if (isStale(found, signIn.now())) return notIn('SIGN-IN-1', account, 'first-password-expired')
  await takeBack(signIn, signIn.facility, counters)
  return { ok: true, value: await goOn(signIn, found, place, 1) }
}

/** A password that was handed out is good for three days. */
const FIRST_PASSWORD = 3 * DAY

const isStale = ({ must_change, changed }: Candidate, at: Date): boolean =>
  must_change === true && changed !== null && at.getTime() - changed.getTime() > FIRST_PASSWORD

/** Fifty wrong passwords in a row are no mistake: from then on only an administrator or a passkey opens. */
async function lockAfterMany({ query, facility }: SignIn, { id }: Account, subject: Buffer): Promise<void> {
  await query(
    `update account set state = 'locked' where facility = $1 and id = $2 and state = 'active' and exists (
       select from sign_in_attempt t where t.facility = $1 and t.subject = $3 and t.failures >= $4)`,
    [facility, id, subject, LOCKING_FAILURES],
  )
}

/** What comes next for somebody whose password was right. */
async function goOn(signIn: SignIn, found: Candidate, place: Place, factors: 1 | 2): Promise<Opened | NextStep> {
  const account = accountIn(found)
  if (found.totp && factors === 1) return giveTicket(signIn, account, place, 'second-factor')
  if (found.must_change) return giveTicket(signIn, account, place, 'change-password', factors)
  if (!found.alone && factors === 1) return giveTicket(signIn, account, place, 'set-up-second-factor')
  return letIn(signIn, account, place, factors)
}

async function letIn(signIn: SignIn, account: Account, place: Place, factors: 1 | 2): Promise<Opened> {
  const login = await ofLogin(signIn, account.name, place)
  const opened = await signIn.transaction(async (sql) => {
    await sql.query('update pin set tries = 0 where facility = $1 and account = $2', [signIn.facility, account.id])
    return openSession(signIn, sql, account, place, factors)
  })
  await forget(signIn, signIn.facility, login)
  return opened
}

/** @param code of the authenticator app, or one of the recovery codes */
export async function showSecondFactor(
  signIn: SignIn,
  { ticket, code, way }: { ticket: string; code: string; way: 'totp' | 'recovery' },
  place: Place,
): Promise<Step> {
  const found = await findTicket(signIn, ticket, place, 'second-factor')
  if (!found) return notIn('SIGN-IN-14', null, 'ticket')
  const { account } = found
  const counters = [ofAddress(place), await ofLogin(signIn, account.name, place)]
  const may = await countTries(signIn, counters)
  if (!may.ok) return { ...may, account }
  const fits = await (way === 'totp' ? useTotp : useRecoveryCode)(signIn, account.id, code)
  if (!fits) return notIn('SIGN-IN-1', account, way)
  await takeBack(signIn, signIn.facility, counters)
  return afterTicket(signIn, ticket, found, place, 2)
}

/** The ticket is used up and whoever held it goes on. */
async function afterTicket(
  signIn: SignIn,
  ticket: string,
  { account }: Ticket,
  place: Place,
  factors: 1 | 2,
): Promise<Step> {
  if (!(await useTicket(signIn, signIn.facility, ticket))) return notIn('SIGN-IN-14', account, 'ticket')
  const found = await candidate(signIn, 'id', account.id)
  if (!found) return notIn('SIGN-IN-14', account, 'ticket')
  return { ok: true, value: await goOn(signIn, found, place, factors) }
}

/** A password that was handed out is changed for one of its owner's. */
export async function changeFirstPassword(
  signIn: SignIn,
  ticket: string,
  password: string,
  place: Place,
): Promise<Step> {
  const found = await findTicket(signIn, ticket, place, 'change-password')
  if (!found) return notIn('SIGN-IN-14', null, 'ticket')
  const { account } = found
  // Whoever chooses a short one is led to a second factor next.
  const checked = await checkPassword(password, [account.name, account.display], true)
  if (!checked.ok) return { ok: false, refusals: checked.refusals, account, reason: 'password-refused' }
  const before = await candidate(signIn, 'id', account.id)
  if (await isSecret(before?.hash ?? null, password)) return notIn('SIGN-IN-10', account, 'password-unchanged')
  await storePassword(signIn, signIn, account.id, password)
  return afterTicket(signIn, ticket, found, place, found.factors)
}

/** @returns null for a ticket that is not good */
export async function beginSecondFactor(signIn: SignIn, ticket: string, place: Place): Promise<TotpSecret | null> {
  const found = await findTicket(signIn, ticket, place, 'set-up-second-factor')
  return found ? beginTotp(signIn, found.account.id, found.account.name) : null
}

/** The first code of a new second factor: whoever shows it is in, with ten recovery codes. */
export async function endSecondFactor(signIn: SignIn, ticket: string, code: string, place: Place): Promise<Step> {
  const found = await findTicket(signIn, ticket, place, 'set-up-second-factor')
  if (!found) return notIn('SIGN-IN-14', null, 'ticket')
  const { account } = found
  const codes = await signIn.transaction(async (sql) =>
    (await confirmTotp(signIn, sql, account.id, code)) ? renewRecoveryCodes(signIn, sql, account.id) : null,
  )
  if (codes === null) return notIn('SIGN-IN-20', account, 'totp-set-up')
  const next = await afterTicket(signIn, ticket, found, place, 2)
  return next.ok && 'token' in next.value ? { ok: true, value: { ...next.value, recoveryCodes: codes } } : next
}
