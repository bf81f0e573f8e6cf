/** The first way in of an account, set up by whoever has its one-time link. */
import type { RegistrationResponseJSON } from '@simplewebauthn/server'
import { accept, type Outcome } from '#fhir/outcome'
import { countTries, ofAddress, takeBack } from './attempts.ts'
import { checkLogin } from './accounts.ts'
import { isTaken, type Sql } from './database.ts'
import { findLink, isFirstStart, judgeLinkTotp, type Link, useLink } from './links.ts'
import { judgeNewPasskey, type NewPasskey, type Site, storePasskey } from './passkeys.ts'
import { checkPassword, storePassword } from './passwords.ts'
import { renewRecoveryCodes } from './recovery-codes.ts'
import { notIn, signInRefusal } from './refusals.ts'
import { storeRoles } from './roles.ts'
import { openSession } from './sessions.ts'
import { storeTotp } from './totp.ts'
import type { Account, Opened, Place, SignIn, Tried } from './types.ts'

/** Who comes in: the names count for the first administrator only, everybody else has theirs already. */
export interface Comer {
  readonly token: string
  readonly name: string
  readonly display: string
}

/** @returns the link and who its account is, or will be */
export async function comerOf(
  signIn: SignIn,
  { token, name, display }: Comer,
): Promise<Outcome<{ link: Link; account: Account }>> {
  const found = await findLink(signIn, token)
  if (!found.ok) return found
  const link = found.value
  if (link.account) return accept({ link, account: link.account })
  const login = checkLogin(name, display)
  if (!login.ok) return login
  return accept({
    link,
    account: { id: link.owner, ...login.value, agent: `Practitioner/${link.owner}`, state: 'new' },
  })
}

type CameIn = Tried<Opened & { readonly kind: Link['kind'] }>

class Late extends Error {}

/** Uses the link up, makes the account where it is the first, stores its way in and opens a session: all of it or nothing. */
async function comeIn(
  signIn: SignIn,
  { link, account }: { link: Link; account: Account },
  token: string,
  place: Place,
  storeWay: (sql: Sql) => Promise<readonly string[] | undefined>,
): Promise<CameIn> {
  try {
    const value = await signIn.transaction(async (sql) => {
      if (!(await useLink(signIn, sql, token))) throw new Late()
      if (link.kind === 'first') await makeFirst(signIn, sql, account)
      const recoveryCodes = await storeWay(sql)
      const opened = await openSession(signIn, sql, account, place, 2)
      return { ...opened, kind: link.kind, ...(recoveryCodes && { recoveryCodes }) }
    })
    return { ok: true, value }
  } catch (fault) {
    if (fault instanceof Late) return notIn('SIGN-IN-12', link.account, 'link')
    if (isTaken(fault)) return notIn('SIGN-IN-13', null, 'login-taken')
    throw fault
  }
}

async function makeFirst(signIn: SignIn, sql: Sql, { id, name, display, agent }: Account): Promise<void> {
  const { facility, now } = signIn
  // Two first starts at once wait here for each other.
  await sql.query('lock table account in share row exclusive mode', [])
  if (!(await isFirstStart({ ...signIn, ...sql }))) throw new Late()
  await sql.query(
    `insert into account (facility, id, name, display, agent, created, opened, reviewed) values ($1, $2, $3, $4, $5, $6, $6, $6)`,
    [facility, id, name, display, agent, now()],
  )
  await storeRoles(signIn, sql, id, [{ role: 'administrator', scope: null, since: now(), until: null }])
}

/** Invented tokens are counted by address, as every guess is. */
async function counted(signIn: SignIn, place: Place, work: () => Promise<CameIn>): Promise<CameIn> {
  const counters = [ofAddress(place)]
  const may = await countTries(signIn, counters)
  if (!may.ok) return may
  const result = await work()
  if (result.ok) await takeBack(signIn, signIn.facility, counters)
  return result
}

export const comeInWithPasskey = (
  signIn: SignIn,
  site: Site,
  comer: Comer,
  { passkeyName, response }: { passkeyName: string; response: RegistrationResponseJSON },
  place: Place,
): Promise<CameIn> =>
  counted(signIn, place, async () => {
    const who = await comerOf(signIn, comer)
    if (!who.ok) return { ...who, account: null, reason: 'link' }
    const { account } = who.value
    const judged = await judgeNewPasskey(signIn, site, response, `link:${account.id}`, place)
    if (!judged.ok) return { ...judged, account: who.value.link.account, reason: 'passkey' }
    const passkey: NewPasskey = judged.value
    return comeIn(signIn, who.value, comer.token, place, async (sql) => {
      await storePasskey(signIn, sql, account.id, passkey, passkeyName)
      return renewRecoveryCodes(signIn, sql, account.id)
    })
  })

export const comeInWithPassword = (
  signIn: SignIn,
  comer: Comer,
  { password, code }: { password: string; code: string },
  place: Place,
): Promise<CameIn> =>
  counted(signIn, place, async () => {
    const who = await comerOf(signIn, comer)
    if (!who.ok) return { ...who, account: null, reason: 'link' }
    const { account, link } = who.value
    const checked = await checkPassword(password, [account.name, account.display], true)
    if (!checked.ok) return { ...checked, account: link.account, reason: 'password-refused' }
    const totp = await judgeLinkTotp(signIn, comer.token, code)
    if (!totp)
      return { ok: false, refusals: [signInRefusal('SIGN-IN-20', 'code')], account: link.account, reason: 'totp' }
    return comeIn(signIn, who.value, comer.token, place, async (sql) => {
      await storePassword(signIn, sql, account.id, password)
      await storeTotp(signIn, sql, account.id, totp.secret, totp.step)
      return renewRecoveryCodes(signIn, sql, account.id)
    })
  })
