/**
 * Attack vectors of Project Wycheproof against the verification of dossier signatures.
 * @source https://github.com/C2SP/wycheproof, testvectors_v1
 */
import { createPublicKey } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { SIGNATURES } from './algorithms.ts'
import { isSigned, type SignatureMethod } from './is-signed.ts'

const FOLDER = new URL('../../../shared/data/crypto-wycheproof/', import.meta.url)

interface Group {
  readonly publicKeyPem: string
  readonly tests: readonly {
    readonly tcId: number
    readonly result: string
    readonly msg: string
    readonly sig: string
  }[]
}

const groups = (file: string): readonly Group[] =>
  (
    JSON.parse(gunzipSync(readFileSync(new URL(`${file}_test.json.gz`, FOLDER))).toString('utf8')) as {
      testGroups: Group[]
    }
  ).testGroups

const method = (name: string): SignatureMethod =>
  SIGNATURES.get(`http://www.w3.org/2001/04/xmldsig-more#${name}`) as SignatureMethod

/** @returns numbers of cases that are judged otherwise, and how many there are */
function judge(file: string, by: SignatureMethod): { readonly wrong: readonly number[]; readonly cases: number } {
  const wrong: number[] = []
  let cases = 0
  for (const { publicKeyPem, tests } of groups(file)) {
    const key = createPublicKey(publicKeyPem)
    for (const { tcId, result, msg, sig } of tests) {
      if (result === 'acceptable') continue
      cases += 1
      if (isSigned(by, key, Buffer.from(msg, 'hex'), Buffer.from(sig, 'hex')) !== (result === 'valid')) wrong.push(tcId)
    }
  }
  return { wrong, cases }
}

describe.skipIf(!existsSync(FOLDER))('Wycheproof (skipped without ../shared/data/crypto-wycheproof)', () => {
  test.each([
    ['rsa_signature_2048_sha256', 'rsa-sha256'],
    ['rsa_signature_3072_sha256', 'rsa-sha256'],
    ['rsa_signature_2048_sha512', 'rsa-sha512'],
    ['ecdsa_secp256r1_sha256_p1363', 'ecdsa-sha256'],
  ])('%s by %s', (file, name) => {
    const { wrong, cases } = judge(file, method(name))
    expect(cases).toBeGreaterThan(100)
    expect(wrong).toEqual([])
  })

  test('PSS is not taken for PKCS #1, nor a key of one kind for the other', () => {
    const valid = (file: string, by: SignatureMethod) =>
      groups(file).flatMap(({ publicKeyPem, tests }) =>
        tests.filter(
          ({ result, msg, sig }) =>
            result === 'valid' &&
            isSigned(by, createPublicKey(publicKeyPem), Buffer.from(msg, 'hex'), Buffer.from(sig, 'hex')),
        ),
      ).length
    expect(valid('rsa_pss_2048_sha256_mgf1_32', method('rsa-sha256'))).toBe(0)
    expect(valid('ecdsa_secp256r1_sha256_p1363', method('rsa-sha256'))).toBe(0)
    expect(valid('rsa_signature_2048_sha256', method('ecdsa-sha256'))).toBe(0)
  })
})
