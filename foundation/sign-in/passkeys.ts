/**
 * Passkeys that are made: two factors in one touch, and nothing that could be told to a false page.
 * @source https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential
 */
import {
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { accept, refuse, type Outcome } from '#fhir/outcome'
import { challengeIn, keepChallenge, takeChallenge } from './challenges.ts'
import type { Sql } from './database.ts'
import { signInRefusal } from './refusals.ts'
import type { Place, SignIn } from './types.ts'

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

/** How long a browser waits for its person, ms. */
export const TIMEOUT = 120_000
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
