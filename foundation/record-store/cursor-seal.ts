/**
 * Seals what leaves for the road. A cursor holds the sort values of a row, a posted search what was asked for; either may
 * be a name, and addresses end up in logs and browser histories: they are encrypted and authenticated (AES-256-GCM)
 * under a key kept in the database.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Connections } from './postgres.ts'

const NONCE = 12
const TAG = 16

export interface CursorSeal {
  /** @returns base64url text; null stays null: there is no further page */
  close(cursor: string | null): string | null
  /** @returns the cursor, or null when the text was not made by `close` */
  open(sealed: string): string | null
  /** The same for any text, which is compressed first. @param purpose without which it is not opened */
  closeText(text: string, purpose: string): string
  /** @returns null when the text was not made by `closeText` for this purpose */
  openText(sealed: string, purpose: string): string | null
}

export function cursorSeal(key: Uint8Array): CursorSeal {
  return {
    close: (cursor) => (cursor === null ? null : encrypted(key, Buffer.from(cursor), '')),
    open: (sealed) => decrypted(key, sealed, '')?.toString('utf8') ?? null,
    closeText: (text, purpose) => encrypted(key, deflateRawSync(text), purpose),
    openText(sealed, purpose) {
      const packed = decrypted(key, sealed, purpose)
      return packed === null ? null : inflateRawSync(packed).toString('utf8')
    },
  }
}

function encrypted(key: Uint8Array, content: Uint8Array, purpose: string): string {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose))
  const hidden = Buffer.concat([cipher.update(content), cipher.final()])
  return Buffer.concat([nonce, hidden, cipher.getAuthTag()]).toString('base64url')
}

function decrypted(key: Uint8Array, sealed: string, purpose: string): Buffer | null {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < NONCE + TAG) return null
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE)).setAAD(Buffer.from(purpose))
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE, bytes.length - TAG)), decipher.final()])
  } catch {
    return null
  }
}

/** The facility's key, made at the first start; whoever starts at the same time takes the same one. */
export async function cursorKey({ planned }: Connections, facility: number): Promise<Uint8Array> {
  await planned.rows(
    `insert into cursor_key (facility, key) values ($1, decode($2, 'hex')) on conflict (facility) do nothing`,
    [facility, randomBytes(32).toString('hex')],
  )
  const [row] = await planned.rows(`select encode(key, 'hex') from cursor_key where facility = $1`, [facility])
  return Buffer.from(row?.[0] as string, 'hex')
}
