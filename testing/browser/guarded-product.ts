import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll } from 'vitest'
import type { Bundle, FhirResource } from '#fhir/r4'
import { buildApp, buildScreens, openSecurity, readSettings, SCREENS } from '#apps/server'
import { openStore, type RecordStore } from '#foundation/record-store'
import { bundleText, demoHospital } from '#testing/demo-hospital'
import { databaseForTest } from '#testing/postgres'

/** The running product with its doors closed, as `lanh start` makes it. */
export interface GuardedProduct {
  /** `http://localhost:34567`: passkeys need a name */
  readonly address: string
  readonly store: RecordStore
  /** path of the one-time link for the first administrator */
  readonly firstLink: () => Promise<string>
}

interface Wish {
  /** one-click roles instead of accounts */
  readonly demo: boolean
  /** so many people of the demo hospital */
  readonly patients?: number
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

/** Written past the door, as an import would. */
async function fill(store: RecordStore, patients: number): Promise<void> {
  const open = await buildApp({ store })
  for (const bundle of demoHospital({ patients, longRecords: false }) as Iterable<Bundle<FhirResource>>) {
    const { statusCode, body } = await open.inject({
      method: 'POST',
      url: '/fhir/R4',
      headers: { host: 'localhost', 'content-type': 'application/fhir+json' },
      payload: bundleText(bundle),
    })
    if (statusCode !== 200) throw new Error(`The product refused a bundle: ${statusCode} ${body}`)
  }
  await open.close()
}

/** Starts the product with sign-in over an empty database of its own; it ends after the file's last test. */
export async function startGuardedProduct({ demo, patients = 0 }: Wish): Promise<GuardedProduct> {
  const { connection, admin, appRole } = await databaseForTest()
  await buildScreens()
  const store = await openStore(connection)
  if (patients > 0) await fill(store, patients)
  const folder = await mkdtemp(join(tmpdir(), 'lanh-guarded-'))
  const port = await freePort()
  const address = `http://localhost:${port}`
  const given = new Map([['--data', folder], ...(demo ? ([['--demo', 'true']] as const) : [])])
  const database = { connection, admin, appRole, version: '', close: async () => undefined }
  const security = await openSecurity({
    settings: readSettings(given, {}),
    hospital: { store, database, close: async () => undefined },
    origin: address,
    log: pino({ level: 'silent' }),
    print: () => undefined,
  })
  const app = await buildApp({ store, screens: SCREENS, security })
  afterAll(async () => {
    await app.close()
    await security.close()
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })
  await app.listen({ port, host: '127.0.0.1' })
  return {
    address,
    store,
    async firstLink() {
      const link = await security.firstLink()
      if (link === null) throw new Error('there are accounts already')
      return link
    },
  }
}
