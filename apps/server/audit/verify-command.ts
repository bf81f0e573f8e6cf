import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import {
  fileKeys,
  findingText,
  fingerprintOf,
  headsFile,
  headsIn,
  openAuditLog,
  verifyLog,
} from '#foundation/audit-log'
import { withHospital } from '../open-hospital.ts'
import { Progress } from '../progress.ts'
import { type Settings, WrongUse } from '../settings.ts'
import { copyFolderOf } from './open-audit.ts'

/** `lanh audit verify`: every act against the heads that were signed, here and in the second place. */
export const verifyCommand = (settings: Settings): Promise<number> =>
  withHospital(settings, async ({ database }) => {
    const log = openAuditLog(database.connection)
    try {
      const copy = await copyOf(settings, log.facility)
      const { publicKeys } = await fileKeys(settings.data)
      const progress = new Progress('acts')
      const now = Date.now()
      const { findings, acts, heads, unsigned, lastHead } = await log.ledgers.within((ledger) =>
        verifyLog(ledger, {
          facility: log.facility,
          keys: publicKeys,
          copy: copy === null ? null : headsIn(copy),
          now,
          onProgress: (done, of) => progress.at(done, of),
        }),
      )
      progress.end()
      for (const finding of findings) console.error(findingText(finding))
      console.log(`${acts} acts, ${heads} signed heads, ${unsigned} acts not signed yet`)
      if (lastHead) console.log(`Last head: ${lastHead.at}, fingerprint ${fingerprintOf(lastHead.line)}`)
      console.log(
        copy ? `Compared with ${copy}` : 'No second place was found: a log that was rolled back is not noticed',
      )
      console.log(findings.length === 0 ? 'The audit log is whole' : 'THE AUDIT LOG IS NOT WHOLE')
      return findings.length === 0 ? 0 : 1
    } finally {
      await log.close()
    }
  })

/** @returns null where no second place has been written to yet @throws WrongUse for a file that is named and not there */
async function copyOf(settings: Settings, facility: number): Promise<string | null> {
  const file = settings.copy || join(copyFolderOf(settings), headsFile(facility))
  const isThere = await stat(file).then(
    () => true,
    () => false,
  )
  if (!isThere && settings.copy) throw new WrongUse(`--copy: ${settings.copy} cannot be read`)
  return isThere ? file : null
}
