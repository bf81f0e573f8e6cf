/** Acts that no write carries: reads, searches, refusals, sign-ins. Simultaneous ones share a statement and a flush. */
import { setTimeout as pause } from 'node:timers/promises'
import { auditInsert, auditRows } from './insert.ts'
import { type Line, NotSent } from './line.ts'
import type { AuditEntry } from './types.ts'

/** One group is stored while the next lies with PostgreSQL already … */
const CONCURRENT_GROUPS = 2
/** … but only once so many wait: a statement for many costs far less than several for few. */
const WORTH_ANOTHER = 4
const LARGEST_GROUP = 512

const PAUSE_MS = 100

interface Waiting {
  readonly entry: AuditEntry
  readonly resolve: () => void
  readonly reject: (fault: unknown) => void
}

const STATEMENT = { name: 'append', text: auditInsert(2) }

/**
 * @param patienceMs how long a PostgreSQL that restarts is waited for
 * @returns resolves when the act is committed; rejects when that is not certain: the act must then be refused
 */
export function groupedAppends(line: Line, facility: number, patienceMs: number): (entry: AuditEntry) => Promise<void> {
  const waiting: Waiting[] = []
  let underWay = 0

  async function store(group: readonly Waiting[]): Promise<void> {
    const values = [facility, auditRows(group.map(({ entry }) => entry))]
    const end = Date.now() + patienceMs
    for (;;) {
      try {
        return await line.run({ ...STATEMENT, values })
      } catch (fault) {
        if (!(fault instanceof NotSent) || Date.now() > end) throw fault
        await pause(PAUSE_MS)
      }
    }
  }

  async function settle(group: readonly Waiting[]): Promise<void> {
    try {
      await store(group)
      done()
      for (const { resolve } of group) resolve()
    } catch (fault) {
      done()
      for (const { reject } of group) reject(fault)
    }
  }

  /** PostgreSQL has the next group before anybody of this one is answered. */
  function done(): void {
    underWay -= 1
    pump()
  }

  function pump(): void {
    while (waiting.length > (underWay === 0 ? 0 : WORTH_ANOTHER) && underWay < CONCURRENT_GROUPS) {
      underWay += 1
      void settle(waiting.splice(0, LARGEST_GROUP))
    }
  }

  let isTurnOver = true
  const endTurn = () => {
    isTurnOver = true
    pump()
  }
  return (entry) =>
    new Promise((resolve, reject) => {
      waiting.push({ entry, resolve, reject })
      if (!isTurnOver) return
      // Whoever acts in the same turn goes along.
      isTurnOver = false
      setImmediate(endTurn)
    })
}
