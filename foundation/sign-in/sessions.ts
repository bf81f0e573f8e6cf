/** Sessions are rows; a cookie carries a random token, of which the row has only the hash. */
import type { Purpose, Reader, Role } from '#foundation/access-control'
import { ACCOUNT, accountIn, type AccountRow } from './account-rows.ts'
import type { Sql } from './database.ts'
import { noteDevice } from './devices.ts'
import type { Known } from './session-cache.ts'
import { after, hashOf, HOUR, MINUTE, newToken } from './tokens.ts'
import type { Account, Opened, Place, Session, SignIn } from './types.ts'

/** Without work for so long, the screen locks. @source ASVS 5.0 V7.3.1; the pause after which a ward's screen is left */
export const IDLE = 15 * MINUTE
/** The longest shift: after that one signs in again. */
export const LONGEST = 12 * HOUR
/** How long it is believed that whoever has shown who they are still sits there. */
export const CONFIRMED = 10 * MINUTE
/** Use is written down this often at most. */
const WRITTEN = 20_000

const COLUMNS = `${ACCOUNT}, a.demo, s.id as session, s.device, d.name as device_name, s.network, s.factors, s.created,
  s.last_used, s.locked, s.confirmed, s.pin_confirmed, s.ends`

const TABLES = `session s
  join account a on a.facility = s.facility and a.id = s.account
  join device d on d.facility = s.facility and d.id = s.device`

/** Sessions that live: neither ended nor those of an account that may not be used. $1 is the facility, $2 now. */
const LIVE = `s.facility = $1 and s.ends > $2 and a.state <> 'disabled'`

interface SessionRow extends AccountRow {
  demo: boolean
  session: string
  device: string
  device_name: string
  network: string
  factors: 1 | 2
  created: Date
  last_used: Date
  locked: boolean
  confirmed: Date
  pin_confirmed: Date | null
  ends: Date
}

const sessionIn = (row: SessionRow): Session => ({
  id: row.session,
  account: accountIn(row),
  device: row.device,
  deviceName: row.device_name,
  network: row.network,
  factors: row.factors,
  created: row.created,
  lastUsed: row.last_used,
  locked: row.locked,
  confirmed: row.confirmed,
  pinConfirmed: row.pin_confirmed,
  ends: row.ends,
  demo: row.demo,
})

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

/** The patients beyond whom a patient or representative sees nothing; null for staff. */
function limitOf({ agent }: Account, { roles, scopes }: Held): readonly string[] | null {
  if (roles.includes('patient') || isPatient(agent)) return isPatient(agent) ? [agent] : []
  return roles.includes('representative') ? scopes.filter(isPatient) : null
}

