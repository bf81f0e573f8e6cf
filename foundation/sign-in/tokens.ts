import { createHash, randomBytes } from 'node:crypto'

/** 256 bits for a cookie, a link or a ticket; the database has only their hash. */
export const newToken = (): string => randomBytes(32).toString('base64url')

export const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()

/** The first 128 bits of a hash, written as an id. */
export const uuidOf = (hash: Buffer): string =>
  hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** Later by this. */
export const after = (from: Date, ms: number): Date => new Date(from.getTime() + ms)

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
