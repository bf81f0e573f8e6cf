/** Accounts as the administrator has them. An account is never removed: what it did stays its own. */
import { randomBytes } from 'node:crypto'
import { accept, refuse, type Outcome } from '#fhir/outcome'
import { ACCOUNT, type AccountRow, foldLogin } from './account-rows.ts'
import { isTaken, type Sql } from './database.ts'
import { giveLink } from './links.ts'
import { storePassword } from './passwords.ts'
import { signInRefusal } from './refusals.ts'
import { checkRoles, storeRoles } from './roles.ts'
import type { Account, RoleAssignment, SignIn } from './types.ts'

/** What is handed to the owner of an account, once. */
export interface HandedOut {
  readonly account: string
  /** path of a one-time link */
  readonly link?: string
  /** a first password, which must be changed */
  readonly password?: string
}

export type Way = 'link' | 'password'

const LOGIN = /^[a-z0-9](?:[a-z0-9.@_-]{1,62})[a-z0-9]$/
const AGENT = /^(Practitioner|Patient|RelatedPerson|Person|Device)\/[A-Za-z0-9.-]{1,64}$/
const LONGEST_NAME = 100

/** A login in plain letters, so that it is typed the same on every keyboard, and a name for people. */
export function checkLogin(name: string, display: string): Outcome<{ name: string; display: string }> {
  const login = foldLogin(name)
  const shown = display.normalize('NFC').trim()
  if (!LOGIN.test(login)) return refuse([signInRefusal('SIGN-IN-13', 'name')])
  if (shown === '' || shown.length > LONGEST_NAME) return refuse([signInRefusal('SIGN-IN-8', 'display')])
  return accept({ name: login, display: shown })
}

/** A new account, which comes in by what is handed out. */
export async function createAccount(
  signIn: SignIn,
  given: { name: string; display: string; agent: string; roles: readonly RoleAssignment[]; way: Way },
): Promise<Outcome<HandedOut>> {
  const login = checkLogin(given.name, given.display)
  if (!login.ok) return login
  if (!AGENT.test(given.agent)) return refuse([signInRefusal('SIGN-IN-21', 'agent')])
  const roles = checkRoles(given.roles)
  if (!roles.ok) return roles
  const { name, display } = login.value
  try {
    return accept(
      await signIn.transaction(async (sql) => {
        const [row] = await sql.query<AccountRow>(
          `insert into account as a (facility, name, display, agent, created, opened, reviewed)
           values ($1, $2, $3, $4, $5, $5, $5) returning ${ACCOUNT}`,
          [signIn.facility, name, display, given.agent, signIn.now()],
        )
        if (!row) throw new Error('an account was not stored')
        await storeRoles(signIn, sql, row.id, roles.value)
        return handOut(signIn, sql, row.id, given.way, 'new')
      }),
    )
  } catch (fault) {
    if (isTaken(fault)) return refuse([signInRefusal('SIGN-IN-13', 'name')])
    throw fault
  }
}

/** Nobody chooses it and nobody keeps it: 16 signs of 31 that are not taken for each other. */
function newFirstPassword(): string {
  const signs = 'abcdefghjkmnpqrstuvwxyz23456789'
  const picked = [...randomBytes(20)].filter((byte) => byte < 248).slice(0, 16)
  return picked.length < 16
    ? newFirstPassword()
    : picked
        .map((byte, index) => (index > 0 && index % 4 === 0 ? '-' : '') + (signs[byte % signs.length] ?? ''))
        .join('')
}

async function handOut(signIn: SignIn, sql: Sql, account: string, way: Way, kind: 'new' | 'reset'): Promise<HandedOut> {
  if (way === 'link') return { account, link: await giveLink(signIn, sql, kind, account) }
  const password = newFirstPassword()
  await storePassword(signIn, sql, account, password, true)
  return { account, password }
}

const WAYS_IN = [
  'passkey',
  'password',
  'totp',
  'recovery_code',
  'pin',
  'known_device',
  'session',
  'sign_in_step',
  'one_time_link',
]

