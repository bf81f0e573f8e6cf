/** Waits for the wish to end: Ctrl-C, a signal of the system, or the death of the program that started us. */
export interface Ending {
  /** resolves when the wish arrives */
  readonly wished: Promise<void>
  /** throws `Ended` when it arrives before the work is done, so that what was opened is closed */
  during<T>(work: Promise<T>): Promise<T>
}

/** Not a failure: somebody asked for it. */
export class Ended extends Error {
  override readonly name = 'Ended'
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export function listenForEnding(): Ending {
  const wished = new Promise<void>((resolve) => {
    // More of the same while we are closing changes nothing: closing is what they want.
    for (const signal of SIGNALS) process.on(signal, () => resolve())
    if (process.connected) process.once('disconnect', () => resolve()).channel?.unref()
  })
  const ended = wished.then(() => Promise.reject(new Ended()))
  ended.catch(() => undefined)
  return { wished, during: (work) => Promise.race([work, ended]) }
}
