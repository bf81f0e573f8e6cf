import type { Role } from '#foundation/access-control'
import { ACCOUNT, accountIn, type AccountRow } from './account-rows.ts'
import { storeRoles } from './roles.ts'
import { openSession } from './sessions.ts'
import type { Opened, Place, RoleAssignment, SignIn } from './types.ts'

/** Somebody of the demo hospital. */
export interface DemoPerson {
  readonly role: Role
  readonly display: string
  readonly agent: string
  /** where the role holds */
  readonly scopes: readonly (string | null)[]
  /** roles beside the first, in the same places */
  readonly besides?: readonly Role[]
}

/** One click and one is in: for the demo hospital only, whose people are all invented. @throws in any other mode */
export async function signInAsDemo(signIn: SignIn, person: DemoPerson, place: Place): Promise<Opened> {
  if (!signIn.demo) throw new Error('this is not the demo hospital')
  const { facility, now } = signIn
  return signIn.transaction(async (sql) => {
    const [row] = await sql.query<AccountRow>(
      `insert into account as a (facility, name, display, agent, state, created, opened, demo)
       values ($1, $2, $3, $4, 'active', $5, $5, true)
       on conflict (facility, name) do update set display = excluded.display, agent = excluded.agent, state = 'active'
       where a.demo returning ${ACCOUNT}`,
      [facility, `demo.${person.role}`, person.display, person.agent, now()],
    )
    if (!row) throw new Error('the login of a demo role belongs to somebody else')
    const since = new Date(0)
    const wished: RoleAssignment[] = [person.role, ...(person.besides ?? [])].flatMap((role) =>
      person.scopes.map((scope) => ({ role, scope, since, until: null })),
    )
    await storeRoles(signIn, sql, row.id, wished)
    return openSession(signIn, sql, accountIn(row), place, 2)
  })
}
