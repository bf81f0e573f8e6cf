/**
 * Passkeys: two factors in one touch, and nothing that could be told to a false page.
 * @source https://www.w3.org/TR/webauthn-3/ §7.1 and §7.2
 */
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { cose, decodeCredentialPublicKey } from '@simplewebauthn/server/helpers'
import { accept, refuse, type Outcome } from '#fhir/outcome'
import { ACCOUNT, accountIn, type AccountRow } from './account-rows.ts'
import { keepChallenge, takeChallenge } from './challenges.ts'
import type { Sql } from './database.ts'
import { notIn, signInRefusal } from './refusals.ts'
import type { Account, Place, SignIn, Tried } from './types.ts'

/** The site whose passkeys these are. */
export interface Site {
  /** as the browser says it: `https://lanh.benhvien.vn` */
  readonly origin: string
  /** the host of it, which passkeys are bound to */
  readonly host: string
}

/** A passkey that was shown to be real, not stored yet. */
export interface NewPasskey {
  readonly id: string
  readonly publicKey: Uint8Array
  readonly counter: number
  readonly transports: readonly string[]
  readonly synced: boolean
}

const TIMEOUT = 120_000
/** EdDSA, ES256, RS256: what browsers and keys have. */
const ALGORITHMS = [-8, -7, -257]

/** @param purpose what the challenge may be answered for: `account:…` or `link:…` @param handle what the passkey calls its owner */
export async function passkeyToMake(
  signIn: SignIn,
  site: Site,
  owner: { readonly name: string; readonly display: string; readonly handle: string },
  purpose: string,
  place: Place,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const had = await signIn.query<{ id: string }>('select id from passkey where facility = $1 and account::text = $2', [
    signIn.facility,
    owner.handle,
  ])
  const options = await generateRegistrationOptions({
    rpName: 'Lành',
    rpID: site.host,
    userName: owner.name,
    userDisplayName: owner.display,
    userID: new TextEncoder().encode(owner.handle),
    timeout: TIMEOUT,
    excludeCredentials: [...had],
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
  })
  await keepChallenge(signIn, options.challenge, purpose, place)
  return options
}

/** The challenge in what the browser signed; '' where there is none, or where the page was framed by another site's. */
function challengeIn(clientDataJSON: unknown): string {
  try {
    const data = new Map(
      Object.entries(JSON.parse(Buffer.from(String(clientDataJSON), 'base64url').toString()) as object),
    )
    return data.get('crossOrigin') === true || data.has('topOrigin') ? '' : String(data.get('challenge') ?? '')
  } catch {
    return ''
  }
}

/** Judges what the browser made. */
export async function judgeNewPasskey(
  signIn: SignIn,
  site: Site,
  response: RegistrationResponseJSON,
  purpose: string,
  place: Place,
): Promise<Outcome<NewPasskey>> {
  const no = refuse([signInRefusal('SIGN-IN-19')])
  const challenge = challengeIn(response?.response?.clientDataJSON)
  if (!(await takeChallenge(signIn, challenge, purpose, place))) return no
  // The package says everything that is wrong with what was sent by throwing.
  const judged = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: site.origin,
    expectedRPID: site.host,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => null)
  if (!judged?.verified) return no
  const { credential, credentialBackedUp } = judged.registrationInfo
  const [taken] = await signIn.query('select id from passkey where facility = $1 and id = $2', [
    signIn.facility,
    credential.id,
  ])
  if (taken) return no
  return accept({
    id: credential.id,
    publicKey: credential.publicKey,
    counter: credential.counter,
    transports: transportsIn(credential.transports),
    synced: credentialBackedUp,
  })
}

const transportsIn = (told: unknown): readonly string[] =>
  Array.isArray(told)
    ? told
        .filter((one) => /^[a-z-]{1,20}$/.test(String(one)))
        .slice(0, 10)
        .map(String)
    : []

const NAME = 60

