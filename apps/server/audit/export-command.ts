import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { exportLog, fileKeys, openAuditLog } from '#foundation/audit-log'
import { withHospital } from '../open-hospital.ts'
import { type Settings, WrongUse } from '../settings.ts'

const DAY = 86_400_000

/** Midnight of the hospital's own day. */
const midnight = (day: string): number => Date.parse(`${day}T00:00:00`)

/** `lanh audit export`: acts, heads and public keys for an outside auditor. */
export function exportAuditCommand(settings: Settings): Promise<number> {
  const { out, from, to } = settings
  if (out === '') throw new WrongUse('lanh audit export needs --out FILE')
  return withHospital(settings, async ({ database }) => {
    const log = openAuditLog(database.connection)
    try {
      const { publicKeys } = await fileKeys(settings.data)
      const at = new Date().toISOString()
      let lines = 0
      await log.ledgers.within(async (ledger) => {
        const asked = {
          facility: log.facility,
          keys: publicKeys,
          at,
          ...(from && { from: midnight(from) }),
          ...(to && { to: midnight(to) + DAY }),
        }
        async function* texts(): AsyncGenerator<string> {
          for await (const line of exportLog(ledger, asked)) {
            lines += 1
            yield `${line}\n`
          }
        }
        await pipeline(texts, createWriteStream(out, { mode: 0o600 }))
      })
      console.log(`${lines} lines in ${out}; node verify.mjs (foundation/audit-log/verifier) verifies them`)
      return 0
    } finally {
      await log.close()
    }
  })
}
