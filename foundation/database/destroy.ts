import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { lockFolder } from './lock.ts'
import { findKnownPlace } from './place.ts'
import { findOrphan, stopPostmaster } from './postmaster.ts'

/**
 * Deletes our own database and all that is in it: the asked folder, and the data where they lie elsewhere. A server
 * that a killed app left running on them is stopped first. For tests; a hospital never calls this.
 * @throws DatabaseProblem when a living process uses the folder
 */
export async function destroyDatabase(folder: string): Promise<void> {
  const place = await findKnownPlace(folder)
  if (place) {
    await lockFolder(place.folder)
    const orphan = await findOrphan(place.data)
    if (orphan) await stopPostmaster(orphan.pid)
    await rm(place.data, { recursive: true, force: true })
    if (dirname(place.data) !== place.folder) await rm(dirname(place.data), { recursive: true, force: true })
  }
  await rm(folder, { recursive: true, force: true })
}