export async function storePasskey(
  { facility, now }: SignIn,
  sql: Sql,
  account: string,
  passkey: NewPasskey,
  name: string,
): Promise<void> {
  await sql.query(
    `insert into passkey (facility, id, account, public_key, counter, name, transports, synced, created)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      facility,
      passkey.id,
      account,
      passkey.publicKey,
      passkey.counter,
      nameOfPasskey(name),
      passkey.transports,
      passkey.synced,
      now(),
    ],
  )
  sql.forget(account)
}

export const nameOfPasskey = (name: string): string => name.normalize('NFC').trim().slice(0, NAME) || 'Passkey'

/** Options without a list: the device shows whose passkeys it has, and nobody learns from us who has one. */
export async function passkeyToShow(
  signIn: SignIn,
  site: Site,
  place: Place,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const options = await generateAuthenticationOptions({
    rpID: site.host,
    userVerification: 'required',
    timeout: TIMEOUT,
  })
  await keepChallenge(signIn, options.challenge, 'sign-in', place)
  return options
}

/**
 * The package reads the DER of an elliptic signature leniently, so that one signature has several spellings; here it has
 * one: SEQUENCE { INTEGER, INTEGER } whose lengths are those of the bytes.
 */
function isStrict(publicKey: Uint8Array, signature: string): boolean {
  if (!cose.isCOSEPublicKeyEC2(decodeCredentialPublicKey(new Uint8Array(publicKey)))) return true
  const der = Buffer.from(signature, 'base64url')
  const r = der[3] ?? 0
  const s = der[r + 5] ?? 0
  return der[0] === 0x30 && der[1] === der.length - 2 && der[2] === 2 && der[r + 4] === 2 && r + s + 6 === der.length
}

interface Row extends AccountRow {
  public_key: Buffer
  counter: string
}

/** Judges a passkey that was shown. @returns whose it is */
export async function judgePasskey(
  signIn: SignIn,
  site: Site,
  response: AuthenticationResponseJSON,
  place: Place,
): Promise<Tried<Account>> {
  const challenge = challengeIn(response?.response?.clientDataJSON)
  if (!(await takeChallenge(signIn, challenge, 'sign-in', place))) return notIn('SIGN-IN-1', null, 'passkey-challenge')
  const [row] = await signIn.query<Row>(
    `select ${ACCOUNT}, k.public_key, k.counter from passkey k join account a on a.facility = k.facility and a.id = k.account
     where k.facility = $1 and k.id = $2`,
    [signIn.facility, String(response.id)],
  )
  if (!row) return notIn('SIGN-IN-1', null, 'passkey-unknown')
  const account = accountIn(row)
  const handle = response.response.userHandle
  if (typeof handle === 'string' && Buffer.from(handle, 'base64url').toString() !== account.id) {
    return notIn('SIGN-IN-1', account, 'passkey-owner')
  }
  const judged = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: site.origin,
    expectedRPID: site.host,
    credential: { id: response.id, publicKey: new Uint8Array(row.public_key), counter: Number(row.counter) },
    requireUserVerification: true,
  }).catch(() => null)
  if (!judged?.verified || !isStrict(row.public_key, response.response.signature)) {
    return notIn('SIGN-IN-1', account, 'passkey')
  }
  if (account.state === 'disabled') return notIn('SIGN-IN-1', account, account.state)
  const { newCounter } = judged.authenticationInfo
  // Two answers of one counter are two keys: one of them is a copy.
  const counted = await signIn.query(
    `update passkey set counter = $3, last_used = $4, synced = $5
     where facility = $1 and id = $2 and (counter < $3 or (counter = 0 and $3 = 0)) returning id`,
    [signIn.facility, response.id, newCounter, signIn.now(), judged.authenticationInfo.credentialBackedUp],
  )
  return counted.length > 0 ? { ok: true, value: account } : notIn('SIGN-IN-1', account, 'passkey-counter')
}
