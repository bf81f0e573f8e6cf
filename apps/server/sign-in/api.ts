/**
 * What the screens and the server say to each other about signing in and about accounts. JSON both ways, at most 64 KB;
 * a POST without anything to say sends `{}`. A page that asks by itself sends `x-lanh-background: 1`, so that it does not keep
 * the screen from locking. Whoever asks is known by two HttpOnly cookies: the session and the device.
 *
 * Signing in (nobody needs to be signed in)
 * GET  /sign-in/session                  → WhoAmI: also what the lock and the sign-in screen need
 * GET  /sign-in/device                   → DeviceState: whose sessions live on this device, which ways exist
 * POST /sign-in/passkey/options          {} → PublicKeyCredentialRequestOptionsJSON, for `startAuthentication`
 * POST /sign-in/passkey                  { response: AuthenticationResponseJSON } → SignInStep. Signs in; where the same
 *                                        account has a locked session on this device, that one opens (fast user switch)
 * POST /sign-in/password                 { name, password } → SignInStep
 * POST /sign-in/totp                     { ticket, code } → SignInStep
 * POST /sign-in/recovery                 { ticket, code } → SignInStep
 * POST /sign-in/first-password           { ticket, password } → SignInStep; after state `change-password`
 * POST /sign-in/second-factor/options    { ticket } → TotpSetUp; after state `set-up-second-factor`
 * POST /sign-in/second-factor            { ticket, code } → SignInStep, with `recoveryCodes`
 * POST /sign-in/pin                      { session, pin } → SignInStep; `session` is one of DeviceState.sessions
 * GET  /sign-in/demo                     → { roles: DemoRole[] }; 404 without --demo
 * POST /sign-in/demo                     { role } → SignInStep; 404 without --demo
 *
 * One-time links: `/sign-in/link#TOKEN` (the screen reads the fragment; it never travels in an address)
 * POST /sign-in/link                     { token } → LinkInfo; does not use it up
 * POST /sign-in/link/passkey/options     { token, name?, display? } → PublicKeyCredentialCreationOptionsJSON
 * POST /sign-in/link/passkey             { token, name?, display?, passkeyName, response: RegistrationResponseJSON } → SignInStep
 * POST /sign-in/link/password/options    { token, name? } → TotpSetUp
 * POST /sign-in/link/password            { token, name?, display?, password, code } → SignInStep
 *                                        (`name` and `display` only where LinkInfo.kind is `first`)
 *
 * With a session
 * POST /sign-in/lock                     {} → WhoAmI
 * POST /sign-in/sign-out                 {} → WhoAmI
 * POST /sign-in/sign-out-everywhere      {} → WhoAmI
 * POST /sign-in/confirm                  { pin } or { password } → WhoAmI (the session goes on under a new cookie): "is it really you", before SIGN-IN-16 acts and
 *                                        breaking the glass; good for ten minutes, as is signing in itself
 * POST /sign-in/confirm/passkey          { response } → WhoAmI; its options are those of /sign-in/passkey/options
 * GET  /sign-in/account                  → MyAccount
 * POST /sign-in/account/passkeys/options {} → PublicKeyCredentialCreationOptionsJSON
 * POST /sign-in/account/passkeys         { name, response } → MyAccount
 * POST /sign-in/account/passkeys/rename  { id, name } → MyAccount
 * POST /sign-in/account/passkeys/remove  { id } → MyAccount
 * POST /sign-in/account/password         { password } → MyAccount
 * POST /sign-in/account/totp/options     {} → TotpSetUp
 * POST /sign-in/account/totp             { code } → MyAccount
 * POST /sign-in/account/recovery-codes   {} → { codes: string[] }: ten, shown once; the old ones are void
 * POST /sign-in/account/pin              { pin } → MyAccount; 4 to 6 digits; null takes it away
 * POST /sign-in/account/sessions/end     { session } → MyAccount
 * POST /sign-in/account/device           { name } → MyAccount: how this device is called in lists
 *
 * Administration: role administrator and two factors
 * GET  /administration/accounts          → { accounts: AccountLine[] }
 * POST /administration/accounts          { name, display, agent, roles: RoleGiven[], way? } → Handed
 * POST /administration/accounts/roles    { account, roles: RoleGiven[] } → AccountLine; replaces those that hold or will hold
 * POST /administration/accounts/rename   { account, display, agent } → AccountLine
 * POST /administration/accounts/disable  { account, reason } → AccountLine
 * POST /administration/accounts/enable   { account, reason } → AccountLine; also opens one that too many tries had locked
 * POST /administration/accounts/reset    { account, way } → Handed: every password, passkey, PIN and session of it is gone
 * POST /administration/accounts/sessions { account } → { sessions: SessionLine[] }
 * POST /administration/accounts/sessions/end { account, session? } → { sessions: SessionLine[] }; without session: all
 * GET  /administration/review            → { accounts: AccountLine[] }: not looked at for six months
 * POST /administration/review            { account } → { accounts: AccountLine[] }: looked at, may stay as it is
 * GET  /administration/idle              → { accounts: AccountLine[] }: unused for 30 days or more; closed after 45
 *
 * A refusal is 4xx with Refused. 401 SIGN-IN-3: nobody is signed in · 401 SIGN-IN-4: the session is locked · 401
 * SIGN-IN-1: name, password, passkey, code or PIN is not right (which one is never said) · 403 SIGN-IN-5: not the role ·
 * 403 SIGN-IN-6: the role, but not two factors · 403 SIGN-IN-16: confirm first · 429 SIGN-IN-2: too many tries
 */
