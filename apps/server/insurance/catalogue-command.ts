import { withHospital } from '../open-hospital.ts'
import { duration, Progress } from '../progress.ts'
import type { Settings } from '../settings.ts'
import { rebuildCatalogues } from './complete-catalogues.ts'

/** `lanh bhxh catalogue`: the facility's catalogues once more from every dossier that is stored. */
export async function catalogueCommand(settings: Settings): Promise<number> {
  const progress = new Progress('dossiers')
  const dossiers = await withHospital(settings, ({ store }) =>
    rebuildCatalogues(store, (done) => progress.at(done, { share: 0 })),
  )
  console.log(`Dossiers: ${dossiers} read again in ${duration(progress.end())}; the catalogues are complete`)
  return 0
}
