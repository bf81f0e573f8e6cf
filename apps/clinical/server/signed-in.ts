/** Requests of whoever is signed in. A screen that has locked meanwhile is opened first; nothing that was asked is lost. */
import { backgroundHeader } from './at-work.ts'

/** Who opens the screen again. */
export interface Gatekeeper {
  /** resolves once the same person is back; never where another comes, because then the page begins anew */
  readonly reopen: () => Promise<void>
  /** asks once more who sits there. @returns false where they would not say */
  readonly confirm: () => Promise<boolean>
}

let keeper: Gatekeeper | null = null

/** The gate says who it is. */
export const keepGate = (gatekeeper: Gatekeeper): void => {
  keeper = gatekeeper
}

/** Asks once more who sits there, where the server wants to know. */
export const confirmAgain = (): Promise<boolean> => keeper?.confirm() ?? Promise.resolve(false)

const NOBODY = 401

/** `fetch` that waits where the screen is locked, and asks again when it is open. */
export async function fetchSignedIn(address: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(address, { ...init, headers: { ...backgroundHeader(), ...init.headers } })
  if (response.status !== NOBODY || !keeper) return response
  await keeper.reopen()
  init.signal?.throwIfAborted()
  return fetch(address, init)
}
