import type { Gatekeeper } from '../server/index.ts'
import { askSession } from './ask-session.ts'
import { askToConfirm } from './confirmation.ts'
import { standingNow, watchStanding } from './session-store.ts'

const mayGoOn = (): boolean => ['open', 'without'].includes(standingNow().state)

/** Requests that met a locked screen wait here until it is open. */
async function reopen(): Promise<void> {
  await askSession(true)
  if (mayGoOn()) return
  const { promise, resolve } = Promise.withResolvers<void>()
  const stop = watchStanding(() => mayGoOn() && resolve())
  await promise
  stop()
}

export const gatekeeper: Gatekeeper = { reopen, confirm: askToConfirm }
