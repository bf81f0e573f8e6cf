/** What the tree says of an act. */
import { hash } from 'node:crypto'
import { leafHash } from './merkle/index.ts'

/** An act as the database holds it. */
export interface StoredAct {
  readonly facility: number
  readonly seq: string
  readonly tx: string
  readonly statement: string
  /** null after an erasure, as is the salt */
  readonly detail: string | null
  readonly salt: Buffer | null
  readonly commitment: Buffer | null
}

const SEPARATOR = '\n'

/** Hides the detail from whoever has no salt, and binds us to it. */
export const commitmentOf = (salt: Uint8Array, detail: string): Buffer =>
  hash('sha256', Buffer.concat([salt, Buffer.from(detail)]), 'buffer')

/** @returns null for a row that holds neither a detail nor what has been left of it */
export function leafOf(act: StoredAct): Buffer | null {
  const { facility, seq, tx, statement, detail, salt } = act
  const commitment = detail !== null && salt !== null ? commitmentOf(salt, detail) : act.commitment
  if (commitment === null) return null
  const lines = [`${facility} ${seq} ${tx}`, statement, commitment.toString('hex')]
  return leafHash(Buffer.from(lines.join(SEPARATOR)))
}