/** Every way in and every session of the account is gone; what is handed out is the only one left. */
export async function resetAccount(signIn: SignIn, { id, state }: Account, way: Way): Promise<HandedOut> {
  return signIn.transaction(async (sql) => {
    sql.forget(id)
    for (const table of WAYS_IN) {
      await sql.query(`delete from ${table} where facility = $1 and account = $2`, [signIn.facility, id])
    }
    if (state === 'locked') await setState(signIn, sql, id, 'active')
    return handOut(signIn, sql, id, way, state === 'new' ? 'new' : 'reset')
  })
}

async function setState({ facility, now }: SignIn, sql: Sql, id: string, state: 'active' | 'disabled'): Promise<void> {
  await sql.query(
    `update account set state = $3, opened = case when $3 = 'active' then $4 else opened end where facility = $1 and id = $2`,
    [facility, id, state, now()],
  )
}

/** Whether somebody else could still administer. */
async function isLastAdministrator({ facility, now }: SignIn, sql: Sql, id: string): Promise<boolean> {
  await sql.query('lock table role_assignment in share row exclusive mode', [])
  const rows = await sql.query<{ id: string }>(
    `select distinct a.id from account a join role_assignment r on r.facility = a.facility and r.account = a.id
     where a.facility = $1 and not a.demo and a.state in ('active', 'new', 'locked') and r.role = 'administrator'
       and r.since <= $2 and (r.until is null or r.until > $2)`,
    [facility, now()],
  )
  return rows.length === 1 && rows[0]?.id === id
}

const lastOne = (): Outcome<never> => refuse([signInRefusal('SIGN-IN-15')])

/** Closes an account at once: its sessions end, its ways in stay for the day it is opened again. */
export const disableAccount = (signIn: SignIn, { id }: Account): Promise<Outcome<null>> =>
  signIn.transaction(async (sql) => {
    sql.forget(id)
    if (await isLastAdministrator(signIn, sql, id)) return lastOne()
    await setState(signIn, sql, id, 'disabled')
    await sql.query('delete from session where facility = $1 and account = $2', [signIn.facility, id])
    await sql.query('delete from sign_in_step where facility = $1 and account = $2', [signIn.facility, id])
    await sql.query('delete from one_time_link where facility = $1 and account = $2', [signIn.facility, id])
    return accept(null)
  })

/** Opens an account that was closed, or that too many tries had locked. Idle days count anew. */
export async function enableAccount(signIn: SignIn, { id }: Account): Promise<void> {
  await signIn.transaction(async (sql) => {
    sql.forget(id)
    // What was begun while it was being closed does not come to life again.
    await sql.query(
      `delete from session s where s.facility = $1 and s.account = $2 and exists (
         select from account a where a.facility = s.facility and a.id = s.account and a.state = 'disabled')`,
      [signIn.facility, id],
    )
    await setState(signIn, sql, id, 'active')
  })
}

/** Gives an account other roles, from now on. */
export async function assignRoles(
  signIn: SignIn,
  { id }: Account,
  wished: readonly RoleAssignment[],
): Promise<Outcome<null>> {
  const roles = checkRoles(wished)
  if (!roles.ok) return roles
  const at = signIn.now()
  const staysAdministrator = wished.some(
    ({ role, since, until }) => role === 'administrator' && since <= at && until === null,
  )
  return signIn.transaction(async (sql) => {
    if (!staysAdministrator && (await isLastAdministrator(signIn, sql, id))) return lastOne()
    await storeRoles(signIn, sql, id, roles.value)
    return accept(null)
  })
}

/** How an account is called and who it is in the record. */
export async function renameAccount(
  signIn: SignIn,
  { id, name }: Account,
  { display, agent }: { display: string; agent: string },
): Promise<Outcome<null>> {
  const checked = checkLogin(name, display)
  if (!checked.ok) return checked
  if (!AGENT.test(agent)) return refuse([signInRefusal('SIGN-IN-21', 'agent')])
  await signIn.query('update account set display = $3, agent = $4 where facility = $1 and id = $2', [
    signIn.facility,
    id,
    checked.value.display,
    agent,
  ])
  signIn.forget(id)
  return accept(null)
}