function readerFor(
  account: Account,
  held: Held,
  by: { readonly session: string | null; readonly factors: 1 | 2; readonly network: string },
): Reader {
  const patients = limitOf(account, held)
  const purpose: Purpose = patients === null ? 'TREAT' : 'PATRQT'
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

/** Live sessions of a device, the last used first. */
export async function sessionsOnDevice(
  { query, facility, now, demo }: SignIn,
  device: string,
): Promise<readonly (Session & { hasPin: boolean })[]> {
  const rows = await query<SessionRow & { has_pin: boolean }>(
    `select ${COLUMNS}, exists (select from pin p where p.facility = a.facility and p.account = a.id) as has_pin
     from ${TABLES} where ${LIVE} and s.device = $3 and (not a.demo or $4) order by s.last_used desc`,
    [facility, now(), device, demo],
  )
  return rows.map((row) => ({ ...sessionIn(row), hasPin: row.has_pin }))
}

/** Live sessions of an account, the last used first. */
export async function sessionsOf({ query, facility, now }: SignIn, account: string): Promise<readonly Session[]> {
  const rows = await query<SessionRow>(
    `select ${COLUMNS} from ${TABLES} where ${LIVE} and s.account = $3 order by s.last_used desc`,
    [facility, now(), account],
  )
  return rows.map(sessionIn)
}

/** Whether this session's screen is locked at that time. */
export const isLocked = ({ locked, lastUsed }: Session, at: Date): boolean =>
  locked || at.getTime() - lastUsed.getTime() >= IDLE

/**
 * A new session for somebody who has shown who they are. What the account had on this device ends; everybody else's there
 * is locked, not ended, so that they come back by PIN or passkey.
 */
export async function openSession(
  signIn: SignIn,
  sql: Sql,
  account: Account,
  { device, network }: Place,
  factors: 1 | 2,
): Promise<Opened> {
  const { facility } = signIn
  const token = newToken()
  const at = signIn.now()
  await noteDevice(sql, facility, device, at)
  await sql.query('delete from session where facility = $1 and account = $2 and device = $3', [
    facility,
    account.id,
    device,
  ])
  await sql.query('update session set locked = true where facility = $1 and device = $2', [facility, device])
  const [row] = await sql.query<{ id: string }>(
    `insert into session (facility, token, account, device, network, factors, created, last_used, confirmed, ends)
     values ($1, $2, $3, $4, $5, $6, $7, $7, $7, $8) returning id`,
    [facility, hashOf(token), account.id, device, network, factors, at, after(at, LONGEST)],
  )
  await noteUse(sql, facility, account.id, device, at)
  sql.forget(account.id, device)
  return { token, session: row?.id ?? '', account, factors }
}

async function noteUse(sql: Sql, facility: number, account: string, device: string, at: Date): Promise<void> {
  await sql.query(
    `update account set last_used = $3, state = case when state = 'new' then 'active' else state end
     where facility = $1 and id = $2`,
    [facility, account, at],
  )
  await sql.query('insert into known_device (facility, account, device) values ($1, $2, $3) on conflict do nothing', [
    facility,
    account,
    device,
  ])
}

/** What each way of coming back shows. A touch is two factors. */
const SHOWN = {
  pin: 'pin_confirmed = $4',
  password: 'confirmed = $4',
  passkey: 'confirmed = $4, factors = 2',
} as const

/**
 * Opens a live session again, under a new token: whoever still has the old one is out. Others of the device are locked.
 * @param by what its owner has shown
 * @returns null when it has ended meanwhile
 */
export async function reopenSession(
  signIn: SignIn,
  sql: Sql,
  session: Session,
  by: 'pin' | 'password' | 'passkey',
  network: string,
): Promise<Opened | null> {
  const { facility } = signIn
  const token = newToken()
  const at = signIn.now()
  await sql.query('update session set locked = true where facility = $1 and device = $2', [facility, session.device])
  const shown = SHOWN[by]
  const [row] = await sql.query<{ factors: 1 | 2 }>(
    `update session set locked = false, token = $3, last_used = $4, network = $5, ${shown}
     where facility = $1 and id = $2 and ends > $4 returning factors`,
    [facility, session.id, hashOf(token), at, network],
  )
  sql.forget(session.account.id, session.device)
  if (!row) return null
  await noteUse(sql, facility, session.account.id, session.device, at)
  return { token, session: session.id, account: session.account, factors: row.factors }
}

export async function lockSession(signIn: SignIn, session: string): Promise<void> {
  await signIn.query('update session set locked = true where facility = $1 and id = $2', [signIn.facility, session])
  signIn.forget(session)
}

/** Whether the session's owner has shown within ten minutes that they sit there. @param pin whether a PIN is enough */
export function isConfirmed({ confirmed, pinConfirmed }: Session, at: Date, pin = false): boolean {
  const last = Math.max(confirmed.getTime(), (pin && pinConfirmed?.getTime()) || 0)
  return at.getTime() - last < CONFIRMED
}

/** @param sessions ids; those of other accounts are left alone @returns how many ended */
export async function endSessions(
  signIn: SignIn,
  account: string,
  sessions: readonly string[] | 'all',
): Promise<number> {
  const rows = await signIn.query(
    `delete from session where facility = $1 and account = $2 and ($3::text[] is null or id::text = any ($3)) returning id`,
    [signIn.facility, account, sessions === 'all' ? null : sessions],
  )
  signIn.forget(account)
  return rows.length
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
