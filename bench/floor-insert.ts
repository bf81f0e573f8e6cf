/** The floor of every write: durable inserts of one 2 KB row each, by the driver the product uses, without HTTP. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { type FloorTask, ROWS, TABLE, rowBody } from './floor-table.ts'

/** begin and end: the parent reads its meters now */
export type InsertMessage =
  | { readonly kind: 'begin' | 'end' }
  | { readonly kind: 'result'; readonly latencies: readonly number[]; readonly seconds: number }

const task = JSON.parse(process.argv[2] ?? '{}') as FloorTask
const body = rowBody(0)
const latencies: number[] = []
let counting = false
let stopped = false
// Never meets the keys of the prepared rows or of an earlier measurement.
let next = ROWS + Date.now() * 1000

const tell = (message: InsertMessage): Promise<void> =>
  new Promise((resolve) => process.send?.(message, () => resolve()))

async function insertInLoop(): Promise<void> {
  const client = new Client(task.database)
  await client.connect()
  while (!stopped) {
    const began = performance.now()
    next += 1
    await client.query({
      name: 'insert',
      text: `insert into ${TABLE} (id, body) values ($1, $2)`,
      values: [next, body],
    })
    if (counting) latencies.push(performance.now() - began)
  }
  await client.end()
}

const loops = Array.from({ length: task.connections }, insertInLoop)
await sleep(task.warmUp * 1000)
await tell({ kind: 'begin' })
counting = true
const began = performance.now()
await sleep(task.seconds * 1000)
counting = false
const seconds = (performance.now() - began) / 1000
await tell({ kind: 'end' })
stopped = true
await Promise.all(loops)
await tell({ kind: 'result', latencies, seconds })
process.disconnect()
