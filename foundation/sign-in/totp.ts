/** Codes of an authenticator app. @source RFC 6238: 6 digits, 30 s, SHA-1, which is what every app can do */
import { Secret, TOTP } from 'otpauth'
import type { Sql } from './database.ts'
import type { SignIn } from './types.ts'

const PERIOD = 30
const ISSUER = 'Lành'

export interface TotpSecret {
  /** `otpauth://totp/…` for a QR code */
  readonly uri: string
  /** base32 in groups of four */
  readonly secret: string
  readonly bytes: Uint8Array
}

const over = (bytes: Uint8Array, label = ''): TOTP =>
  new TOTP({ issuer: ISSUER, label, period: PERIOD, secret: new Secret({ buffer: new Uint8Array(bytes).buffer }) })

/** A fresh secret of 160 bits. @param label login of its owner, as the app shows it */
export function newTotp(label: string): TotpSecret {
  const secret = new Secret({ size: 20 })
  const totp = new TOTP({ issuer: ISSUER, label, period: PERIOD, secret })
  return {
    uri: totp.toString(),
    secret: (secret.base32.match(/.{1,4}/g) ?? []).join(' '),
    bytes: new Uint8Array(secret.buffer),
  }
}

/** @returns the step of the code, one before or after now at most; null when it is not right */
export function stepOf(secret: Uint8Array, code: string, at: Date): number | null {
  const digits = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(digits)) return null
  const delta = over(secret).validate({ token: digits, timestamp: at.getTime(), window: 1 })
  return delta === null ? null : Math.floor(at.getTime() / 1000 / PERIOD) + delta
}

const contextOf = (facility: number, account: string): string => `totp|${facility}|${account}`

/** Whether the account has a second factor of this kind. */
export async function hasTotp({ query, facility }: SignIn, account: string): Promise<boolean> {
  const rows = await query('select from totp where facility = $1 and account = $2 and secret is not null', [
    facility,
    account,
  ])
  return rows.length > 0
}

/** Begins to set up: the secret counts when its owner has shown a code of it. */
export async function beginTotp(
  { query, facility, sealer }: SignIn,
  account: string,
  label: string,
): Promise<TotpSecret> {
  const totp = newTotp(label)
  const pending = await sealer.seal(totp.bytes, contextOf(facility, account))
  await query(
    `insert into totp (facility, account, pending) values ($1, $2, $3)
     on conflict (facility, account) do update set pending = excluded.pending`,
    [facility, account, pending],
  )
  return totp
}

/** Ends setting up. @returns false when the code is not one of the pending secret */
export async function confirmTotp(signIn: SignIn, sql: Sql, account: string, code: string): Promise<boolean> {
  const { facility, sealer, now } = signIn
  const [row] = await sql.query<{ pending: Buffer | null }>(
    'select pending from totp where facility = $1 and account = $2 for update',
    [facility, account],
  )
  if (!row?.pending) return false
  const step = stepOf(await sealer.open(row.pending, contextOf(facility, account)), code, now())
  if (step === null) return false
  await sql.query(
    'update totp set secret = pending, pending = null, last_step = $3 where facility = $1 and account = $2',
    [facility, account, step],
  )
  return true
}

/** Stores a secret of which a code has been shown already. */
export async function storeTotp(
  { facility, sealer }: SignIn,
  sql: Sql,
  account: string,
  secret: Uint8Array,
  step: number,
): Promise<void> {
  const sealed = await sealer.seal(secret, contextOf(facility, account))
  await sql.query(
    `insert into totp (facility, account, secret, last_step) values ($1, $2, $3, $4)
     on conflict (facility, account) do update
     set secret = excluded.secret, pending = null, last_step = excluded.last_step`,
    [facility, account, sealed, step],
  )
}

/** Uses up a code: each is right once. */
export async function useTotp(
  { query, facility, sealer, now }: SignIn,
  account: string,
  code: string,
): Promise<boolean> {
  const [row] = await query<{ secret: Buffer | null }>('select secret from totp where facility = $1 and account = $2', [
    facility,
    account,
  ])
  if (!row?.secret) return false
  const step = stepOf(await sealer.open(row.secret, contextOf(facility, account)), code, now())
  if (step === null) return false
  const used = await query(
    'update totp set last_step = $3 where facility = $1 and account = $2 and last_step < $3 returning account',
    [facility, account, step],
  )
  return used.length > 0
}
