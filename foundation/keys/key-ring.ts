/** Keys in memory, and what is done with them. */
import { createPrivateKey, generateKeyPairSync, type JsonWebKey, type KeyObject, randomBytes, sign } from 'node:crypto'
import { decrypt, encrypt, KEY_BYTES } from './aes-gcm.ts'
import { joined } from './contexts.ts'
import { hmac, thumbprint } from './hashes.ts'
import { type KeyFacts, KeyProblem, type KeyProvider, type Purpose, PURPOSES } from './types.ts'

/** A key with its secret part, as the file keeps it. */
export interface KeptKey extends KeyFacts {
  /** base64 of 32 bytes, or the private JWK of a P-256 key */
  readonly secret: string | JsonWebKey
}

const MAKE: Readonly<Record<Purpose, () => string | JsonWebKey>> = {
  records: () => randomBytes(KEY_BYTES).toString('base64'),
  secrets: () => randomBytes(KEY_BYTES).toString('base64'),
  'blind-index': () => randomBytes(KEY_BYTES).toString('base64'),
  'audit-heads': () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
}

/** The next key of a purpose. */
export function nextKey(kept: readonly KeptKey[], purpose: Purpose, now: Date): KeptKey {
  const version = Math.max(0, ...kept.filter((one) => one.purpose === purpose).map((one) => one.version)) + 1
  return { purpose, version, made: now.toISOString(), secret: MAKE[purpose]() }
}

/** One key for each purpose that has none. */
export const completed = (kept: readonly KeptKey[], now: Date): readonly KeptKey[] => [
  ...kept,
  ...PURPOSES.filter((purpose) => kept.every((one) => one.purpose !== purpose)).map((purpose) =>
    nextKey(kept, purpose, now),
  ),
]

export const publicHalf = ({ kty, crv, x, y }: JsonWebKey): JsonWebKey => ({ kty, crv, x, y }) as JsonWebKey

interface Signer {
  readonly id: string
  readonly key: KeyObject
}

/** What a provider does that needs no change of the keys. */
export type Ring = Omit<KeyProvider, 'rotate' | 'destroy'>

export function keyRing(kept: readonly KeptKey[]): Ring {
  const bytes = new Map<string, Buffer>()
  const newest = new Map<Purpose, number>()
  const publics = new Map<string, JsonWebKey>()
  let signer: Signer | undefined
  for (const { purpose, version, secret } of kept) {
    newest.set(purpose, Math.max(version, newest.get(purpose) ?? 0))
    if (typeof secret === 'string') bytes.set(`${purpose} ${version}`, keyBytes(secret))
    else publics.set(thumbprint(secret), publicHalf(secret))
    if (typeof secret !== 'string' && newest.get(purpose) === version)
      signer = { id: thumbprint(secret), key: createPrivateKey({ key: secret, format: 'jwk' }) }
  }
  const find = (purpose: Purpose, version: number): Buffer => {
    const key = bytes.get(`${purpose} ${version}`)
    if (!key) throw new KeyProblem(`version ${version} of the key for ${purpose} is not there (any more)`)
    return key
  }
  return {
    keys: async () => kept.map(({ purpose, version, made }) => ({ purpose, version, made })),
    async wrap(purpose, plain, context) {
      const version = newest.get(purpose) ?? 0
      return { version, bytes: encrypt(find(purpose, version), plain, joined(purpose, version, context)) }
    },
    unwrap: async (purpose, { version, bytes: wrapped }, context) =>
      decrypt(find(purpose, version), wrapped, joined(purpose, version, context)),
    async mac(plain, version = newest.get('blind-index') ?? 0) {
      return { version, code: hmac(find('blind-index', version), plain) }
    },
    async sign(plain) {
      if (!signer) throw new KeyProblem('there is no key to sign with')
      return { id: signer.id, signature: sign('sha256', plain, { key: signer.key, dsaEncoding: 'ieee-p1363' }) }
    },
    publicKeys: async () => publics,
  }
}

function keyBytes(secret: string): Buffer {
  const key = Buffer.from(secret, 'base64')
  if (key.length !== KEY_BYTES) throw new KeyProblem(`a key has ${key.length} bytes instead of ${KEY_BYTES}`)
  return key
}
