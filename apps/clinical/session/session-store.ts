/** Who is signed in on this screen, as far as the page knows. One for the whole page; the server decides. */
import { useSyncExternalStore } from 'react'
import type { OpenSession, WhoAmI } from '#apps/server'

/**
 * asking: nobody knows yet · unreached: the server did not answer · without: a server without sign-in, everybody sees
 * everything; the others are the server's words
 */
export type Standing =
  { readonly state: 'asking' } | { readonly state: 'unreached' } | { readonly state: 'without' } | WhoAmI

let standing: Standing = { state: 'asking' }
/** how far the server's clock is ahead of this machine's, ms */
let ahead = 0
const listeners = new Set<() => void>()

const LOCKED = 'data-locked'

/** Tells the page who is there now. While it is locked `<html>` says so: keys rest, and paper stays empty. */
export function stand(next: Standing): void {
  standing = next
  document.documentElement.toggleAttribute(LOCKED, next.state === 'locked')
  for (const tell of listeners) tell()
}

export const standingNow = (): Standing => standing

/** The session, whether open or locked; null for nobody and where there is no sign-in. */
export const sessionIn = (one: Standing): OpenSession | null => ('session' in one ? one.session : null)

/** Whether whoever presses keys means the lock and not the page below. */
export const isLocked = (): boolean => document.documentElement.hasAttribute(LOCKED)

export const setServerClock = (date: string | null): void => {
  const said = Date.parse(date ?? '')
  if (!Number.isNaN(said)) ahead = said - Date.now()
}

/** The server's time, ms since 1970: sessions end by its clock, not by this machine's. */
export const serverNow = (): number => Date.now() + ahead

/** Calls back when it changes. @returns how to stop */
export const watchStanding = (changed: () => void): (() => void) => {
  listeners.add(changed)
  return () => listeners.delete(changed)
}

export const useStanding = (): Standing => useSyncExternalStore(watchStanding, standingNow)

/** The open or locked session of this screen. */
export const useSession = (): OpenSession | null => sessionIn(useStanding())
