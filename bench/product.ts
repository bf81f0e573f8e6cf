/** The product as a hospital runs it: the command line in its own process, with our own PostgreSQL in a folder. */
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '#foundation/database'
import { Client } from 'pg'
import { type Child, type Ended, startChild, untilEnded } from './child.ts'
import { type Profiler, noProfiler, openProfiler } from './profiler.ts'
import { type CpuReading, cpuOf, cpuOfTree, peakMemoryOf } from './process-meter.ts'

const CLI = 'apps/server/cli.ts'
/** ms */
const START_PATIENCE = 120_000

export interface Product {
  readonly port: number
  /** path of the FHIR endpoint, without a final slash */
  readonly base: string
  cpu(): { server: CpuReading; database: CpuReading }
  /** MB */
  peakMemory(): number
  /** does now what PostgreSQL's autovacuum would do within minutes, so that it does not happen during a measurement */
  tidy(): Promise<void>
  readonly profiler: Profiler
}

export interface ProductOptions {
  /** where its PostgreSQL keeps its data */
  readonly data: string
  /** folder for CPU profiles of the server */
  readonly profile?: string | undefined
  /** true: people and programs sign in, policies and the audit log are on */
  readonly auth?: boolean
}

/** Starts the product for the time of `work`, and ends it whatever happens. */
export async function withProduct<T>(
  { data, profile, auth = false }: ProductOptions,
  work: (product: Product) => Promise<T>,
): Promise<T> {
  const child = startChild(CLI, ['start', ...(auth ? [] : ['--no-auth']), '--port', '0', '--data', data], {
    env: { DATABASE_URL: '' },
    execArgv: profile ? ['--inspect=127.0.0.1:0'] : [],
  })
  try {
    const port = await portOf(child)
    const { admin, postmaster, close } = await besideIt(data)
    const inspector = /ws:\/\/\S+/.exec(child.printed())?.[0]
    const profiler = profile && inspector ? await openProfiler(inspector, profile) : noProfiler
    const product: Product = {
      profiler,
      port,
      base: '/fhir/R4',
      cpu: () => ({ server: cpuOf(child.pid), database: cpuOfTree(postmaster) }),
      peakMemory: () => peakMemoryOf(child.pid),
      tidy: async () => {
        await admin.query('vacuum analyze')
      },
    }
    return await work(product).finally(() => {
      profiler.close()
      return close()
    })
  } catch (fault) {
    throw new Error(`the product printed:\n${child.printed().slice(-3000)}`, { cause: fault })
  } finally {
    await child.stop()
  }
}

/** The port it prints when it is ready. */
async function portOf(child: Child): Promise<number> {
  const until = Date.now() + START_PATIENCE
  while (Date.now() < until && child.process.exitCode === null) {
    const port = /http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):(\d+)/.exec(child.printed())?.[1]
    if (port) return Number(port)
    await sleep(20)
  }
  throw new Error(`the product did not start:\n${child.printed().slice(-2000)}`)
}

/** A second connection to the running product's PostgreSQL. */
async function besideIt(data: string): Promise<{ admin: Client; postmaster: number; close(): Promise<void> }> {
  const database = await openDatabase({ folder: data, asGuest: true, log: { info: () => {}, warn: () => {} } })
  const admin = new Client(database.admin)
  admin.on('error', () => {})
  await admin.connect()
  return {
    admin,
    postmaster: await postmasterOf(admin),
    async close() {
      await admin.end()
      await database.close()
    },
  }
}

/** @returns the process that all backends descend from */
export async function postmasterOf(admin: Client): Promise<number> {
  const { rows } = await admin.query<{ text: string }>(`select pg_read_file('postmaster.pid') as text`)
  return Number(rows[0]?.text.split('\n')[0])
}

export interface Imported extends Ended {
  /** as the command itself counted and timed them: without the start and end of PostgreSQL */
  readonly resources: number
  readonly perSecond: number
}

const COUNTED = /Resources: ([\d,]+) read, ([\d,]+) stored in .*\(([\d,]+)\/s\)/

/** Runs `lanh import` over files or folders. @throws unless all that was read is stored */
export async function importFiles(data: string, paths: readonly string[]): Promise<Imported> {
  const began = performance.now()
  const child = startChild(CLI, ['import', '--data', data, ...paths], { env: { DATABASE_URL: '' } })
  const ended = await untilEnded(child, began)
  const [, read, stored, rate] = COUNTED.exec(ended.printed)?.map((text) => Number(text.replaceAll(',', ''))) ?? []
  if (!stored || !rate || read !== stored)
    throw new Error(`lanh import did not store everything:\n${ended.printed.slice(-2000)}`)
  return { ...ended, resources: stored, perSecond: rate }
}
