import { openAuditLog, proveAct } from '#foundation/audit-log'
import { withHospital } from '../open-hospital.ts'
import { type Settings, WrongUse } from '../settings.ts'

const SEQ = /^[1-9]\d{0,17}$/

/** `lanh audit prove ID`: the proof that one act is in the signed log, as JSON for `verify.mjs`. */
export function proveCommand(settings: Settings, words: readonly string[]): Promise<number> {
  const [seq = ''] = words
  if (words.length !== 1 || !SEQ.test(seq)) throw new WrongUse('lanh audit prove needs the id of one AuditEvent')
  return withHospital(settings, async ({ database }) => {
    const log = openAuditLog(database.connection)
    try {
      const proof = await log.ledgers.within((ledger) => proveAct(ledger, log.facility, seq))
      if (proof === null) throw new WrongUse(`there is no act ${seq}, or no head has been signed since`)
      console.log(JSON.stringify(proof))
      return 0
    } finally {
      await log.close()
    }
  })
}
