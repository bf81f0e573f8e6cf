/**
 * What is to be sent is a Task beside the dossier's: one for each destination. It says which bytes, how often they went
 * out, and what the portal said; each change is a version of it, with its author.
 */
import type { Task, TaskInput, TaskOutput } from '#fhir/r4'
import { taskSystems } from '../dossier-task.ts'
import { identify } from '../identify.ts'

/**
 * ready: to be sent · sent: went out, no answer yet · resent: went out more than once, no answer yet · withdrawn: what it
 * is about changed before it was accepted, so these bytes go out no more
 */
export type SendingState = 'ready' | 'sent' | 'resent' | 'accepted' | 'refused' | 'withdrawn'

/** What is sent: a dossier, or the message that somebody came. */
export type SendingLine = 'dossier' | 'check-in'

/** What is known of the latest attempt. pending: it is under way, or whoever made it died */
export type SendingAnswer = 'none' | 'pending' | 'received' | 'refused' | 'not-sent' | 'unknown'

export interface Sending {
  readonly id: string
  readonly line: SendingLine
  /** id of the Claim or the Encounter */
  readonly subject: string
  readonly destination: string
  readonly patient: string | null
  readonly state: SendingState
  readonly answer: SendingAnswer
  /** id of the Binary with the exact bytes */
  readonly file: string
  /** how often these or earlier bytes of the dossier may have reached the portal */
  readonly sends: number
  /** attempts since it became ready */
  readonly attempts: number
  /** ISO: nobody else touches it before; '' while nobody sends */
  readonly until: string
  /** ISO: not tried again by itself before; '' never */
  readonly next: string
  /** maGiaoDich of every answer, oldest first */
  readonly receipts: readonly string[]
  /** thoiGianTiepNhan of the latest receipt, ISO; '' where unknown */
  readonly receivedAt: string
  /** what the portal or we said last */
  readonly message: string
}

/** `Coding.system` of where a Task sends to, and of its state. */
export const sendingSystems = {
  destination: 'urn:lanh:code:insurance-destination',
  state: 'urn:lanh:code:insurance-sending-state',
} as const

/** Code of these Tasks within `taskSystems.kind`, and what they are about. */
export const LINES = {
  dossier: { code: 'insurance-sending', about: 'Claim' },
  'check-in': { code: 'insurance-check-in', about: 'Encounter' },
} as const satisfies Readonly<Record<SendingLine, { code: string; about: string }>>

export const sendingId = (line: SendingLine, destination: string, subject: string): string =>
  identify('Task', LINES[line].code, destination, subject)

/** @source http://hl7.org/fhir/R4/valueset-task-status.html */
const STATUS: Readonly<Record<SendingState, Task['status']>> = {
  ready: 'ready',
  sent: 'in-progress',
  resent: 'in-progress',
  accepted: 'completed',
  refused: 'failed',
  withdrawn: 'cancelled',
}

const FILE = 'file'
const ANSWER = 'answer'
const SENDS = 'sends'
const ATTEMPTS = 'attempts'
const UNTIL = 'until'
const NEXT = 'next'
const RECEIPT = 'maGiaoDich'
const RECEIVED_AT = 'thoiGianTiepNhan'
const MESSAGE = 'message'

const moment = (name: string, value: string): TaskInput[] =>
  value === '' ? [] : [{ type: { text: name }, valueInstant: value }]

const said = (name: string, value: string): TaskOutput[] =>
  value === '' ? [] : [{ type: { text: name }, valueString: value }]

export function sendingTask(sending: Sending): Task {
  const { id, line, subject, destination, patient, state, answer, file, sends, attempts, until, next } = sending
  const { code, about } = LINES[line]
  return {
    resourceType: 'Task',
    id,
    meta: { tag: [{ system: sendingSystems.destination, code: destination }] },
    status: STATUS[state],
    businessStatus: { coding: [{ system: sendingSystems.state, code: state }] },
    intent: 'order',
    code: { coding: [{ system: taskSystems.kind, code }] },
    focus: { reference: `${about}/${subject}` },
    ...(patient === null ? {} : { for: { reference: patient } }),
    input: [
      { type: { text: FILE }, valueReference: { reference: `Binary/${file}` } },
      { type: { text: SENDS }, valueInteger: sends },
      { type: { text: ATTEMPTS }, valueInteger: attempts },
      ...moment(UNTIL, until),
      ...moment(NEXT, next),
    ],
    output: [
      { type: { text: ANSWER }, valueCode: answer },
      ...sending.receipts.map((receipt) => ({ type: { text: RECEIPT }, valueString: receipt })),
      ...(sending.receivedAt === '' ? [] : [{ type: { text: RECEIVED_AT }, valueInstant: sending.receivedAt }]),
      ...said(MESSAGE, sending.message),
    ],
  }
}

export function sendingOf(task: Task): Sending {
  const input = (name: string): TaskInput | undefined => task.input?.find(({ type }) => type.text === name)
  const output = (name: string): TaskOutput | undefined => task.output?.find(({ type }) => type.text === name)
  return {
    id: task.id ?? '',
    line: task.code?.coding?.some(({ code }) => code === LINES['check-in'].code) ? 'check-in' : 'dossier',
    subject: idIn(task.focus?.reference),
    destination: task.meta?.tag?.find(({ system }) => system === sendingSystems.destination)?.code ?? '',
    patient: task.for?.reference ?? null,
    state: (task.businessStatus?.coding?.[0]?.code ?? 'ready') as SendingState,
    answer: (output(ANSWER)?.valueCode ?? 'none') as SendingAnswer,
    file: idIn(input(FILE)?.valueReference?.reference),
    sends: input(SENDS)?.valueInteger ?? 0,
    attempts: input(ATTEMPTS)?.valueInteger ?? 0,
    until: input(UNTIL)?.valueInstant ?? '',
    next: input(NEXT)?.valueInstant ?? '',
    receipts: (task.output ?? []).flatMap(({ type, valueString }) =>
      type.text === RECEIPT && valueString !== undefined ? [valueString] : [],
    ),
    receivedAt: output(RECEIVED_AT)?.valueInstant ?? '',
    message: output(MESSAGE)?.valueString ?? '',
  }
}

const idIn = (reference = ''): string => reference.split('/')[1] ?? ''
