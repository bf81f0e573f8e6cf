/** One-time links: how the first administrator comes in, and everybody whose account was just made or reset. */
import { accept, refuse, type Outcome } from '#fhir/outcome'
import { ACCOUNT, accountIn, type AccountRow } from './account-rows.ts'
import type { Sql } from './database.ts'
import { signInRefusal } from './refusals.ts'
import { after, DAY, hashOf, newToken, uuidOf } from './tokens.ts'
import { newTotp, stepOf, type TotpSecret } from './totp.ts'
import type { Account, SignIn } from './types.ts'

export type LinkKind = 'first' | 'new' | 'reset'

export interface Link {
  readonly kind: LinkKind
  /** null where the account does not exist yet */
  readonly account: Account | null
  /** id that the account has, or will have when it is the first: its passkeys carry it */
  readonly owner: string
  readonly until: Date
}

/** The path of a link: what is secret stands behind `#` and is never sent in an address. */
const pathOf = (token: string): string => `/sign-in/link#${token}`

/** A link for an account; those it had are void. @returns its path */
export async function giveLink(
  { facility, now }: SignIn,
  sql: Sql,
  kind: LinkKind,
  account: string | null,
): Promise<string> {
  const token = newToken()
  await sql.query('delete from one_time_link where facility = $1 and account is not distinct from $2', [
    facility,
    account,
  ])
  await sql.query('insert into one_time_link (facility, hash, kind, account, expires) values ($1, $2, $3, $4, $5)', [
    facility,
    hashOf(token),
    kind,
    account,
    after(now(), DAY),
  ])
  return pathOf(token)
}

/** Whether nobody has an account yet but those of the demo hospital. */
export async function isFirstStart({ query, facility }: SignIn): Promise<boolean> {
  const rows = await query('select from account where facility = $1 and not demo limit 1', [facility])
  return rows.length === 0
}

/** The link that makes the one administrator, for the console. @returns null when there are accounts already */
export const firstLink = async (signIn: SignIn): Promise<string | null> =>
  (await isFirstStart(signIn)) ? giveLink(signIn, signIn, 'first', null) : null

interface Row extends AccountRow {
  kind: LinkKind
  expires: Date
  pending: Buffer | null
}

async function rowOf({ query, facility, now }: SignIn, token: string): Promise<Row | undefined> {
  const [row] = await query<Row>(
    `select l.kind, l.expires, l.pending, ${ACCOUNT} from one_time_link l
     left join account a on a.facility = l.facility and a.id = l.account
     where l.facility = $1 and l.hash = $2 and l.expires > $3 and a.state is distinct from 'disabled'`,
    [facility, hashOf(token), now()],
  )
  return row
}

/** What a link is good for; asking does not use it up. */
export async function findLink(signIn: SignIn, token: string): Promise<Outcome<Link>> {
  const row = await rowOf(signIn, token)
  if (!row) return refuse([signInRefusal('SIGN-IN-12')])
  const account = row.kind === 'first' ? null : accountIn(row)
  return accept({ kind: row.kind, account, owner: account?.id ?? uuidOf(hashOf(token)), until: row.expires })
}

/** @returns false when the link was used meanwhile */
export async function useLink({ facility }: SignIn, sql: Sql, token: string): Promise<boolean> {
  const used = await sql.query('delete from one_time_link where facility = $1 and hash = $2 returning kind', [
    facility,
    hashOf(token),
  ])
  return used.length > 0
}

const contextOf = (facility: number, token: string): string => `link|${facility}|${hashOf(token).toString('hex')}`

/** Begins a second factor beside a password that comes with its first code. @param label login, as the app shows it */
export async function beginLinkTotp(
  { query, facility, sealer }: SignIn,
  token: string,
  label: string,
): Promise<TotpSecret> {
  const totp = newTotp(label)
  const pending = await sealer.seal(totp.bytes, contextOf(facility, token))
  await query('update one_time_link set pending = $3 where facility = $1 and hash = $2', [
    facility,
    hashOf(token),
    pending,
  ])
  return totp
}

/** @returns the secret and the step of its first code; null when the code is not right */
export async function judgeLinkTotp(
  signIn: SignIn,
  token: string,
  code: string,
): Promise<{ readonly secret: Uint8Array; readonly step: number } | null> {
  const row = await rowOf(signIn, token)
  if (!row?.pending) return null
  const secret = await signIn.sealer.open(row.pending, contextOf(signIn.facility, token))
  const step = stepOf(secret, code, signIn.now())
  return step === null ? null : { secret, step }
}
