/** The wish to end: Ctrl-C, a signal of the system, or the death of the program that started us. */
export interface Ending {
  /** aborted when the wish arrives */
  readonly signal: AbortSignal
  /** resolves when the wish arrives */
  readonly wished: Promise<void>
  /** rejects with `Ended` when the wish arrives before the work is done */
  during<T>(work: Promise<T>): Promise<T>
  /** throws `Ended` when the wish has arrived: between two steps of a long work */
  check(): void
}

/** Not a failure: somebody asked for it. */
export class Ended extends Error {
  override readonly name = 'Ended'
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export function listenForEnding(): Ending {
  const ending = new AbortController()
  const { signal } = ending
  // More of the same while we are closing changes nothing: closing is what they want.
  for (const name of SIGNALS) process.on(name, () => ending.abort())
  if (process.connected) process.once('disconnect', () => ending.abort()).channel?.unref()

  const wished = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
  const ended = wished.then(() => Promise.reject(new Ended()))
  ended.catch(() => undefined)
  return {
    signal,
    wished,
    during: (work) => Promise.race([work, ended]),
    check() {
      if (signal.aborted) throw new Ended()
    },
  }
}
