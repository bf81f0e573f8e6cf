import { openHospital } from './open-hospital.ts'
import { plainLog } from './plain-log.ts'
import { Progress } from './progress.ts'
import type { Settings } from './settings.ts'

/** `lanh reindex`: every search index anew from the record log. Proves that the log is the record. */
export async function reindexCommand(settings: Settings): Promise<number> {
  const hospital = await openHospital(settings, { log: plainLog, asGuest: true })
  try {
    const progress = new Progress('resources')
    const count = await hospital.store.reindex((done, of) => progress.at(done, of))
    progress.end()
    console.log(`${count} resources are indexed anew`)
    return 0
  } finally {
    await hospital.close()
  }
}
