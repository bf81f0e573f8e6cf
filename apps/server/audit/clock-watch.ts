/** Notices when the clock of the machine is set: every time in the log is by that clock. */

/** A step of less than this is the ordinary correction of a clock. */
const STEP_MS = 2_000
const LOOK_EVERY_MS = 5_000

export interface ClockStep {
  /** positive: the clock was set forward */
  readonly byMs: number
}

interface Clocks {
  /** the machine's clock, which can be set */
  readonly wall: () => number
  /** a clock that only goes on */
  readonly steady: () => number
}

const CLOCKS: Clocks = { wall: Date.now, steady: () => performance.now() }

/** @returns a look: what has been set since the look before, or null */
export function clockLook({ wall, steady }: Clocks = CLOCKS): () => ClockStep | null {
  let offset = wall() - steady()
  return () => {
    const now = wall() - steady()
    const byMs = Math.round(now - offset)
    offset = now
    return Math.abs(byMs) < STEP_MS ? null : { byMs }
  }
}

/** @returns how to end it */
export function watchClock(onStep: (step: ClockStep) => void): () => void {
  const look = clockLook()
  const timer = setInterval(() => {
    const step = look()
    if (step !== null) onStep(step)
  }, LOOK_EVERY_MS).unref()
  return () => clearInterval(timer)
}
