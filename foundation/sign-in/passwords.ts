/**
 * Passwords as NIST SP 800-63B-4 wants them: long rather than odd, NFC so that what looks the same is the same, never one
 * that everybody tries first.
 * @source https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver
 */
import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { isWeak } from './weak-passwords.ts'
import type { Sql } from './database.ts'
import { signInRefusal } from './refusals.ts'
import { refuse, accept, type Outcome } from '#fhir/outcome'
import type { SignIn } from './types.ts'

/** argon2id, the default algorithm of the package. @source OWASP Password Storage Cheat Sheet: 19 MiB, 2, 1 */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

const SHORTEST = 8
const SHORTEST_ALONE = 15
const LONGEST = 256

/** More than these wait for a hash and the next is told to come again: a flood shall not eat the memory. */
const MOST_WAITING = 100

let free = availableParallelism()
const waiting: (() => void)[] = []

/** At most as many hashes at once as there are cores; the rest of the server works on. @throws Busy */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (free > 0) free -= 1
  else if (waiting.length >= MOST_WAITING) throw new Busy()
  else await new Promise<void>((resolve) => waiting.push(resolve))
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else free += 1
  }
}

/** Too many hashes are waited for: whatever needed one is refused as SIGN-IN-23. */
export class Busy extends Error {
  override readonly name = 'Busy'
}

const normal = (secret: string): string => secret.normalize('NFC')

export const hashSecret = (secret: string): Promise<string> => inTurn(() => hash(normal(secret), COST))

const nobodys = hashSecret('')

/** @param stored null for whoever has none: takes as long as a wrong one */
export async function isSecret(stored: string | null, typed: string): Promise<boolean> {
  const against = stored ?? (await nobodys)
  const fits = await inTurn(() => verify(against, normal(typed)))
  return fits && stored !== null
}

const lengthOf = (password: string): number => [...normal(password)].length

/** @param who login and names of its owner @param withSecond whether a second factor stands beside it */
export async function checkPassword(
  password: string,
  who: readonly string[],
  withSecond: boolean,
): Promise<Outcome<string>> {
  const length = lengthOf(password)
  if (length < (withSecond ? SHORTEST : SHORTEST_ALONE) || length > LONGEST) {
    return refuse([signInRefusal('SIGN-IN-9', 'password')])
  }
  return (await isWeak(normal(password), who)) ? refuse([signInRefusal('SIGN-IN-10', 'password')]) : accept(password)
}

/** Stores a password that was checked. @param mustChange whoever signs in with it has to choose another */
export async function storePassword(
  { facility, now }: SignIn,
  sql: Sql,
  account: string,
  password: string,
  mustChange = false,
): Promise<void> {
  await sql.query(
    `insert into password (facility, account, hash, alone, must_change, changed) values ($1, $2, $3, $4, $5, $6)
     on conflict (facility, account) do update
     set hash = excluded.hash, alone = excluded.alone, must_change = excluded.must_change, changed = excluded.changed`,
    [facility, account, await hashSecret(password), lengthOf(password) >= SHORTEST_ALONE, mustChange, now()],
  )
}
