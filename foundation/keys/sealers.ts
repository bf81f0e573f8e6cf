/** The shapes in which other parts ask for small secrets to be sealed, and the audit log for signatures. */
import type { JsonWebKey } from 'node:crypto'
import { KeyProblem, type KeyProvider } from './types.ts'

const VERSION_BYTES = 4

/** Seals bytes of the sign-in: version of the key ‖ nonce ‖ tag ‖ ciphertext. */
export interface ByteSealer {
  seal(bytes: Uint8Array, context: string): Promise<Uint8Array>
  /** @throws KeyProblem when bytes or context are not those that were sealed */
  open(sealed: Uint8Array, context: string): Promise<Uint8Array>
}

export const byteSealer = (keys: KeyProvider): ByteSealer => ({
  async seal(bytes, context) {
    const wrapped = await keys.wrap('secrets', bytes, context)
    const version = Buffer.alloc(VERSION_BYTES)
    version.writeUInt32BE(wrapped.version)
    return Buffer.concat([version, wrapped.bytes])
  },
  async open(sealed, context) {
    if (sealed.length < VERSION_BYTES) throw new KeyProblem('a sealed secret is too short')
    const bytes = Buffer.from(sealed)
    const version = bytes.readUInt32BE()
    return keys.unwrap('secrets', { version, bytes: bytes.subarray(VERSION_BYTES) }, context)
  },
})

/** Seals texts of the OAuth server: the same bytes as base64url. */
export interface TextSealer {
  seal(text: string, place: string): Promise<string>
  /** @throws KeyProblem when the text was changed, or sealed for another place or with a key that is gone */
  open(sealed: string, place: string): Promise<string>
}

export function textSealer(keys: KeyProvider): TextSealer {
  const bytes = byteSealer(keys)
  return {
    seal: async (text, place) => Buffer.from(await bytes.seal(Buffer.from(text), place)).toString('base64url'),
    open: async (sealed, place) =>
      Buffer.from(await bytes.open(Buffer.from(sealed, 'base64url'), place)).toString('utf8'),
  }
}

/** The keys of the audit log, as #foundation/audit-log asks for them. */
export interface HeadKeys {
  readonly id: string
  readonly sign: (data: Uint8Array) => Promise<Buffer>
  readonly publicKeys: ReadonlyMap<string, JsonWebKey>
}

/** As the keys are now: after a rotation it is asked for again, for a head names the key that signed it. */
export async function headKeys(keys: KeyProvider): Promise<HeadKeys> {
  const publicKeys = await keys.publicKeys()
  const id = [...publicKeys.keys()].at(-1)
  if (id === undefined) throw new KeyProblem('there is no key to sign heads of the audit log with')
  return {
    id,
    publicKeys,
    async sign(data) {
      const { id: by, signature } = await keys.sign(data)
      // The head says whose signature it is: one by the next key would look forged.
      if (by !== id) throw new KeyProblem('the key of the audit log was rotated: open it again')
      return Buffer.from(signature)
    },
  }
}
