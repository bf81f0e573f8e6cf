/** Passkeys that are shown. @source https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion */
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server'
import { cose, decodeCredentialPublicKey } from '@simplewebauthn/server/helpers'
import { ACCOUNT, accountIn, type AccountRow } from './account-rows.ts'
import { challengeIn, keepChallenge, takeChallenge } from './challenges.ts'
import { type Site, TIMEOUT } from './passkeys.ts'
import { notIn } from './refusals.ts'
import type { Account, Place, SignIn, Tried } from './types.ts'

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
