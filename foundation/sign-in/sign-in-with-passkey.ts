import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import { countTries, ofAddress, takeBack } from './attempts.ts'
import { judgePasskey } from './judge-passkey.ts'
import type { Site } from './passkeys.ts'
import { tryPin } from './pins.ts'
import { notIn } from './refusals.ts'
import { openSession, reopenSession, sessionsOnDevice } from './sessions.ts'
import type { Opened, Place, SignIn, Tried } from './types.ts'

/** Signs in by a touch; where its owner has a live session on this device, that one opens again. */
export async function signInWithPasskey(
  signIn: SignIn,
  site: Site,
  response: AuthenticationResponseJSON,
  place: Place,
): Promise<Tried<Opened>> {
  const counters = [ofAddress(place)]
  const may = await countTries(signIn, counters)
  if (!may.ok) return may
  const judged = await judgePasskey(signIn, site, response, place)
  if (!judged.ok) return judged
  await takeBack(signIn, signIn.facility, counters)
  const account = judged.value
  const live = (await sessionsOnDevice(signIn, place.device)).find((session) => session.account.id === account.id)
  const opened = await signIn.transaction(async (sql) => {
    await sql.query('update pin set tries = 0 where facility = $1 and account = $2', [signIn.facility, account.id])
    const again = live && (await reopenSession(signIn, sql, live, 'passkey', place.network))
    return again ?? openSession(signIn, sql, account, place, 2)
  })
  return { ok: true, value: opened }
}

/** The quick way back at a shared computer: a PIN over a session that lives on this device. @param session its id */
export async function reopenWithPin(
  signIn: SignIn,
  session: string,
  pin: string,
  place: Place,
): Promise<Tried<Opened>> {
  const counters = [ofAddress(place)]
  const may = await countTries(signIn, counters)
  if (!may.ok) return may
  const live = (await sessionsOnDevice(signIn, place.device)).find(({ id }) => id === session)
  if (!live) return notIn('SIGN-IN-1', null, 'pin-session')
  const tried = await tryPin(signIn, live.account, pin)
  if (!tried.ok) return tried
  await takeBack(signIn, signIn.facility, counters)
  const opened = await signIn.transaction((sql) => reopenSession(signIn, sql, live, 'pin', place.network))
  return opened ? { ok: true, value: opened } : notIn('SIGN-IN-1', live.account, 'pin-session')
}
