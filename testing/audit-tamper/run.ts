/** A thousand random tamperings with an audit log in a PostgreSQL of its own: `node run.mjs testing/audit-tamper/run.ts [TIMES [SEED]]`. */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { destroyDatabase, migrate, openDatabase } from '#foundation/database'
import { tamper } from './tamper.ts'

const TIMES = 1000
const silent = { info: () => undefined, warn: () => undefined }
const SMALL = { shared_buffers: '64MB', max_connections: '20' }

async function main([times = String(TIMES), seed = String(Date.now() % 2 ** 32)]: readonly string[]): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'lanh-tamper-'))
  const database = await openDatabase({ folder, log: silent, settings: SMALL })
  try {
    await migrate({ admin: database.admin, appRole: database.appRole, log: silent })
    const result = await tamper(database.admin, {
      times: Number(times),
      seed: Number(seed),
      onDone: (done) => {
        if (done % 100 === 0) console.error(`${done} done`)
      },
    })
    for (const [kind, count] of [...result.kinds].toSorted()) console.log(`${String(count).padStart(5)}  ${kind}`)
    for (const deed of result.missed) console.log(`NOT NOTICED: ${deed}`)
    console.log(`${result.tamperings} tamperings, ${result.detected} noticed (seed ${seed})`)
    return result.missed.length === 0 ? 0 : 1
  } finally {
    await database.close()
    await destroyDatabase(folder)
  }
}

process.exitCode = await main(process.argv.slice(2))
