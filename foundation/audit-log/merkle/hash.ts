/** @source RFC 9162 section 2.1.1 (as RFC 6962): hashes of leaves and of inner nodes can never be taken for each other */
import { hash } from 'node:crypto'

export const HASH_BYTES = 32

const LEAF = Buffer.from([0])
const INNER = Buffer.from([1])

const sha256 = (...parts: readonly Uint8Array[]): Buffer => hash('sha256', Buffer.concat(parts), 'buffer')

/** Root of the tree without leaves. */
export const EMPTY_ROOT: Buffer = sha256()

export const leafHash = (data: Uint8Array): Buffer => sha256(LEAF, data)

export const innerHash = (left: Uint8Array, right: Uint8Array): Buffer => sha256(INNER, left, right)
