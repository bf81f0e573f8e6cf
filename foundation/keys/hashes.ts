import { createHash, createHmac, createPublicKey, type JsonWebKey, timingSafeEqual, verify } from 'node:crypto'

/** HMAC-SHA-256. */
export const hmac = (key: Uint8Array, bytes: Uint8Array): Buffer => createHmac('sha256', key).update(bytes).digest()

/** Whether two codes are the same, in a time that does not say where they differ. */
export const isSameCode = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b)

/** Id of a public key. @source RFC 7638 */
export const thumbprint = ({ crv, kty, x, y }: JsonWebKey): string =>
  createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')

const SIGNATURE_BYTES = 64

/** Whether an ES256 signature (r ‖ s) is by this P-256 key. */
export function isSignedBy(key: JsonWebKey, bytes: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== SIGNATURE_BYTES || key.crv !== 'P-256') return false
  try {
    const publicKey = createPublicKey({ key, format: 'jwk' })
    return verify('sha256', bytes, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)
  } catch {
    return false
  }
}
