/**
 * Tries are counted before they are judged, in one statement, so that a hundred at once are no hundred guesses. A login
 * that nobody has is counted as any other: how long one waits tells nothing. Passkeys cannot be guessed and never wait
 * for a login, so that nobody can keep a doctor out by typing wrong passwords in their name.
 */
import type { Sql } from './database.ts'
import { signInRefusal } from './refusals.ts'
import { hashOf } from './tokens.ts'
import type { Account, Place, SignIn, Tried } from './types.ts'

interface Limit {
  /** tries without waiting */
  readonly free: number
  /** seconds after the first beyond; doubles with each */
  readonly wait: number
  readonly longest: number
  /** seconds after which nothing is remembered */
  readonly memory: number
}

const LIMITS = {
  login: { free: 5, wait: 30, longest: 900, memory: 86_400 },
  // A ward shares an address; a hospital behind one address types more wrong passwords than a guesser may.
  address: { free: 60, wait: 60, longest: 600, memory: 900 },
  // Questions that leave a row behind until it expires.
  asking: { free: 200, wait: 5, longest: 60, memory: 60 },
} as const satisfies Record<string, Limit>

/** Wrong passwords in a row after which only an administrator opens the password again. */
export const LOCKING_FAILURES = 50

export interface Counted {
  readonly kind: keyof typeof LIMITS
  readonly subject: Buffer
}

/** A household has 2^64 addresses of IPv6: they count as one. */
export function networkOf(address: string): string {
  if (!address.includes(':') || /^::ffff:/i.test(address)) return address.replace(/^::ffff:/i, '')
  const [left = '', right = ''] = address.split('::')
  const groups = (part: string) => part.split(':').filter(Boolean)
  const gap = Math.max(8 - groups(left).length - groups(right).length, 0)
  const all = [...groups(left), ...Array.from({ length: gap }, () => '0'), ...groups(right)]
  return all.slice(0, 4).join(':')
}

export const ofAddress = ({ network }: Place): Counted => ({
  kind: 'address',
  subject: hashOf(`address ${networkOf(network)}`),
})

export const ofAsking = ({ network }: Place): Counted => ({
  kind: 'asking',
  subject: hashOf(`asking ${networkOf(network)}`),
})

/**
 * The counter of a login. On a device where its owner has signed in before it is one of its own, so that strangers who
 * guess elsewhere do not keep them waiting.
 */
export async function ofLogin({ query, facility }: SignIn, login: string, { device }: Place): Promise<Counted> {
  const known = await query(
    `select from known_device k join account a on a.facility = k.facility and a.id = k.account
     where k.facility = $1 and a.name = $2 and k.device = $3`,
    [facility, login, device],
  )
  return { kind: 'login', subject: hashOf(known.length > 0 ? `login ${login} on ${device}` : `login ${login}`) }
}

/** @returns how many tries there were with this one, or the seconds to wait until the next */
export async function countTry(
  { query, facility, now }: SignIn,
  { kind, subject }: Counted,
): Promise<{ readonly failures: number } | { readonly wait: number }> {
  const { free, wait, longest, memory } = LIMITS[kind]
  const at = now()
  const pause = `(case when t.failures < $4 then 0 else least($6, $5 * 2 ^ least(t.failures - $4, 20)) end)`
  const values = [facility, subject, at, free, wait, longest]
  const [counted] = await query<{ failures: number }>(
    `insert into sign_in_attempt as t (facility, subject, failures, last) values ($1, $2, 1, $3)
     on conflict (facility, subject) do update
     set failures = case when t.last < $3::timestamptz - $7 * interval '1 second' then 1 else t.failures + 1 end, last = $3
     where t.failures < $4 or t.last + ${pause} * interval '1 second' <= $3
     returning failures`,
    [...values, memory],
  )
  if (counted) return counted
  const [left] = await query<{ wait: number }>(
    `select ceil(extract(epoch from t.last + ${pause} * interval '1 second' - $3::timestamptz))::integer as wait
     from sign_in_attempt t where facility = $1 and subject = $2`,
    values,
  )
  return { wait: Math.max(left?.wait ?? 1, 1) }
}

/** Counts a try at each; refuses where one of them has to wait. */
export async function countTries(signIn: SignIn, counters: readonly Counted[]): Promise<Tried<null>> {
  for (const counter of counters) {
    const counted = await countTry(signIn, counter)
    if ('wait' in counted) return tooMany(counted.wait)
  }
  return { ok: true, value: null }
}

/** @param wait seconds until the next try; null: until an administrator opens the account */
export function tooMany(wait: number, account: Account | null = null): Tried<never> {
  const refusal = { ...signInRefusal('SIGN-IN-2'), retryAfter: wait }
  return { ok: false, refusals: [refusal], account, reason: 'throttled' }
}

/** The try was right: it does not count, but those before it do until somebody is in. */
export async function takeBack(sql: Sql, facility: number, counters: readonly Counted[]): Promise<void> {
  for (const { subject } of counters) {
    await sql.query(
      'update sign_in_attempt set failures = greatest(failures - 1, 0) where facility = $1 and subject = $2',
      [facility, subject],
    )
  }
}

/** Somebody is in: their login begins at zero. */
export async function forget(sql: Sql, facility: number, { subject }: Counted): Promise<void> {
  await sql.query('delete from sign_in_attempt where facility = $1 and subject = $2', [facility, subject])
}
