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
  readonly readAt: number
}

/** Another process that signs somebody out is believed after this long; this one at once. */
const FRESH = 5000
const MOST = 10_000

export interface SessionCache {
  get(token: string, now: number): Promise<Known | null> | null
  set(token: string, now: number, found: Promise<Known | null>): void
  /** forgets everything: what was just changed is never served from memory */
  forget(): void
  /** when a session was last used, which is written down less often than it happens */
  readonly used: Map<string, number>
}

export function sessionCache(): SessionCache {
  const entries = new Map<string, { at: number; found: Promise<Known | null> }>()
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
      const entry = { at: now, found }
      entries.set(token, entry)
      const drop = () => {
        if (entries.get(token) === entry) entries.delete(token)
      }
      // what nobody has is not remembered: a flood of invented tokens takes no room
      found.then((known) => (known === null ? drop() : undefined), drop)
    },
    // Not only one account: such changes are rare, and nothing can be overlooked.
    forget: () => entries.clear(),
  }
}
