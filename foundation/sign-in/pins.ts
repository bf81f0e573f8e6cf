/** A PIN brings back a session that is still alive on the device where it was begun. It never begins one. */
import { accept, refuse, type Outcome } from '#fhir/outcome'
import { hashSecret, isSecret } from './passwords.ts'
import { notIn, signInRefusal } from './refusals.ts'
import type { Account, SignIn, Tried } from './types.ts'

/** Wrong PINs in a row, on whatever device, until one has to sign in fully. */
export const PIN_TRIES = 5

const contextOf = (facility: number, account: string): string => `pin|${facility}|${account}`

const isSimple = (pin: string): boolean =>
  new Set(pin).size < 2 || '01234567890'.includes(pin) || '09876543210'.includes(pin)

export const checkPin = (pin: string): Outcome<string> =>
  /^\d{4,6}$/.test(pin) && !isSimple(pin) ? accept(pin) : refuse([signInRefusal('SIGN-IN-11', 'pin')])

/** @param pin one that was checked; null takes it away */
export async function storePin(
  { query, facility, sealer, forget }: SignIn,
  account: string,
  pin: string | null,
): Promise<void> {
  if (pin === null) await query('delete from pin where facility = $1 and account = $2', [facility, account])
  else {
    const hash = await sealer.seal(Buffer.from(await hashSecret(pin)), contextOf(facility, account))
    await query(
      `insert into pin (facility, account, hash) values ($1, $2, $3)
       on conflict (facility, account) do update set hash = excluded.hash, tries = 0`,
      [facility, account, hash],
    )
  }
  forget(account)
}

/** Judges a PIN; the try is counted before it is looked at. */
export async function tryPin({ query, facility, sealer }: SignIn, account: Account, pin: string): Promise<Tried<null>> {
  const [row] = await query<{ hash: Buffer }>(
    `update pin set tries = tries + 1 where facility = $1 and account = $2 and tries < $3 returning hash`,
    [facility, account.id, PIN_TRIES],
  )
  if (!row) return notIn('SIGN-IN-24', account, 'pin-used-up')
  const hash = Buffer.from(await sealer.open(row.hash, contextOf(facility, account.id))).toString()
  if (!(await isSecret(hash, pin))) return notIn('SIGN-IN-1', account, 'pin')
  await query('update pin set tries = 0 where facility = $1 and account = $2', [facility, account.id])
  return { ok: true, value: null }
}
