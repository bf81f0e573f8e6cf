import { randomBytes } from 'node:crypto'
import type { Sql } from './database.ts'
import { hashOf } from './tokens.ts'
import type { SignIn } from './types.ts'

const HOW_MANY = 10
/** Without the signs that are taken for each other on paper. */
const SIGNS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const GROUPS = 6

/** 120 bits in groups of four: a bare hash of it withstands whoever has the database. @source ASVS 5.0 V6.5.2 */
const newCode = (): string =>
  Array.from({ length: GROUPS }, () => [...randomBytes(4)].map((byte) => SIGNS[byte % SIGNS.length]).join('')).join('-')

const hashCode = (account: string, code: string): Buffer =>
  hashOf(`${account} ${code.toUpperCase().replace(/[^A-Z0-9]/g, '')}`)

/** Ten new codes, to be shown once; those before are void. */
export async function renewRecoveryCodes({ facility }: SignIn, sql: Sql, account: string): Promise<readonly string[]> {
  const codes = Array.from({ length: HOW_MANY }, newCode)
  await sql.query('delete from recovery_code where facility = $1 and account = $2', [facility, account])
  await sql.query('insert into recovery_code (facility, account, hash) select $1, $2, unnest($3::bytea[])', [
    facility,
    account,
    codes.map((code) => hashCode(account, code)),
  ])
  return codes
}

/** Uses up a code. */
export async function useRecoveryCode(
  { query, facility, now }: SignIn,
  account: string,
  code: string,
): Promise<boolean> {
  const used = await query(
    `update recovery_code set used = $4 where facility = $1 and account = $2 and hash = $3 and used is null
     returning account`,
    [facility, account, hashCode(account, code), now()],
  )
  return used.length > 0
}
