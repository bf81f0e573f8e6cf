/**
 * What this machine can do at best, measured in the same run as the product: on the same kind of PostgreSQL with the
 * same durable settings, by the same driver and the same load generator.
 */
import { once } from 'node:events'
import { join } from 'node:path'
import { openDatabase } from '#foundation/database'
import { Client } from 'pg'
import { firstMessage, startChild } from './child.ts'
import { copyInto } from './copy-rows.ts'
import { type Figures, metersOver, percentiles } from './figures.ts'
import type { InsertMessage } from './floor-insert.ts'
import { COPIED, CREATE, type FloorTask, ROWS, TABLE, rowBody } from './floor-table.ts'
import { type Source, drive } from './load.ts'
import { get } from './http-request.ts'
import { cpuOf, cpuOfTree } from './process-meter.ts'
import { postmasterOf } from './product.ts'

export type FloorName = 'route' | 'insert'

export interface Floors {
  readonly route: readonly Figures[]
  readonly insert: readonly Figures[]
  /** rows of 2 KB per second */
  readonly copy: number
  /** PostgreSQL's version */
  readonly database: string
}

export interface Pace {
  readonly connections: readonly number[]
  readonly warmUp: number
  readonly seconds: number
}

/** @param folder for a PostgreSQL of their own, deleted by the caller */
export async function measureFloors(folder: string, pace: Pace, log: (line: string) => void): Promise<Floors> {
  const database = await openDatabase({ folder: join(folder, 'floors'), log: { info: () => {}, warn: log } })
  const admin = new Client(database.admin)
  await admin.connect()
  try {
    const copy = await prepare(admin, database.appRole)
    const postmaster = await postmasterOf(admin)
    const route: Figures[] = []
    const insert: Figures[] = []
    for (const connections of pace.connections) {
      const task = { database: database.connection, connections, warmUp: pace.warmUp, seconds: pace.seconds }
      route.push(await measureRoute(task, postmaster))
      insert.push(await measureInsert(task, postmaster))
    }
    return { route, insert, copy, database: database.version }
  } finally {
    await admin.end()
    await database.close()
  }
}

/** Fills the tables. @returns rows per second of COPY */
async function prepare(admin: Client, appRole: string): Promise<number> {
  for (const statement of CREATE) await admin.query(statement)
  await admin.query(`grant select, insert on ${TABLE} to ${appRole}`)
  const rows = Array.from({ length: ROWS }, (_, id) => `${id}\t${rowBody(id)}\n`)
  const chunks = Array.from({ length: ROWS / 100 }, (_, i) => Buffer.from(rows.slice(i * 100, i * 100 + 100).join('')))
  await copyInto(admin, TABLE, chunks)
  const began = performance.now()
  await copyInto(admin, COPIED, chunks)
  const seconds = (performance.now() - began) / 1000
  await admin.query('vacuum analyze')
  await admin.query('checkpoint')
  return ROWS / seconds
}

async function measureRoute(task: FloorTask, postmaster: number): Promise<Figures> {
  const child = startChild('bench/floor-route.ts', [JSON.stringify(task)])
  try {
    const port = await firstMessage<number>(child)
    const requests = Array.from({ length: ROWS }, (_, id) => ({
      bytes: get(`/row/${(id * 7919) % ROWS}`),
      check: (body: string) => (body === rowBody((id * 7919) % ROWS) ? null : 'the bare route served another row'),
    }))
    let k = 0
    const source: Source = { status: 200, next: () => requests[k++ % ROWS] ?? null }
    const meters = metersOver(() => ({ server: cpuOf(child.pid), database: cpuOfTree(postmaster) }))
    const measured = await drive(source, { ...task, port, atEdges: meters.read })
    return { ...measured, connections: task.connections, ...meters.per(measured.requests) }
  } finally {
    await child.stop()
  }
}

async function measureInsert(task: FloorTask, postmaster: number): Promise<Figures> {
  const child = startChild('bench/floor-insert.ts', [JSON.stringify(task)])
  const meters = metersOver(() => ({ server: cpuOf(child.pid), database: cpuOfTree(postmaster) }))
  let result: { latencies: readonly number[]; seconds: number } | null = null
  child.process.on('message', (message: InsertMessage) => {
    if (message.kind === 'result') result = message
    else meters.read()
  })
  try {
    await once(child.process, 'close')
    if (!result) throw new Error(`the bare insert failed:\n${child.printed().slice(-2000)}`)
    const { latencies, seconds } = result as { latencies: readonly number[]; seconds: number }
    return {
      connections: task.connections,
      perSecond: latencies.length / seconds,
      ...percentiles(latencies),
      ...meters.per(latencies.length),
      bytes: NaN,
    }
  } finally {
    await child.stop()
  }
}
