/**
 * Seals cursors for the road. A cursor holds the sort values of a row, which may be a name, and addresses end up in logs
 * and browser histories: what leaves is encrypted and authenticated (AES-256-GCM) under a key kept in the database.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Connections } from './postgres.ts'

const NONCE = 12
const TAG = 16

export interface CursorSeal {
  /** @returns base64url text; null stays null: there is no further page */
  close(cursor: string | null): string | null
  /** @returns the cursor, or null when the text was not made by `close` */
  open(sealed: string): string | null
}

export function cursorSeal(key: Uint8Array): CursorSeal {
  return {
    close(cursor) {
      if (cursor === null) return null
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const text = Buffer.concat([cipher.update(cursor, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, text, cipher.getAuthTag()]).toString('base64url')
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url')
      if (bytes.length < NONCE + TAG) return null
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE))
      decipher.setAuthTag(bytes.subarray(bytes.length - TAG))
      try {
        const text = bytes.subarray(NONCE, bytes.length - TAG)
        return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')
      } catch {
        return null
      }
    },
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
