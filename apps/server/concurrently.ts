/**
 * Works on items a few at a time: while one waits for the database, another is prepared. The first fault ends it, after
 * those under way have come to their end.
 */
export async function concurrently<T>(
  items: Iterable<T>,
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items[Symbol.iterator]()
  let failed = false
  async function lane(): Promise<void> {
    for (let next = queue.next(); !next.done && !failed; next = queue.next()) await work(next.value)
  }
  const lanes = Array.from({ length: width }, () =>
    lane().catch((error: unknown) => {
      failed = true
      throw error
    }),
  )
  const results = await Promise.allSettled(lanes)
  for (const result of results) if (result.status === 'rejected') throw result.reason
}
