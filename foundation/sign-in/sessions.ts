/** Sessions begin, lock, open again and end. */
import type { Sql } from './database.ts'
import { noteDevice } from './devices.ts'
import { COLUMNS, LIVE, sessionIn, type SessionRow, TABLES } from './session-rows.ts'
import { after, hashOf, HOUR, MINUTE, newToken } from './tokens.ts'
import type { Account, Opened, Place, Session, SignIn } from './types.ts'

/** Without work for so long, the screen locks. @source ASVS 5.0 V7.3.1; the pause after which a ward's screen is left */
export const IDLE = 15 * MINUTE
/** The longest shift: after that one signs in again. */
export const LONGEST = 12 * HOUR
/** How long it is believed that whoever has shown who they are still sits there. */
export const CONFIRMED = 10 * MINUTE

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
