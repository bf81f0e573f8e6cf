import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type ByteSealer, byteSealer, KeyProblem, type KeyProvider, type TextSealer } from '#foundation/keys'
import { fileSealer, type Sealer } from '#foundation/sign-in'

/** How installations from before there was a key file sealed the secrets of second factors and of the OAuth server. */
const OLDER = ['keys', 'sign-in.key'] as const

/**
 * The sealers of sign-in and of the OAuth server. What the older key file sealed still opens; what is new is under the keys.
 * @param folder of the data
 */
export async function sealersOf(
  keys: KeyProvider,
  folder: string,
): Promise<{ readonly bytes: ByteSealer; readonly texts: TextSealer }> {
  const file = join(folder, ...OLDER)
  const older = existsSync(file) ? await fileSealer(file) : null
  const bytes = older === null ? byteSealer(keys) : openingOlder(byteSealer(keys), older)
  return { bytes, texts: textsOver(bytes) }
}

function openingOlder(sealer: ByteSealer, older: Sealer): ByteSealer {
  return {
    seal: sealer.seal,
    async open(sealed, context) {
      try {
        return await sealer.open(sealed, context)
      } catch (fault) {
        if (!(fault instanceof KeyProblem)) throw fault
        // Both refuse what was changed: the older one throws as well.
        return older.open(sealed, context)
      }
    },
  }
}

/** Either alphabet of base64 is read: the older form had the other one. */
const textsOver = (bytes: ByteSealer): TextSealer => ({
  seal: async (text, place) => Buffer.from(await bytes.seal(Buffer.from(text), place)).toString('base64url'),
  open: async (sealed, place) =>
    Buffer.from(await bytes.open(Buffer.from(sealed, 'base64url'), place)).toString('utf8'),
})
