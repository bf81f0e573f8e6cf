import type { Role } from '#foundation/access-control'
import type { Session } from './types.ts'

/** A session with what holds for its account, as it was read. */
export interface Known {
  readonly session: Session
  readonly roles: readonly Role[]
  /** scopes of those roles */
  readonly scopes: readonly string[]
  readonly hasPin: boolean
  readonly hasPasskey: boolean
}

/** Another process that signs somebody out is believed after this long; this one at once. */
const FRESH = 5000
const MOST = 10_000

export interface SessionCache {
  get(token: string, now: number): Promise<Known | null> | null
  set(token: string, now: number, found: Promise<Known | null>): void
  /** what was just changed is never served from memory. @param ids of accounts, devices or sessions; none: everything */
  forget(...ids: readonly string[]): void
  /** when a session was last used, which is written down less often than it happens */
  readonly used: Map<string, number>
}

interface Entry {
  readonly at: number
  readonly found: Promise<Known | null>
  /** null while it is being read */
  known: Known | null
}

const isAbout = ({ known }: Entry, ids: readonly string[]): boolean =>
  known === null || [known.session.account.id, known.session.device, known.session.id].some((id) => ids.includes(id))

export function sessionCache(): SessionCache {
  const entries = new Map<string, Entry>()
  const used = new Map<string, number>()
  return {
    used,
    get(token, now) {
      const entry = entries.get(token)
      return entry && now - entry.at < FRESH && now >= entry.at ? entry.found : null
    },
    set(token, now, found) {
      if (entries.size >= MOST) entries.clear()
      if (used.size >= MOST) used.clear()
      const entry: Entry = { at: now, found, known: null }
      entries.set(token, entry)
      const drop = () => {
        if (entries.get(token) === entry) entries.delete(token)
      }
      // what nobody has is not remembered: a flood of invented tokens takes no room
      found.then((known) => (known === null ? drop() : (entry.known = known)), drop)
    },
    forget(...ids) {
      for (const [token, entry] of entries) if (ids.length === 0 || isAbout(entry, ids)) entries.delete(token)
    },
  }
}
