import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Keeps secrets from whoever reads the database or a backup of it. */
export interface Sealer {
  /** @param context what it belongs to; the same must be said to open it, so that it cannot be moved to another row */
  seal(bytes: Uint8Array, context: string): Uint8Array | Promise<Uint8Array>
  /** @throws when the bytes or the context are not those that were sealed */
  open(sealed: Uint8Array, context: string): Uint8Array | Promise<Uint8Array>
}

const KEY = 32
const NONCE = 12
const TAG = 16

/** AES-256-GCM under one key; sealed is nonce ‖ tag ‖ ciphertext. @param key 32 bytes */
export function keySealer(key: Uint8Array): Sealer {
  if (key.length !== KEY) throw new Error('the key of the sign-in has not 32 bytes')
  return {
    seal(bytes, context) {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
      const text = Buffer.concat([cipher.update(bytes), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), text])
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed)
      const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE)).setAAD(Buffer.from(context))
      cipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG))
      return Buffer.concat([cipher.update(bytes.subarray(NONCE + TAG)), cipher.final()])
    },
  }
}

/** The sealer of a key in a file, which is made when there is none; only its owner may read it. */
export async function fileSealer(file: string): Promise<Sealer> {
  await mkdir(dirname(file), { recursive: true })
  try {
    await writeFile(file, randomBytes(KEY), { mode: 0o600, flag: 'wx' })
  } catch (fault) {
    if (!(fault instanceof Error && 'code' in fault && fault.code === 'EEXIST')) throw fault
  }
  return keySealer(await readFile(file))
}
