/** What an outbox sends: dossiers, whose own Task says how they stand, or messages that somebody came. */
import { no, type Refusal } from '#fhir/outcome'
import type { Encounter, Task } from '#fhir/r4'
import type { RecordStore, Write } from '#foundation/record-store'
import type { DossierState } from '../api.ts'
import { inState, stateOf } from '../dossier-task.ts'
import { resourceWrite } from '../resource-write.ts'
import type { Portal, PortalAnswer } from './portal.ts'
import type { SendingLine } from './sending-task.ts'

/** What is sent about, as the record has it at this moment. */
export interface Subject {
  /** `Patient/…` */
  readonly patient: string | null
  /** why it may not be made ready; null where it may */
  readonly refusal: Refusal | null
  /** whether bytes that were made ready still say what is true */
  readonly isAwaited: boolean
  /**
   * the next version of what says how it stands; null where only the sending does
   * @param state null leaves it as it is: what was said is about bytes that are older than what it says now
   */
  readonly told: (state: DossierState | null, note: string, receipt: string | null) => Write | null
}

export interface OutboxLine {
  readonly line: SendingLine
  readonly submit: (portal: Portal, file: Uint8Array) => Promise<PortalAnswer>
  /** @returns null where there is no such thing */
  readonly read: (store: RecordStore, id: string) => Promise<Subject | null>
}

export const HAS_ERRORS = no('OUTBOX-2', 'business-rule', {
  vi: 'Hồ sơ còn lỗi, chưa gửi được: sửa các lỗi rồi gửi',
  en: 'The dossier has errors and may not be sent',
})
const SENT_ELSEWHERE = no('OUTBOX-7', 'business-rule', {
  vi: 'Phần mềm khác đã gửi hoặc có thể đã gửi hồ sơ này: chuyển sang Sẵn sàng trước khi gửi từ Lành',
  en: 'Another program has sent this dossier or may have: make it ready before it is sent from here',
})
const NOT_HERE = no('OUTBOX-8', 'business-rule', {
  vi: 'Người bệnh chưa đến hoặc lượt khám đã huỷ: không gửi thông tin vào khám',
  en: 'The patient has not come, or the visit was cancelled: there is nothing to announce',
})

const REFUSED: Readonly<Partial<Record<DossierState, Refusal>>> = { draft: HAS_ERRORS, elsewhere: SENT_ELSEWHERE }

/** States in which nothing of the dossier is on its way: bytes that wait are older than what it says now. */
const NOT_ON_ITS_WAY: ReadonlySet<DossierState> = new Set(['draft', 'elsewhere', 'ready'])

export const DOSSIERS: OutboxLine = {
  line: 'dossier',
  submit: (portal, file) => portal.submit(file),
  read: async (store, id) => {
    const stored = await store.read('Task', id)
    if (!stored?.body) return null
    const task = JSON.parse(stored.body) as Task
    const state = stateOf(task)
    return {
      patient: task.for?.reference ?? null,
      refusal: REFUSED[state] ?? null,
      isAwaited: !NOT_ON_ITS_WAY.has(state),
      told: (next, note, receipt) => resourceWrite(inState(task, next ?? state, note, receipt), stored.version),
    }
  },
}

const HERE: ReadonlySet<Encounter['status']> = new Set(['arrived', 'triaged', 'in-progress', 'onleave', 'finished'])

/** @source README of decision 3176, table XML0: sent when the first cost of the visit arises */
export const CHECK_INS: OutboxLine = {
  line: 'check-in',
  submit: (portal, file) => portal.checkIn(file),
  read: async (store, id) => {
    const stored = await store.read('Encounter', id)
    if (!stored?.body) return null
    const { subject, status } = JSON.parse(stored.body) as Encounter
    const isHere = HERE.has(status)
    return {
      patient: subject?.reference ?? null,
      refusal: isHere ? null : NOT_HERE,
      isAwaited: isHere,
      told: () => null,
    }
  },
}
