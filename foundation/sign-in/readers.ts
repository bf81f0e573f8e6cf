/** Who sits there: a session's owner in the words of access control, as they are now. */
import type { Purpose, Reader, Role } from '#foundation/access-control'
import { ACCOUNT, accountIn, type AccountRow } from './account-rows.ts'
import type { Known } from './session-cache.ts'
import { COLUMNS, LIVE, sessionIn, type SessionRow, TABLES } from './session-rows.ts'
import { IDLE } from './sessions.ts'
import { hashOf } from './tokens.ts'
import type { Account, SignIn } from './types.ts'

/** Use is written down this often at most. */
const WRITTEN = 20_000

/** What `Held` reads. */
const HELD = `
  array(select distinct r.role from role_assignment r where r.facility = a.facility and r.account = a.id
    and r.since <= $2 and (r.until is null or r.until > $2)) as roles,
  array(select distinct r.scope from role_assignment r where r.facility = a.facility and r.account = a.id
    and r.scope is not null and r.since <= $2 and (r.until is null or r.until > $2)) as scopes`

/** A session and whether its screen is open now. */
export interface Present extends Known {
  readonly state: 'open' | 'locked'
  readonly locksAt: Date
}

/**
 * Whose token this is, from memory where it was read within five seconds.
 * @param isWork false: asking leaves the session as idle as it was
 * @returns null for a token that nobody has, or no longer
 */
export async function presentOf(
  signIn: SignIn,
  token: string,
  network: string,
  isWork: boolean,
): Promise<Present | null> {
  const hash = hashOf(token)
  const key = hash.toString('latin1')
  const now = signIn.now().getTime()
  let found = signIn.cache.get(key, now)
  if (found === null) {
    found = readKnown(signIn, hash)
    signIn.cache.set(key, now, found)
  }
  const known = await found
  if (known === null || known.session.ends.getTime() <= now || (known.session.demo && !signIn.demo)) return null
  const { used } = signIn.cache
  const lastUsed = Math.max(known.session.lastUsed.getTime(), used.get(known.session.id) ?? 0)
  if (known.session.locked || now - lastUsed >= IDLE)
    return { ...known, state: 'locked', locksAt: new Date(lastUsed + IDLE) }
  if (!isWork) return { ...known, state: 'open', locksAt: new Date(lastUsed + IDLE) }
  if (now - lastUsed >= WRITTEN) {
    used.set(known.session.id, now)
    await signIn.query('update session set last_used = $3, network = $4 where facility = $1 and id = $2', [
      signIn.facility,
      known.session.id,
      new Date(now),
      network,
    ])
  }
  return { ...known, state: 'open', locksAt: new Date(now + IDLE) }
}

async function readKnown({ query, facility, now }: SignIn, token: Buffer): Promise<Known | null> {
  const at = now()
  const [row] = await query<SessionRow & { roles: Role[]; scopes: string[]; has_pin: boolean; has_passkey: boolean }>(
    `select ${COLUMNS}, ${HELD},
       exists (select from pin p where p.facility = a.facility and p.account = a.id) as has_pin,
       exists (select from passkey k where k.facility = a.facility and k.account = a.id) as has_passkey
     from ${TABLES} where ${LIVE} and s.token = $3`,
    [facility, at, token],
  )
  if (!row) return null
  return {
    session: sessionIn(row),
    roles: row.roles,
    scopes: row.scopes,
    hasPin: row.has_pin,
    hasPasskey: row.has_passkey,
  }
}

const isPatient = (reference: string): boolean => reference.startsWith('Patient/')

/** Roles that hold now, and where. */
interface Held {
  readonly roles: readonly Role[]
  readonly scopes: readonly string[]
}

/** The patients beyond whom a patient, a representative or somebody of outside sees nothing; null for staff. */
function limitOf({ agent }: Account, { roles, scopes }: Held): readonly string[] | null {
  if (roles.includes('patient') || isPatient(agent)) return isPatient(agent) ? [agent] : []
  if (roles.includes('representative')) return scopes.filter(isPatient)
  // What grants open to somebody of outside is added by whoever keeps the grants.
  return roles.includes('guest') ? [] : null
}

function readerFor(
  account: Account,
  held: Held,
  by: { readonly session: string | null; readonly factors: 1 | 2; readonly network: string },
): Reader {
  const patients = limitOf(account, held)
  const purpose: Purpose = patients === null || held.roles.includes('guest') ? 'TREAT' : 'PATRQT'
  return {
    account: account.id,
    agent: account.agent,
    name: account.display,
    roles: held.roles,
    departments: held.scopes.filter((scope) => !isPatient(scope)),
    client: null,
    scopes: null,
    patients,
    purpose,
    ...by,
  }
}

/** @returns whoever sits there, in the words of access control */
export const readerIn = (known: Known, network: string): Reader =>
  readerFor(known.session.account, known, { session: known.session.id, factors: known.session.factors, network })

/** @returns the reader of an open session; null for one that is locked, ended or was never there */
export async function readerOf(signIn: SignIn, token: string, network: string, isWork = true): Promise<Reader | null> {
  const present = await presentOf(signIn, token, network, isWork)
  return present?.state === 'open' ? readerIn(present, network) : null
}

/**
 * Who an account is now, for a token of an app that acts for it.
 * @param session the session in which the app was let in: the reader ends with it, and has shown what it has shown; null
 *   for an app that may outlive it
 * @param factors what counts as shown without a session
 * @returns null where the account is closed or unknown, or that session has ended
 */
export async function readerOfAccount(
  { query, facility, now, demo }: SignIn,
  account: string,
  {
    session,
    network,
    factors = 1,
  }: { readonly session: string | null; readonly network: string; readonly factors?: 1 | 2 },
): Promise<Reader | null> {
  const [row] = await query<AccountRow & { roles: Role[]; scopes: string[]; factors: 1 | 2 | null }>(
    `select ${ACCOUNT}, ${HELD}, (select s.factors from session s where s.facility = a.facility and s.account = a.id
       and s.id::text = $4 and s.ends > $2) as factors
     from account a where a.facility = $1 and a.id::text = $3 and a.state <> 'disabled' and (not a.demo or $5)`,
    [facility, now(), account, session, demo],
  )
  if (!row || (session !== null && row.factors === null)) return null
  return readerFor(accountIn(row), row, { session, factors: row.factors ?? factors, network })
}
