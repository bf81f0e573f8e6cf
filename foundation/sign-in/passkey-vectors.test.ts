/** The published examples of WebAuthn level 3, through the real tables. @source https://www.w3.org/TR/webauthn-3/#sctn-test-vectors */
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseForTest } from '#testing/postgres'
import { createAccount } from './accounts.ts'
import { keepChallenge } from './challenges.ts'
import { openSignIn } from './open-sign-in.ts'
import { judgePasskey } from './judge-passkey.ts'
import { judgeNewPasskey, type Site, storePasskey } from './passkeys.ts'
import { keySealer } from './sealer.ts'
import { deviceOf } from './devices.ts'
import type { SignIn } from './types.ts'

interface Vector {
  readonly id: string
  readonly registration: {
    readonly challenge: string
    readonly credential_id: string
    readonly clientDataJSON: string
    readonly attestationObject: string
  }
  readonly authentication: {
    readonly challenge: string
    readonly authenticatorData: string
    readonly clientDataJSON: string
    readonly signature: string
  }
}

const FILE = join(import.meta.dirname, '../../../shared/data/webauthn/vectors.json')
const has = existsSync(FILE)
const { vectors, origin, rpId } = (
  has ? JSON.parse(readFileSync(FILE, 'utf8')) : { vectors: [], origin: '', rpId: '' }
) as { vectors: readonly Vector[]; origin: string; rpId: string }

const site: Site = { origin, host: rpId }
const place = { device: deviceOf('a device of this test').id, network: '192.0.2.1' }
const base64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url')

const VERIFIED = 0x04
/** Where the flags stand in authenticator data: after the hash of the relying party's id. */
const FLAGS = 32

/** A page of another site around ours. */
const IS_FRAMED = /Origin$/

/** What our browsers make: a passkey without a maker's word, whose person was verified, of a kind we asked for. */
const ASKED_FOR = /^(none|packed-self)-es256|^packed-(rs256|eddsa)$/

const flagsIn = (authenticatorData: Buffer): number => authenticatorData[FLAGS] ?? 0

const isVerified = ({ authentication: { authenticatorData } }: Vector): boolean =>
  (flagsIn(Buffer.from(authenticatorData, 'hex')) & VERIFIED) !== 0

/** The same of the authenticator data inside an attestation, which begin with the hash of the relying party's id. */
function wasVerified({ registration: { attestationObject } }: Vector): boolean {
  const bytes = Buffer.from(attestationObject, 'hex')
  return (flagsIn(bytes.subarray(bytes.indexOf(createHash('sha256').update(rpId).digest()))) & VERIFIED) !== 0
}

const made = ({ registration }: Vector): RegistrationResponseJSON => ({
  id: base64(registration.credential_id),
  rawId: base64(registration.credential_id),
  type: 'public-key',
  clientExtensionResults: {},
  response: {
    clientDataJSON: base64(registration.clientDataJSON),
    attestationObject: base64(registration.attestationObject),
  },
})

const shown = ({ registration, authentication }: Vector): AuthenticationResponseJSON => ({
  id: base64(registration.credential_id),
  rawId: base64(registration.credential_id),
  type: 'public-key',
  clientExtensionResults: {},
  response: {
    clientDataJSON: base64(authentication.clientDataJSON),
    authenticatorData: base64(authentication.authenticatorData),
    signature: base64(authentication.signature),
  },
})

describe.skipIf(!has)('published examples (skipped where ../shared/data/webauthn is absent)', () => {
  let signIn: SignIn
  let account = ''
  beforeAll(async () => {
    const { connection } = await databaseForTest()
    signIn = openSignIn(connection, { sealer: keySealer(randomBytes(32)) })
    const created = await createAccount(signIn, {
      name: 'vi.du',
      display: 'Ví Dụ',
      agent: 'Practitioner/vi-du',
      roles: [],
      way: 'link',
    })
    if (!created.ok) throw new Error('no account')
    account = created.value.account
  })
  afterAll(() => signIn.close())

  const register = async (vector: Vector, at: Site = site, response = made(vector)) => {
    await keepChallenge(signIn, base64(vector.registration.challenge), 'account:x', place)
    const judged = await judgeNewPasskey(signIn, at, response, 'account:x', place)
    await signIn.query('delete from challenge', [])
    return judged
  }
  /** Most examples were made without verifying the person: for their logins they are stored all the same. */
  async function storeAnyway(vector: Vector): Promise<void> {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: made(vector),
      expectedChallenge: base64(vector.registration.challenge),
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: false,
    })
    if (!registrationInfo) throw new Error('an example cannot be read')
    const { credential } = registrationInfo
    const passkey = { ...credential, transports: [], synced: false }
    await storePasskey(signIn, signIn, account, passkey, vector.id)
  }
  const login = async (vector: Vector, at: Site = site, response = shown(vector)) => {
    await keepChallenge(signIn, base64(vector.authentication.challenge), 'sign-in', place)
    const judged = await judgePasskey(signIn, at, response, place)
    await signIn.query('delete from challenge', [])
    return judged
  }

  test('a new passkey is right exactly where its person was verified and no other site was around', async () => {
    for (const vector of vectors) {
      const { ok } = await register(vector)
      if (!wasVerified(vector) || IS_FRAMED.test(vector.id)) expect([vector.id, ok]).toEqual([vector.id, false])
      else if (ASKED_FOR.test(vector.id)) expect([vector.id, ok]).toEqual([vector.id, true])
    }
  })

  test('so is a login', async () => {
    for (const vector of vectors.filter(({ id }) => ASKED_FOR.test(id))) {
      await storeAnyway(vector)
      const expected = isVerified(vector) && !IS_FRAMED.test(vector.id)
      expect([vector.id, (await login(vector)).ok]).toEqual([vector.id, expected])
    }
  })

  test('another origin, another relying party and any flipped bit are refused', async () => {
    const vector = vectors.find((one) => one.id === 'none-es256-long-credential-id')
    if (!vector) throw new Error('no example to alter')
    expect((await login(vector)).ok).toBe(true)
    expect((await login(vector, { ...site, origin: 'https://example.com' })).ok).toBe(false)
    expect((await login(vector, { ...site, host: 'example.com' })).ok).toBe(false)
    expect((await register(vector, { ...site, origin: 'https://example.com' })).ok).toBe(false)
    const response = shown(vector)
    for (const part of ['authenticatorData', 'clientDataJSON', 'signature'] as const) {
      const bytes = Buffer.from(response.response[part], 'base64url')
      for (let bit = 0; bit < bytes.length * 8; bit += 7) {
        const flipped = Buffer.from(bytes)
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        const altered = { ...response, response: { ...response.response, [part]: flipped.toString('base64url') } }
        expect([part, bit, (await login(vector, site, altered)).ok]).toEqual([part, bit, false])
      }
    }
  })
})
