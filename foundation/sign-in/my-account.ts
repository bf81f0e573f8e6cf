/** What the owner of an account sees and changes of it. */
import { accept, refuse, type Outcome } from '#fhir/outcome'
import type { Sql } from './database.ts'
import { nameOfPasskey } from './passkeys.ts'
import { checkPassword, isSecret, storePassword } from './passwords.ts'
import { signInRefusal } from './refusals.ts'
import { renewRecoveryCodes } from './recovery-codes.ts'
import { confirmTotp, hasTotp } from './totp.ts'
import type { Account, Session, SignIn } from './types.ts'

export interface OwnPasskey {
  readonly id: string
  readonly name: string
  readonly created: Date
  readonly lastUsed: Date | null
  readonly synced: boolean
}

export interface WaysIn {
  readonly passkeys: readonly OwnPasskey[]
  /** when the password was last changed; null without one */
  readonly password: Date | null
  readonly totp: boolean
  readonly recoveryCodes: number
  readonly pin: boolean
}

export async function waysIn(signIn: SignIn, account: string): Promise<WaysIn> {
  const { query, facility } = signIn
  const passkeys = await query<{ id: string; name: string; created: Date; last_used: Date | null; synced: boolean }>(
    'select id, name, created, last_used, synced from passkey where facility = $1 and account = $2 order by created',
    [facility, account],
  )
  const [rest] = await query<{ password: Date | null; codes: number; pin: boolean }>(
    `select (select changed from password where facility = $1 and account = $2) as password,
       (select count(*)::integer from recovery_code where facility = $1 and account = $2 and used is null) as codes,
       exists (select from pin where facility = $1 and account = $2) as pin`,
    [facility, account],
  )
  return {
    passkeys: passkeys.map(({ last_used, ...passkey }) => ({ ...passkey, lastUsed: last_used })),
    password: rest?.password ?? null,
    totp: await hasTotp(signIn, account),
    recoveryCodes: rest?.codes ?? 0,
    pin: rest?.pin ?? false,
  }
}

export async function renamePasskey(
  { query, facility }: SignIn,
  account: string,
  id: string,
  name: string,
): Promise<Outcome<null>> {
  const named = await query(
    'update passkey set name = $4 where facility = $1 and account = $2 and id = $3 returning id',
    [facility, account, id, nameOfPasskey(name)],
  )
  return named.length > 0 ? accept(null) : refuse([signInRefusal('SIGN-IN-17', 'id')])
}

/** The last passkey goes only where a password with its second factor is left. */
export const removePasskey = (signIn: SignIn, account: string, id: string): Promise<Outcome<null>> =>
  signIn.transaction(async (sql): Promise<Outcome<null>> => {
    sql.forget(account)
    const { facility } = signIn
    // Whoever removes two at once waits here.
    await sql.query('select from account where facility = $1 and id = $2 for update', [facility, account])
    const had = await sql.query<{ id: string }>('select id from passkey where facility = $1 and account = $2', [
      facility,
      account,
    ])
    if (!had.some((passkey) => passkey.id === id)) return refuse([signInRefusal('SIGN-IN-17', 'id')])
    const [other] = await sql.query(
      `select from password p left join totp t on t.facility = p.facility and t.account = p.account
         where p.facility = $1 and p.account = $2 and (p.alone or t.secret is not null)`,
      [facility, account],
    )
    if (had.length === 1 && !other) return refuse([signInRefusal('SIGN-IN-15')])
    await sql.query('delete from passkey where facility = $1 and account = $2 and id = $3', [facility, account, id])
    return accept(null)
  })

/** Another password; every other session of the account ends, because whoever knew the old one may sit there. */
export async function changePassword(
  signIn: SignIn,
  { id, account }: Session,
  password: string,
): Promise<Outcome<null>> {
  const checked = await checkPassword(password, [account.name, account.display], await hasTotp(signIn, account.id))
  if (!checked.ok) return checked
  await storePassword(signIn, signIn, account.id, password)
  await signIn.query('delete from session where facility = $1 and account = $2 and id <> $3', [
    signIn.facility,
    account.id,
    id,
  ])
  signIn.forget(account.id)
  return accept(null)
}

/** Whether this is the account's password: to show again who one is. */
export async function isPasswordOf({ query, facility }: SignIn, { id }: Account, password: string): Promise<boolean> {
  const [row] = await query<{ hash: string }>('select hash from password where facility = $1 and account = $2', [
    facility,
    id,
  ])
  return isSecret(row?.hash ?? null, password)
}

/** Ends setting up the authenticator app: from now on this session has shown two factors. */
export async function addTotp(signIn: SignIn, { id, account }: Session, code: string): Promise<Outcome<null>> {
  const added = await signIn.transaction(async (sql: Sql) => {
    if (!(await confirmTotp(signIn, sql, account.id, code))) return false
    await sql.query('update session set factors = 2 where facility = $1 and id = $2', [signIn.facility, id])
    return true
  })
  signIn.forget(id)
  return added ? accept(null) : refuse([signInRefusal('SIGN-IN-20', 'code')])
}

/** Ten new codes, shown once. */
export const newRecoveryCodes = (signIn: SignIn, account: string): Promise<readonly string[]> =>
  signIn.transaction((sql) => renewRecoveryCodes(signIn, sql, account))
