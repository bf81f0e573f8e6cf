import { afterAll } from 'vitest'
import { buildApp, buildScreens, SCREENS } from '#apps/server'
import { openStore, type RecordStore } from '#foundation/record-store'
import { databaseForTest } from '#testing/postgres'

/** The running product: real PostgreSQL, real server, built screens. */
export interface Product {
  /** `http://127.0.0.1:34567` */
  readonly address: string
  readonly store: RecordStore
}

/** Starts the product on a free port over an empty database of its own; it ends after the file's last test. */
export async function startProduct(): Promise<Product> {
  const { connection } = await databaseForTest()
  await buildScreens()
  const store = await openStore(connection)
  const app = await buildApp({ store, screens: SCREENS })
  afterAll(async () => {
    await app.close()
    await store.close()
  })
  return { address: await app.listen({ port: 0, host: '127.0.0.1' }), store }
}
