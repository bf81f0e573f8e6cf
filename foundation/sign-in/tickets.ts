import { ACCOUNT, accountIn, type AccountRow } from './account-rows.ts'
import type { Sql } from './database.ts'
import { after, hashOf, MINUTE, newToken } from './tokens.ts'
import type { Account, NextStep, Place, SignIn, StepKind } from './types.ts'

const GOOD_FOR = 5 * MINUTE

export interface Ticket {
  readonly account: Account
  readonly step: StepKind
  /** factors that were shown so far */
  readonly factors: 1 | 2
}

/** Somebody is half in: what they have shown is kept beside a ticket that only this device may go on with. */
export async function giveTicket(
  { query, facility, now }: SignIn,
  account: Account,
  { device }: Place,
  step: StepKind,
  factors: 1 | 2 = 1,
): Promise<NextStep> {
  const ticket = newToken()
  await query(
    `insert into sign_in_step (facility, ticket, account, device, step, factors, expires)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [facility, hashOf(ticket), account.id, device, step, factors, after(now(), GOOD_FOR)],
  )
  return { step, ticket, account }
}

/** @returns null for a ticket that is not good, here or for this step */
export async function findTicket(
  { query, facility, now }: SignIn,
  ticket: string,
  { device }: Place,
  step: StepKind,
): Promise<Ticket | null> {
  const [row] = await query<AccountRow & { factors: 1 | 2 }>(
    `select ${ACCOUNT}, t.factors from sign_in_step t join account a on a.facility = t.facility and a.id = t.account
     where t.facility = $1 and t.ticket = $2 and t.device = $3 and t.step = $4 and t.expires > $5
       and a.state in ('new', 'active')`,
    [facility, hashOf(ticket), device, step, now()],
  )
  return row ? { account: accountIn(row), step, factors: row.factors } : null
}

/** @returns false when somebody else has used it up meanwhile */
export async function useTicket(sql: Sql, facility: number, ticket: string): Promise<boolean> {
  const used = await sql.query('delete from sign_in_step where facility = $1 and ticket = $2 returning account', [
    facility,
    hashOf(ticket),
  ])
  return used.length > 0
}
