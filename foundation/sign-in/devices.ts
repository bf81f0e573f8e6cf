import { hashOf, newToken, uuidOf } from './tokens.ts'
import type { Sql } from './database.ts'
import type { SignIn } from './types.ts'

/** A browser. Its id follows from its cookie, so that nothing is stored until somebody signs in with it. */
export interface Device {
  readonly id: string
  readonly token: string
}

export const deviceOf = (token: string): Device => ({ id: uuidOf(hashOf(token)), token })

/** A browser that is met for the first time. */
export const meetDevice = (): Device => deviceOf(newToken())

/** Somebody signs in with it. */
export async function noteDevice(sql: Sql, facility: number, device: string, at: Date): Promise<void> {
  await sql.query(
    `insert into device (facility, id, created, seen) values ($1, $2, $3, $3)
     on conflict (facility, id) do update set seen = excluded.seen`,
    [facility, device, at],
  )
}

/** How somebody called it; '' for one that has no name or that nobody has signed in with. */
export async function deviceName({ query, facility }: SignIn, device: string): Promise<string> {
  const [row] = await query<{ name: string }>('select name from device where facility = $1 and id = $2', [
    facility,
    device,
  ])
  return row?.name ?? ''
}

const NAME = 60

export async function nameDevice({ query, facility, forget }: SignIn, device: string, name: string): Promise<void> {
  await query('update device set name = $3 where facility = $1 and id = $2', [
    facility,
    device,
    name.normalize('NFC').trim().slice(0, NAME),
  ])
  forget(device)
}
