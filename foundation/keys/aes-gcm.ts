/** AES-256-GCM with a random nonce of 96 bits. @source NIST SP 800-38D */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { KeyProblem } from './types.ts'

export const KEY_BYTES = 32
const NONCE = 12
const TAG = 16
const CIPHER = 'aes-256-gcm'

/** @returns nonce ‖ tag ‖ ciphertext */
export function encrypt(key: Uint8Array, bytes: Uint8Array, additional: string | Uint8Array): Buffer {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG }).setAAD(Buffer.from(additional))
  const text = Buffer.concat([cipher.update(bytes), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text])
}

/** @throws KeyProblem when key, bytes or additional data are not those of the encryption */
export function decrypt(key: Uint8Array, sealed: Uint8Array, additional: string | Uint8Array): Buffer {
  // A shorter tag would be accepted by the cipher and guessed by an attacker.
  if (sealed.length < NONCE + TAG) throw new KeyProblem('something sealed is too short to have been sealed by us')
  const cipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE), { authTagLength: TAG })
  cipher.setAuthTag(sealed.subarray(NONCE, NONCE + TAG)).setAAD(Buffer.from(additional))
  try {
    return Buffer.concat([cipher.update(sealed.subarray(NONCE + TAG)), cipher.final()])
  } catch {
    throw new KeyProblem('something sealed does not open: it was changed, moved or sealed with another key')
  }
}
