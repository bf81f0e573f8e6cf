/** Keys and assertions of a backend service, as such a service makes them. */
import { generateKeyPairSync, type KeyObject, randomUUID, type webcrypto } from 'node:crypto'
import { type JWK, type JWTPayload, SignJWT } from 'jose'
import type { OAuthServer } from './oauth-for-test.ts'

export interface ClientKey {
  readonly alg: 'RS384' | 'ES384'
  readonly kid: string
  readonly secret: KeyObject
  readonly published: JWK
}

export function clientKey(alg: ClientKey['alg'], kid = `key-${alg}`): ClientKey {
  const pair =
    alg === 'RS384'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-384' })
  const published = { ...(pair.publicKey.export({ format: 'jwk' }) as JWK), kid, alg, use: 'sig' }
  return { alg, kid, secret: pair.privateKey, published }
}

export interface Statement {
  readonly claims?: JWTPayload
  readonly header?: Readonly<Record<string, unknown>>
  readonly key?: KeyObject | Uint8Array | webcrypto.CryptoKey
}

/** A signed statement of a client about itself; `claims` and `header` replace what would be right (undefined removes). */
export async function assertion(
  { origin }: OAuthServer,
  client: string,
  key: ClientKey,
  { claims = {}, header = {}, key: other }: Statement = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  const all = {
    iss: client,
    sub: client,
    aud: `${origin}/oauth/token`,
    exp: now + 240,
    iat: now,
    jti: randomUUID(),
    ...claims,
  }
  const payload = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
  const head = Object.entries({ alg: key.alg, typ: 'JWT', kid: key.kid, ...header })
  return new SignJWT(payload)
    .setProtectedHeader(Object.fromEntries(head.filter(([, value]) => value !== undefined)) as { alg: string })
    .sign(other ?? key.secret)
}

export const withAssertion = (statement: string, scope = 'system/Patient.rs') => ({
  grant_type: 'client_credentials',
  scope,
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: statement,
})
