import { withHospital } from './open-hospital.ts'
import { Progress } from './progress.ts'
import type { Settings } from './settings.ts'

/** `lanh reindex`: every search index anew from the record log. Proves that the log is the record. */
export const reindexCommand = (settings: Settings): Promise<number> =>
  withHospital(settings, async ({ store }) => {
    const progress = new Progress('resources')
    const count = await store.reindex((done, of) => progress.at(done, of))
    progress.end()
    console.log(`${count} resources are indexed anew`)
    return 0
  })
