/** Accounts as an administrator sees them. */
import { ACCOUNT, accountIn, type AccountRow, foldLogin } from './account-rows.ts'
import type { Account, RoleAssignment, SignIn } from './types.ts'

/** An account with everything an administrator sees of it, which is no secret of it. */
export interface AccountEntry extends Account {
  readonly roles: readonly RoleAssignment[]
  readonly created: Date
  readonly opened: Date
  readonly lastUsed: Date | null
  readonly reviewed: Date | null
  readonly passkeys: number
  readonly password: boolean
  readonly totp: boolean
  readonly sessions: number
}

interface EntryRow extends AccountRow {
  roles: readonly { role: RoleAssignment['role']; scope: string | null; since: string; until: string | null }[]
  created: Date
  opened: Date
  last_used: Date | null
  reviewed: Date | null
  passkeys: number
  password: boolean
  totp: boolean
  sessions: number
}

const entryIn = (row: EntryRow): AccountEntry => ({
  ...accountIn(row),
  roles: row.roles.map(({ role, scope, since, until }) => ({
    role,
    scope,
    since: new Date(since),
    until: until === null ? null : new Date(until),
  })),
  created: row.created,
  opened: row.opened,
  lastUsed: row.last_used,
  reviewed: row.reviewed,
  passkeys: row.passkeys,
  password: row.password,
  totp: row.totp,
  sessions: row.sessions,
})

/** Accounts by login, those of the demo hospital too where it is one. @param only ids; absent: all */
export async function accountList(
  { query, facility, now, demo }: SignIn,
  only?: readonly string[],
): Promise<readonly AccountEntry[]> {
  const rows = await query<EntryRow>(
    `select ${ACCOUNT}, a.created, a.opened, a.last_used, a.reviewed,
       coalesce((select jsonb_agg(jsonb_build_object('role', r.role, 'scope', r.scope, 'since', r.since, 'until', r.until)
         order by r.role, r.scope, r.since)
         from role_assignment r where r.facility = a.facility and r.account = a.id
           and (r.until is null or r.until > greatest($2, r.since))), '[]') as roles,
       (select count(*)::integer from passkey k where k.facility = a.facility and k.account = a.id) as passkeys,
       exists (select from password p where p.facility = a.facility and p.account = a.id) as password,
       exists (select from totp t where t.facility = a.facility and t.account = a.id and t.secret is not null) as totp,
       (select count(*)::integer from session s where s.facility = a.facility and s.account = a.id and s.ends > $2) as sessions
     from account a where a.facility = $1 and ($3::text[] is null or a.id::text = any ($3)) and (not a.demo or $4)
     order by a.name`,
    [facility, now(), only ?? null, demo],
  )
  return rows.map(entryIn)
}

/** @param by login or id */
export async function findAccount(
  { query, facility }: SignIn,
  by: { name: string } | { id: string },
): Promise<Account | null> {
  const [column, value] = 'name' in by ? ['name', foldLogin(by.name)] : ['id::text', by.id]
  const [row] = await query<AccountRow>(`select ${ACCOUNT} from account a where a.facility = $1 and a.${column} = $2`, [
    facility,
    value,
  ])
  return row ? accountIn(row) : null
}
