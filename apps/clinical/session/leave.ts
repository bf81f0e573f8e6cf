/** When somebody leaves, nothing of what they saw stays in this window. */

// A page that the browser had put away comes back as it was, with whoever was there then: it begins anew.
window.addEventListener('pageshow', ({ persisted }) => persisted && window.location.reload())

const PLACES = 'lanh-places'

const placesKept = (): Record<string, string> => {
  try {
    return JSON.parse(sessionStorage.getItem(PLACES) ?? '{}') as Record<string, string>
  } catch {
    return {}
  }
}

/** Where this page is, in our own address without its origin. */
export const placeNow = (): string => window.location.pathname + window.location.search

/** Keeps where somebody was, for when they come back to this device: an address has ids in it, no names. */
function keepPlace(session: string): void {
  const places = { ...placesKept(), [session]: placeNow() }
  sessionStorage.clear()
  sessionStorage.setItem(PLACES, JSON.stringify(places))
}

/** Where the owner of a session was on this device; null where they begin. */
export const placeOf = (session: string): string | null => placesKept()[session] ?? null

/**
 * Begins the page anew at `path`: memory, caches, open charts and everything typed are gone.
 * @param session whoever leaves; null where they will not be back
 */
export function beginAnew(path: string, session: string | null = null): void {
  try {
    if (session === null) sessionStorage.clear()
    else keepPlace(session)
  } catch {
    // storage is switched off: there is nothing in it
  }
  // the browser may keep the old page for its Back key: it must not be seen, not for a moment
  document.documentElement.style.display = 'none'
  window.location.replace(path)
}

/** Only a path of our own may be followed: what stands in a link was written by others. */
export function ownPath(asked: string | undefined): string {
  if (!asked?.startsWith('/')) return '/'
  try {
    const url = new URL(asked, window.location.origin)
    const isOurs = url.origin === window.location.origin && !/^\/[/\\]/.test(asked) && !url.pathname.startsWith('//')
    return isOurs && url.pathname !== '/sign-in' ? url.pathname + url.search : '/'
  } catch {
    return '/'
  }
}
