import { useEffect, useEffectEvent, useState } from 'react'
import { stillFor } from '../server/index.ts'
import { askSession } from './ask-session.ts'
import { serverNow, useStanding } from './session-store.ts'

/** The notice stands so long before the screen locks, s. */
const NOTICE_S = 60
const ASK_EVERY_MS = 60_000
const TICK_MS = 1_000

/** How long until the screen locks, and how to say that somebody is there. */
export interface IdleLock {
  /** seconds; null while there is nothing to say */
  readonly locksIn: number | null
  readonly stay: () => void
}

/** Follows the server's clock until the lock: a hand on the machine keeps the session, a page left alone does not. */
export function useIdleLock(): IdleLock {
  const standing = useStanding()
  const [now, setNow] = useState(() => performance.now())
  const [asked, setAsked] = useState(() => performance.now())
  const ask = (isBackground: boolean) => {
    setAsked(performance.now())
    void askSession(isBackground)
  }
  const left =
    standing.state === 'open' ? Math.ceil((Date.parse(standing.session.locksAt) - serverNow()) / TICK_MS) : null
  const tick = useEffectEvent(() => {
    if (standing.state !== 'open' || left === null) return
    const since = performance.now() - asked
    // one more look before the notice: another window may have been used
    if (since >= ASK_EVERY_MS || (left <= NOTICE_S && since >= left * TICK_MS)) ask(stillFor() > since)
    setNow(performance.now())
  })
  const look = useEffectEvent(() => document.visibilityState === 'visible' && ask(true))
  useEffect(() => {
    const ticking = setInterval(tick, TICK_MS)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(ticking)
      document.removeEventListener('visibilitychange', look)
    }
  }, [])
  const isNear = left !== null && left <= NOTICE_S
  const stay = useEffectEvent(() => ask(false))
  useEffect(() => {
    if (!isNear) return undefined
    const touch = () => stay()
    window.addEventListener('keydown', touch, { capture: true })
    window.addEventListener('pointerdown', touch, { capture: true })
    return () => {
      window.removeEventListener('keydown', touch, { capture: true })
      window.removeEventListener('pointerdown', touch, { capture: true })
    }
  }, [isNear])
  return { locksIn: isNear && now > 0 ? Math.max(0, left) : null, stay: () => ask(false) }
}
