/** Sessions as they are stored: a cookie carries a random token, of which the row has only the hash. */
import { ACCOUNT, accountIn, type AccountRow } from './account-rows.ts'
import type { Session } from './types.ts'

export const COLUMNS = `${ACCOUNT}, a.demo, s.id as session, s.device, d.name as device_name, s.network, s.factors, s.created,
  s.last_used, s.locked, s.confirmed, s.pin_confirmed, s.ends`

export const TABLES = `session s
  join account a on a.facility = s.facility and a.id = s.account
  join device d on d.facility = s.facility and d.id = s.device`

/** Sessions that live: neither ended nor those of an account that may not be used. $1 is the facility, $2 now. */
export const LIVE = `s.facility = $1 and s.ends > $2 and a.state <> 'disabled'`

export interface SessionRow extends AccountRow {
  demo: boolean
  session: string
  device: string
  device_name: string
  network: string
  factors: 1 | 2
  created: Date
  last_used: Date
  locked: boolean
  confirmed: Date
  pin_confirmed: Date | null
  ends: Date
}

export const sessionIn = (row: SessionRow): Session => ({
  id: row.session,
  account: accountIn(row),
  device: row.device,
  deviceName: row.device_name,
  network: row.network,
  factors: row.factors,
  created: row.created,
  lastUsed: row.last_used,
  locked: row.locked,
  confirmed: row.confirmed,
  pinConfirmed: row.pin_confirmed,
  ends: row.ends,
  demo: row.demo,
})
