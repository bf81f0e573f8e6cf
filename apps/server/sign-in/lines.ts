/** Accounts and sessions in the words of api.ts. */
import {
  type AccountEntry,
  CONFIRMED,
  isLocked,
  type NextStep,
  type Opened,
  type Present,
  presentOf,
  type RoleAssignment,
  type Session,
  sessionsOf,
  type SignIn,
  isFirstStart,
  waysIn,
} from '#foundation/sign-in'
import type { AccountLine, MyAccount, OpenSession, RoleLine, SessionLine, SignInStep, WhoAmI } from './api.ts'

const FEW_CODES = 3
const isOrganization = (scope: string): boolean => scope.startsWith('Organization/')

/** A session of its owner's own screen. */
export async function openSessionLine(signIn: SignIn, present: Present): Promise<OpenSession> {
  const { session, roles, scopes, hasPin, hasPasskey, locksAt } = present
  const { account } = session
  const few = !session.demo && (await waysIn(signIn, account.id)).recoveryCodes < FEW_CODES
  return {
    id: session.id,
    display: account.display,
    name: account.name,
    agent: account.agent,
    roles,
    departments: scopes.filter(isOrganization),
    factors: session.factors,
    locksAt: locksAt.toISOString(),
    endsAt: session.ends.toISOString(),
    confirmedUntil: new Date(session.confirmed.getTime() + CONFIRMED).toISOString(),
    hasPin,
    hasPasskey,
    demo: session.demo,
    advice: [
      ...(hasPasskey || session.demo ? [] : (['passkey'] as const)),
      ...(few ? (['recovery-codes'] as const) : []),
    ],
  }
}

export async function whoAmI(signIn: SignIn, present: Present | null): Promise<WhoAmI> {
  if (present) return { state: present.state, session: await openSessionLine(signIn, present) }
  return { state: 'nobody', firstStart: !signIn.demo && (await isFirstStart(signIn)), demo: signIn.demo }
}

/** What comes after a step that was right. */
export async function stepLine(signIn: SignIn, step: Opened | NextStep, network: string): Promise<SignInStep> {
  if ('step' in step) {
    const { ticket } = step
    return step.step === 'second-factor'
      ? { state: 'second-factor', ticket, ways: ['totp', 'recovery'] }
      : { state: step.step, ticket }
  }
  const present = await presentOf(signIn, step.token, network, false)
  if (!present) throw new Error('a session that was just opened is not there')
  return {
    state: 'open',
    session: await openSessionLine(signIn, present),
    ...(step.recoveryCodes && { recoveryCodes: step.recoveryCodes }),
  }
}

export const roleLine = ({ role, scope, since, until }: RoleAssignment, now: Date): RoleLine => ({
  role,
  department: scope,
  since: since.toISOString(),
  until: until?.toISOString() ?? null,
  holds: since <= now && (until === null || until > now),
})

export const sessionLine = (session: Session, now: Date, current: string | null): SessionLine => ({
  id: session.id,
  device: session.deviceName,
  network: session.network,
  since: session.created.toISOString(),
  lastUsed: session.lastUsed.toISOString(),
  state: isLocked(session, now) ? 'locked' : 'open',
  current: session.id === current,
})

export const accountLine = (entry: AccountEntry, now: Date): AccountLine => ({
  id: entry.id,
  name: entry.name,
  display: entry.display,
  agent: entry.agent,
  state: entry.state,
  roles: entry.roles.map((role) => roleLine(role, now)),
  created: entry.created.toISOString(),
  lastUsed: entry.lastUsed?.toISOString() ?? null,
  reviewed: entry.reviewed?.toISOString() ?? null,
  passkeys: entry.passkeys,
  password: entry.password,
  totp: entry.totp,
  sessions: entry.sessions,
})

/** @param roles of the account */
export async function myAccountLine(
  signIn: SignIn,
  { session }: Present,
  roles: readonly RoleAssignment[],
): Promise<MyAccount> {
  const { account } = session
  const ways = await waysIn(signIn, account.id)
  const now = signIn.now()
  return {
    name: account.name,
    display: account.display,
    roles: roles.map((role) => roleLine(role, now)),
    passkeys: ways.passkeys.map((passkey) => ({
      ...passkey,
      created: passkey.created.toISOString(),
      lastUsed: passkey.lastUsed?.toISOString() ?? null,
    })),
    password: ways.password?.toISOString() ?? null,
    totp: ways.totp,
    recoveryCodes: ways.recoveryCodes,
    pin: ways.pin,
    sessions: (await sessionsOf(signIn, account.id)).map((one) => sessionLine(one, now, session.id)),
  }
}
