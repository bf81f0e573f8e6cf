import type { Role } from '#foundation/access-control'
import { refuse, accept, type Outcome } from '#fhir/outcome'
import type { Sql } from './database.ts'
import { signInRefusal } from './refusals.ts'
import type { RoleAssignment, SignIn } from './types.ts'

export const ROLES = [
  'reception',
  'doctor',
  'nurse',
  'technician',
  'pharmacist',
  'cashier',
  'insurance',
  'records',
  'head',
  'director',
  'administrator',
  'auditor',
  'privacy',
  'integration',
  'patient',
  'representative',
  'guest',
] as const satisfies readonly Role[]

export const isRole = (text: unknown): text is Role => ROLES.some((role) => role === text)

const DEPARTMENT = /^Organization\/[A-Za-z0-9.-]{1,64}$/
const PATIENT = /^Patient\/[A-Za-z0-9.-]{1,64}$/

/** What a representative represents is a patient; every other role holds in a department or everywhere. */
const isRightScope = ({ role, scope }: RoleAssignment): boolean =>
  role === 'representative' ? scope !== null && PATIENT.test(scope) : scope === null || DEPARTMENT.test(scope)

export function checkRoles(roles: readonly RoleAssignment[]): Outcome<readonly RoleAssignment[]> {
  const isFine = (one: RoleAssignment) =>
    isRole(one.role) && isRightScope(one) && (one.until === null || one.until > one.since)
  return roles.every(isFine) ? accept(roles) : refuse([signInRefusal('SIGN-IN-21', 'roles')])
}

/** What has begun has begun: since when is not asked again, and nothing is given for days that are over. */
const keyOf = ({ role, scope, since, until }: RoleAssignment, now: Date): string =>
  [role, scope ?? '', since <= now ? '' : since.getTime(), until?.getTime() ?? ''].join(' ')

/** What the account shall have from now on. What held until now ends now; what was is kept. */
export async function storeRoles(
  { facility, now }: SignIn,
  sql: Sql,
  account: string,
  wished: readonly RoleAssignment[],
): Promise<void> {
  const at = now()
  const rows = await sql.query<RoleAssignment & { id: string }>(
    `select id, role, scope, since, until from role_assignment
     where facility = $1 and account = $2 and (until is null or until > $3) for update`,
    [facility, account, at],
  )
  const kept = new Set(wished.map((one) => keyOf(one, at)))
  const ended = rows.filter((row) => !kept.has(keyOf(row, at))).map(({ id }) => id)
  // What has not begun yet ends before it begins.
  await sql.query(
    'update role_assignment set until = least($3, since) where facility = $1 and id::text = any ($2) and since > $3',
    [facility, ended, at],
  )
  await sql.query('update role_assignment set until = $3 where facility = $1 and id::text = any ($2) and since <= $3', [
    facility,
    ended,
    at,
  ])
  const had = new Set(rows.map((row) => keyOf(row, at)))
  for (const one of wished.filter((role) => !had.has(keyOf(role, at)))) {
    await sql.query(
      'insert into role_assignment (facility, account, role, scope, since, until) values ($1, $2, $3, $4, greatest($5, $7::timestamptz), $6)',
      [facility, account, one.role, one.scope, one.since, one.until, at],
    )
  }
  sql.forget(account)
}