import type { Role } from '#foundation/access-control'

export interface Refused {
  /** SIGN-IN-1 …, see docs/rules/sign-in.md */
  readonly rule: string
  readonly vi: string
  readonly en: string
  /** member of the request it is about, where it is about one */
  readonly at?: string
  /** seconds, with SIGN-IN-2 */
  readonly retryAfter?: number
}

export type WhoAmI =
  /** nobody; `firstStart`: there is no account yet, the console shows the link */
  | { readonly state: 'nobody'; readonly firstStart: boolean; readonly demo: boolean }
  /** somebody, but the screen is locked: show their name, ask for PIN or passkey, offer the others of DeviceState */
  | { readonly state: 'locked'; readonly session: OpenSession }
  | { readonly state: 'open'; readonly session: OpenSession }

export interface OpenSession {
  /** id of the session, no secret */
  readonly id: string
  readonly display: string
  readonly name: string
  /** `Practitioner/…` */
  readonly agent: string
  readonly roles: readonly Role[]
  /** `Organization/…` on duty now */
  readonly departments: readonly string[]
  readonly factors: 1 | 2
  /** ISO instants: when it locks without work, when it ends in any case, until when no confirmation is asked */
  readonly locksAt: string
  readonly endsAt: string
  readonly confirmedUntil: string
  readonly hasPin: boolean
  readonly hasPasskey: boolean
  readonly demo: boolean
  /** something the account should do soon: set up a passkey, or recovery codes are running out */
  readonly advice: readonly ('passkey' | 'recovery-codes')[]
}

export type SignInStep =
  | { readonly state: 'open'; readonly session: OpenSession; readonly recoveryCodes?: readonly string[] }
  /** `ticket` is good for five minutes and on this device only */
  | { readonly state: 'second-factor'; readonly ticket: string; readonly ways: readonly ('totp' | 'recovery')[] }
  /** a first password, or one that an administrator handed out, must be changed */
  | { readonly state: 'change-password'; readonly ticket: string }
  /** the password is too short to stand alone: a second factor comes first */
  | { readonly state: 'set-up-second-factor'; readonly ticket: string }

export interface TotpSetUp {
  /** `otpauth://totp/…`, for a QR code made in the browser */
  readonly uri: string
  /** base32 in groups of four, to be typed */
  readonly secret: string
  /** the ticket to go on with, where one was sent */
  readonly ticket?: string
}

export interface DeviceState {
  /** name that somebody gave it; '' without one */
  readonly name: string
  /** live sessions of this device, the last used first */
  readonly sessions: readonly {
    readonly id: string
    readonly display: string
    /** may be opened by PIN */
    readonly hasPin: boolean
    /** the one of the session cookie */
    readonly current: boolean
  }[]
  /** false where the address cannot have passkeys (a bare IP address, or HTTP that is not loopback) */
  readonly passkeys: boolean
  readonly demo: boolean
}

export interface DemoRole {
  readonly role: Role
  readonly display: string
  /** name of the department, '' without one */
  readonly department: string
}

export interface LinkInfo {
  /** first: makes the first administrator · new: a new account · reset: an account whose owner lost every way in */
  readonly kind: 'first' | 'new' | 'reset'
  /** login and name of the person; '' where kind is `first` */
  readonly name: string
  readonly display: string
  /** ISO instant */
  readonly until: string
}

export interface MyAccount {
  readonly name: string
  readonly display: string
  readonly roles: readonly RoleLine[]
  readonly passkeys: readonly {
    readonly id: string
    readonly name: string
    readonly created: string
    readonly lastUsed: string | null
    /** copied to the owner's other devices by their maker */
    readonly synced: boolean
  }[]
  /** ISO instant it was last changed; null without a password */
  readonly password: string | null
  readonly totp: boolean
  readonly recoveryCodes: number
  readonly pin: boolean
  readonly sessions: readonly SessionLine[]
}

export interface SessionLine {
  readonly id: string
  readonly device: string
  /** address it was last used from */
  readonly network: string
  readonly since: string
  readonly lastUsed: string
  readonly state: 'open' | 'locked'
  readonly current: boolean
}

/** A role that an account shall have. */
export interface RoleGiven {
  readonly role: Role
  /** `Organization/…`; null: the whole hospital */
  readonly department: string | null
  /** ISO instants; absent: from now, without end */
  readonly since?: string | null
  readonly until?: string | null
}

export interface RoleLine {
  readonly role: Role
  readonly department: string | null
  readonly since: string
  readonly until: string | null
  readonly holds: boolean
}

export interface AccountLine {
  readonly id: string
  readonly name: string
  readonly display: string
  readonly agent: string
  readonly state: 'new' | 'active' | 'locked' | 'disabled'
  readonly roles: readonly RoleLine[]
  readonly created: string
  readonly lastUsed: string | null
  readonly reviewed: string | null
  readonly passkeys: number
  readonly password: boolean
  readonly totp: boolean
  readonly sessions: number
}

/** What the administrator hands to the person, shown once. `way: 'link'` (default) or `'password'`, which must be changed. */
export interface Handed {
  readonly account: AccountLine
  /** `/sign-in/link#…`, good for 24 hours and once */
  readonly link?: string
  readonly password?: string
}
