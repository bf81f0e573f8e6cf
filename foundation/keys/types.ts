/** Words of the keys: what each is for, and who keeps them. Whoever asks never sees a key, only what was done with it. */
import type { JsonWebKey } from 'node:crypto'

/**
 * - `records` wraps the data keys of sensitive content (AES-256)
 * - `secrets` seals small secrets in place, such as those of second factors (AES-256)
 * - `blind-index` finds encrypted identifiers by HMAC-SHA-256
 * - `audit-heads` signs heads of the audit log (ES256)
 */
export const PURPOSES = ['records', 'secrets', 'blind-index', 'audit-heads'] as const

export type Purpose = (typeof PURPOSES)[number]

/** What may be known of a key. */
export interface KeyFacts {
  readonly purpose: Purpose
  /** 1, 2, 3 … within a purpose */
  readonly version: number
  /** ISO 8601 UTC */
  readonly made: string
}

/** Bytes under a key, with the version of the key. */
export interface Wrapped {
  readonly version: number
  /** nonce ‖ tag ‖ ciphertext */
  readonly bytes: Uint8Array
}

/** Keeps versioned keys by purpose: in a file, in an HSM, in a program of somebody else's. */
export interface KeyProvider {
  /** every key there is, oldest first; the last of a purpose is used for what is new */
  keys(): Promise<readonly KeyFacts[]>
  /** with the newest key. @param context what the bytes belong to; the same must be said to open them */
  wrap(purpose: 'records' | 'secrets', bytes: Uint8Array, context: string): Promise<Wrapped>
  /** @throws KeyProblem where the key is gone, or bytes or context are not those that were wrapped */
  unwrap(purpose: 'records' | 'secrets', wrapped: Wrapped, context: string): Promise<Uint8Array>
  /** HMAC-SHA-256. @param version default: the newest */
  mac(bytes: Uint8Array, version?: number): Promise<{ readonly version: number; readonly code: Uint8Array }>
  /** ES256 with the newest key. @returns r ‖ s, 64 bytes, and the thumbprint of the key */
  sign(bytes: Uint8Array): Promise<{ readonly id: string; readonly signature: Uint8Array }>
  /** public halves of all keys that ever signed, oldest first, by JWK thumbprint. @source RFC 7638 */
  publicKeys(): Promise<ReadonlyMap<string, JsonWebKey>>
  /** makes the next version. @returns its number */
  rotate(purpose: Purpose): Promise<number>
  /** destroys a version that is not the newest: what is under it is gone for good */
  destroy(purpose: Purpose, version: number): Promise<void>
}

/** Where something sealed lives; sealed bytes that were moved elsewhere do not open. */
export interface Place {
  readonly facility: number
  readonly table: string
  readonly id: string
  readonly column: string
}

/** A fault of the keys, never with a secret or a patient in its message. */
export class KeyProblem extends Error {
  override readonly name = 'KeyProblem'
}
