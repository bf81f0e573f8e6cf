import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { buildApp, buildScreens, openSending, readSettings, runSending, SCREENS } from '#apps/server'
import { openStore, type RecordStore } from '#foundation/record-store'
import { databaseForTest } from '#testing/postgres'

/** The running product: real PostgreSQL, real server, built screens. */
export interface Product {
  /** `http://127.0.0.1:34567` */
  readonly address: string
  readonly store: RecordStore
}

/**
 * Starts the product on a free port over an empty database of its own; it ends after the file's last test.
 * @param environment with LANH_BHXH_URL and what belongs to it, dossiers are sent there
 */
export async function startProduct(environment: NodeJS.ProcessEnv = {}): Promise<Product> {
  const { connection } = await databaseForTest()
  await buildScreens()
  const store = await openStore(connection)
  const data = await mkdtemp(join(tmpdir(), 'lanh-product-'))
  const sending = openSending(store, readSettings(new Map([['--data', data]]), environment), environment)
  const app = await buildApp({ store, screens: SCREENS, sending })
  const stop = new AbortController()
  const faults: unknown[] = []
  const running = runSending(sending, stop.signal, (fault) => void faults.push(fault))
  afterAll(async () => {
    await app.close()
    stop.abort()
    await running
    await store.close()
    await rm(data, { recursive: true })
    if (faults.length > 0) throw new AggregateError(faults, 'sending met faults')
  })
  return { address: await app.listen({ port: 0, host: '127.0.0.1' }), store }
}
