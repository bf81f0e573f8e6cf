/** The audit log of a running hospital: open for acts, numbered, signed and copied until it is closed. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { ClientConfig } from 'pg'
import {
  auditEntry,
  type AuditFacts,
  type AuditLog,
  fileKeys,
  openAuditLog,
  secondPlace,
  type Sequencer,
  type SequencerAlarm,
  startSequencer,
} from '#foundation/audit-log'
import type { Settings } from '../settings.ts'
import { watchClock } from './clock-watch.ts'

export interface Audit {
  readonly log: AuditLog
  readonly sequencer: Sequencer
  readonly copyFolder: string
  readonly close: () => Promise<void>
}

interface Told {
  readonly error: (fault: unknown, sentence: string) => void
  /** a line for paper, once a day */
  readonly print: (line: string) => void
}

/**
 * Beside the data, never in them: a backup that is brought back, or whoever empties the folder of the data, does not take
 * the heads along. Another machine is better; LANH_AUDIT_COPY names it. A demo hospital has nothing to prove, and is
 * thrown away as one folder.
 */
export function copyFolderOf({ auditCopy, data, demo }: Pick<Settings, 'auditCopy' | 'data' | 'demo'>): string {
  if (auditCopy !== '') return auditCopy
  return demo ? join(data, 'audit-heads') : `${data.replace(/[\\/]+$/, '')}-audit-heads`
}

const ALARMS: Readonly<Record<SequencerAlarm, string>> = {
  'numbering-stopped': 'audit: acts have not been put into the tree for a minute',
  'heads-stopped': 'audit: the tree has grown, and no head of it has been signed for two minutes',
  'copy-failed': 'audit: the second place (LANH_AUDIT_COPY) does not take the heads of the tree',
  'rolled-back': 'audit: the second place knows heads that the database does not: see lanh audit verify',
  'not-whole': 'audit: a look at a part of the log found something wrong: see lanh audit verify',
}

/** What the product does by itself: begins, ends, and finds that its clock was set. */
const ourAct = (action: AuditFacts['action'], reason?: string): AuditFacts => ({
  at: new Date().toISOString(),
  action,
  outcome: 'success',
  agent: {
    account: null,
    reference: 'Device/lanh',
    roles: [],
    client: null,
    session: null,
    network: '',
    purpose: 'HSYSADMIN',
  },
  entities: [],
  patients: [],
  ...(reason === undefined ? {} : { reason }),
  request: randomUUID(),
})

export async function openAudit(settings: Settings, connection: ClientConfig, { error, print }: Told): Promise<Audit> {
  const keys = await fileKeys(settings.data)
  const log = openAuditLog(connection)
  const copyFolder = copyFolderOf(settings)
  const tell = (action: AuditFacts['action'], reason?: string): Promise<void> =>
    log.append(auditEntry(ourAct(action, reason)))
  await tell('start')
  const sequencer = startSequencer({
    log,
    keys,
    copy: secondPlace(copyFolder, log.facility, keys),
    onAlarm: (alarm, fault) => error(fault, ALARMS[alarm]),
    onFingerprint: ({ size, at }, fingerprint) => print(`Audit log at ${at}: ${size} acts, fingerprint ${fingerprint}`),
  })
  const endClockWatch = watchClock(({ byMs }) => {
    tell('clock-step', `${byMs} ms`).catch((fault: unknown) => error(fault, 'audit: the clock was set'))
  })
  return {
    log,
    sequencer,
    copyFolder,
    close: async () => {
      endClockWatch()
      await tell('stop').catch((fault: unknown) => error(fault, 'audit: the end could not be told'))
      await sequencer.stop()
      await log.close()
    },
  }
}
