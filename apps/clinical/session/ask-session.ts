/** What the page asks about its session, and what follows from the answers. */
import type { OpenSession, SignInStep, WhoAmI } from '#apps/server'
import { ownProblem, queryClient, ServerProblem, stillFor } from '../server/index.ts'
import { beginAnew, ownPath, placeNow, placeOf } from './leave.ts'
import { sessionIn, setServerClock, stand, standingNow, type Standing } from './session-store.ts'

const WITHOUT = 404
/** Older requests than this were somebody's work, ms. */
const ASKED_EVERY = 60_000

/** Other windows of this browser share the session: what one learns the others ask about. */
const windows = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('lanh-session')
windows?.addEventListener('message', () => void askSession(true))

const tellOthers = (): void => windows?.postMessage('changed')

/**
 * Posts to `/sign-in/…`, where nobody needs to be signed in.
 * @throws {ServerProblem} with the sentence of the refusal
 */
export async function tellSignIn<T>(path: string, value: object = {}): Promise<T> {
  const response = await fetch(`/sign-in/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(value),
  }).catch((cause: unknown) => {
    throw new ServerProblem('offline', 0, '', { cause })
  })
  setServerClock(response.headers.get('date'))
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok || body === null) throw ownProblem(response.ok ? 500 : response.status, body)
  return body as T
}

/** Gets from `/sign-in/…`. @throws {ServerProblem} */
export async function readSignIn<T>(path: string): Promise<T> {
  const response = await fetch(`/sign-in/${path}`, {
    headers: { accept: 'application/json', 'x-lanh-background': '1' },
  }).catch((cause: unknown) => {
    throw new ServerProblem('offline', 0, '', { cause })
  })
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok || body === null) throw ownProblem(response.ok ? 500 : response.status, body)
  return body as T
}

let asking: Promise<void> | null = null

/**
 * Asks the server who sits there; several who ask at once ask once.
 * @param isBackground no hand asked: the time until the lock goes on
 */
export function askSession(isBackground = stillFor() > ASKED_EVERY): Promise<void> {
  asking ??= readSession(isBackground)
    .then(follow)
    .finally(() => {
      asking = null
    })
  return asking
}

async function readSession(isBackground: boolean): Promise<Standing> {
  const headers = { accept: 'application/json', ...(isBackground && { 'x-lanh-background': '1' }) }
  const response = await fetch('/sign-in/session', { headers }).catch(() => null)
  if (response === null) return { state: 'unreached' }
  setServerClock(response.headers.get('date'))
  if (response.status === WITHOUT) return { state: 'without' }
  return response.ok
    ? ((await response.json().catch(() => ({ state: 'unreached' }))) as Standing)
    : { state: 'unreached' }
}

/** What the server said becomes what the page does: another person, or nobody, begins it anew. */
export function follow(next: Standing): void {
  const before = standingNow()
  const [left, come] = [sessionIn(before), sessionIn(next)]
  // a moment without network changes nothing about who sits there
  if (next.state === 'unreached' && before.state !== 'asking' && before.state !== 'unreached') return
  if (left && !come && next.state === 'nobody') return beginAnew(signInPath(placeNow()))
  if (left && come && left.name !== come.name) return beginAnew(placeOf(come.id) ?? '/', left.id)
  stand(next)
  if (before.state === 'locked' && next.state === 'open') refreshPage()
}

/** What failed while the screen was locked is asked again, and everything else is looked at once more. */
const refreshPage = (): void => void queryClient.invalidateQueries()

/** The sign-in page, and where it leads back to. */
export const signInPath = (place: string): string => {
  const next = ownPath(place)
  return next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`
}

/** A session was opened here. */
export function enter(session: OpenSession): void {
  follow({ state: 'open', session })
  tellOthers()
}

/** @returns the step that is still to do; null when the session is open and has been entered */
export function goOn(step: SignInStep): Exclude<SignInStep, { state: 'open' }> | null {
  if (step.state !== 'open') return step
  enter(step.session)
  return null
}

export async function lock(): Promise<void> {
  follow(await tellSignIn<WhoAmI>('lock'))
  tellOthers()
}

/** @param everywhere all sessions of the account, on every device */
export async function signOut(everywhere = false): Promise<void> {
  await tellSignIn<WhoAmI>(everywhere ? 'sign-out-everywhere' : 'sign-out')
  tellOthers()
  beginAnew('/sign-in')
}
