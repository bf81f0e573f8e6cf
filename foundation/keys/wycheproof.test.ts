/**
 * Attack vectors of Project Wycheproof against the functions that everything here goes through.
 * @source https://github.com/C2SP/wycheproof, testvectors_v1
 */
import { createDecipheriv, type JsonWebKey } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { decrypt } from './aes-gcm.ts'
import { hmac, isSameCode, isSignedBy } from './hashes.ts'

const FOLDER = new URL('../../../shared/data/crypto-wycheproof/', import.meta.url)
const isThere = existsSync(FOLDER)

interface Case {
  readonly tcId: number
  readonly result: 'valid' | 'invalid' | 'acceptable'
  readonly [member: string]: unknown
}

interface Group {
  readonly tests: readonly Case[]
  readonly [member: string]: unknown
}

const groups = (file: string): readonly Group[] =>
  isThere
    ? (
        JSON.parse(gunzipSync(readFileSync(new URL(`${file}_test.json.gz`, FOLDER))).toString('utf8')) as {
          testGroups: Group[]
        }
      ).testGroups
    : []

const hex = (value: unknown): Buffer => Buffer.from(String(value), 'hex')

/** Cases whose verdict differs from ours, by number; `acceptable` may go either way. */
const differing = (cases: readonly Case[], isAccepted: (one: Case) => boolean): readonly number[] =>
  cases
    .filter((one) => one.result !== 'acceptable' && isAccepted(one) !== (one.result === 'valid'))
    .map(({ tcId }) => tcId)

const doesNotThrow = (work: () => boolean): boolean => {
  try {
    return work()
  } catch {
    return false
  }
}

describe.skipIf(!isThere)('Wycheproof (skipped without ../shared/data/crypto-wycheproof)', () => {
  test('AES-256-GCM: what is sealed by others opens, what was changed does not', () => {
    const cases = groups('aes_gcm').filter(
      (one) => one['keySize'] === 256 && one['ivSize'] === 96 && one['tagSize'] === 128,
    )
    const tests = cases.flatMap((one) => one.tests)
    const wrong = differing(tests, ({ key, iv, tag, ct, aad, msg }) =>
      doesNotThrow(() => decrypt(hex(key), Buffer.concat([hex(iv), hex(tag), hex(ct)]), hex(aad)).equals(hex(msg))),
    )
    expect(tests.length).toBeGreaterThan(40)
    expect(wrong).toEqual([])
  })

  test('AES-GCM with other nonces and tags than ours is never taken for ours', () => {
    const cases = groups('aes_gcm').filter((one) => one['ivSize'] !== 96 || Number(one['keySize']) !== 256)
    const opened = cases
      .flatMap(({ tests }) => tests)
      .filter(({ key, iv, tag, ct, aad, msg }) =>
        doesNotThrow(() => decrypt(hex(key), Buffer.concat([hex(iv), hex(tag), hex(ct)]), hex(aad)).equals(hex(msg))),
      )
    // The library itself reads most of them: it is our form that refuses.
    expect(doesNotThrow(() => createDecipheriv('aes-128-gcm', Buffer.alloc(16), Buffer.alloc(16)) !== undefined)).toBe(
      true,
    )
    expect(cases.length).toBeGreaterThan(0)
    expect(opened.map(({ tcId }) => tcId)).toEqual([])
  })

  test('HMAC-SHA-256: whole codes only', () => {
    const tests = groups('hmac_sha256').flatMap((group) => group.tests)
    // A shortened code is one that we do not make, so it is none of ours.
    const whole = tests.filter(({ tag }) => hex(tag).length === 32)
    const isOurs = ({ key, msg, tag }: Case) => isSameCode(hmac(hex(key), hex(msg)), hex(tag))
    expect(whole.length).toBeGreaterThan(50)
    expect(differing(whole, isOurs)).toEqual([])
    expect(tests.filter((one) => !whole.includes(one)).filter(isOurs)).toEqual([])
  })

  test('ES256: r ‖ s of 64 bytes over P-256', () => {
    const all = groups('ecdsa_secp256r1_sha256_p1363')
    const wrong = all.flatMap(({ publicKeyJwk, publicKey, tests }) => {
      const key = (publicKeyJwk ?? jwkOf(publicKey as { wx: string; wy: string })) as JsonWebKey
      return differing(tests, ({ msg, sig }) => isSignedBy(key, hex(msg), hex(sig)))
    })
    expect(all.flatMap(({ tests }) => tests).length).toBeGreaterThan(100)
    expect(wrong).toEqual([])
  })

  test('a signature in DER, or by a key of another curve, is none', () => {
    const inDer = groups('ecdsa_secp256r1_sha256').flatMap(({ publicKey, tests }) =>
      tests.filter(({ msg, sig }) => isSignedBy(jwkOf(publicKey as { wx: string; wy: string }), hex(msg), hex(sig))),
    )
    expect(inDer.map(({ tcId }) => tcId)).toEqual([])
    const onP521 = groups('ecdsa_secp521r1_sha512_p1363').flatMap(({ publicKeyJwk, tests }) =>
      tests.filter(({ msg, sig }) => isSignedBy((publicKeyJwk ?? {}) as JsonWebKey, hex(msg), hex(sig))),
    )
    expect(onP521.map(({ tcId }) => tcId)).toEqual([])
  })
})

/** Coordinates of Wycheproof have a zero before a high bit, those of a JWK have 32 bytes. */
function jwkOf({ wx, wy }: { wx: string; wy: string }): JsonWebKey {
  const part = (text: string) => Buffer.from(text.padStart(64, '0').slice(-64), 'hex').toString('base64url')
  return { kty: 'EC', crv: 'P-256', x: part(wx), y: part(wy) }
}
