/**
 * Large bodies take turns. A Bundle grows to some ten times its bytes while it is worked on; many at once would only
 * wait for the same processor and the same disk, each holding its memory.
 */
export type InTurn = <T>(weight: number, work: () => Promise<T>) => Promise<T>

interface Waiting {
  readonly weight: number
  readonly start: () => void
}

/**
 * @param most weight under way at a time; whatever weighs more alone runs alone
 * @param free below this weight nothing waits, so that small requests do not queue behind large ones
 */
export function turns(most: number, free: number): InTurn {
  const waiting: Waiting[] = []
  let underWay = 0

  const startNext = (): void => {
    while (waiting.length > 0 && (underWay === 0 || underWay + waiting[0]!.weight <= most)) {
      const next = waiting.shift()!
      underWay += next.weight
      next.start()
    }
  }

  return async (weight, work) => {
    if (weight < free) return work()
    await new Promise<void>((start) => {
      waiting.push({ weight, start })
      startNext()
    })
    try {
      return await work()
    } finally {
      underWay -= weight
      startNext()
    }
  }
}
