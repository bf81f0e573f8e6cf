/** Heads of the tree: what was true of the whole log at a moment, signed. Each names the one before it. */
import { createHash, createPublicKey, type JsonWebKey, verify } from 'node:crypto'
import type { AuditKeys } from './keys.ts'

export interface TreeHead {
  readonly facility: number
  readonly size: number
  /** hex */
  readonly root: string
  /** ISO 8601 UTC with milliseconds, the server's time */
  readonly at: string
  /** hex SHA-256 of the line of the head before this one; '' for the first */
  readonly previous: string
  /** id of the key */
  readonly key: string
}

export interface SignedHead extends TreeHead {
  /** base64url */
  readonly signature: string
  /** the line of JSON that is stored, copied and exported */
  readonly line: string
}

/** What it is that is signed, so that a signature of ours can never be taken for one of something else. */
const CONTEXT = 'lanh audit head 1\n'

const signedText = ({ facility, size, root, at, previous, key }: TreeHead): string =>
  JSON.stringify({ facility, size, root, at, previous, key })

export const digestOf = (line: string): string => createHash('sha256').update(line).digest('hex')

export async function signHead(head: Omit<TreeHead, 'key'>, keys: AuditKeys): Promise<SignedHead> {
  const text = signedText({ ...head, key: keys.id })
  const signature = (await keys.sign(Buffer.from(CONTEXT + text))).toString('base64url')
  return readHead(`${text.slice(0, -1)},"signature":"${signature}"}`) as SignedHead
}

/** @returns null for a line that is no head in its one form */
export function readHead(line: string): SignedHead | null {
  try {
    const found: Omit<SignedHead, 'line'> = JSON.parse(line)
    const again = `${signedText(found).slice(0, -1)},"signature":${JSON.stringify(found.signature)}}`
    return again === line && Number.isSafeInteger(found.size) ? { ...found, line } : null
  } catch {
    return null
  }
}

export function isSigned(head: SignedHead, keys: ReadonlyMap<string, JsonWebKey>): boolean {
  const jwk = keys.get(head.key)
  if (jwk === undefined) return false
  const key = createPublicKey({ key: jwk, format: 'jwk' })
  const signature = Buffer.from(head.signature, 'base64url')
  if (signature.toString('base64url') !== head.signature) return false
  return verify('sha256', Buffer.from(CONTEXT + signedText(head)), { key, dsaEncoding: 'ieee-p1363' }, signature)
}

/** Short enough to be printed or read out over the telephone: 128 bits of the digest of a head's line. */
export const fingerprintOf = (line: string): string => (digestOf(line).slice(0, 32).match(/.{4}/g) ?? []).join('-')
