/** What the tree says of an act. */
import { hash } from 'node:crypto'

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

/** Hides the detail from whoever has no salt, and binds us to it. */
export const commitmentOf = (salt: Uint8Array, detail: string): Buffer =>
  hash('sha256', Buffer.concat([salt, Buffer.from(detail)]), 'buffer')

/** @returns null for a row that holds neither a detail nor what has been left of it */
export function leafOf(act: StoredAct): Buffer | null {
  const { detail, salt } = act
  const commitment = detail !== null && salt !== null ? commitmentOf(salt, detail) : act.commitment
  return commitment === null ? null : committedLeaf({ ...act, commitment: commitment.toString('hex') })
}

/** U+0000 is the byte that leaves begin with (RFC 9162 section 2.1.1): as one text they are hashed without a copy. */
const LEAF = '\0'

/** @param act with its commitment in hex */
export const committedLeaf = ({
  facility,
  seq,
  tx,
  statement,
  commitment,
}: Pick<StoredAct, 'facility' | 'seq' | 'tx' | 'statement'> & { readonly commitment: string }): Buffer =>
  hash('sha256', `${LEAF}${facility} ${seq} ${tx}\n${statement}\n${commitment}`, 'buffer')
