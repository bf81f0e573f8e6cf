/**
 * The outbox: what is to be sent is written down first, and nothing is sent that was not written down. Kill the process
 * at any moment: what had gone out is known to have gone out, and going out again is marked.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { accept, no, type Outcome, refuse } from '#fhir/outcome'
import type { Author, RecordStore, Write } from '#foundation/record-store'
import { concurrently } from '../../concurrently.ts'
import type { DossierState } from '../api.ts'
import { resourceWrite } from '../resource-write.ts'
import { DOSSIERS, type OutboxLine, type Subject } from './outbox-lines.ts'
import type { Portal, PortalAnswer } from './portal.ts'
import { packed, type SendingMoment, SendingRecord, type Versioned } from './sending-record.ts'
import { begun, ended, isDue, isUnderWay, readied, withdrawn } from './sending-steps.ts'
import { type Sending, sendingId, sendingOf, sendingTask } from './sending-task.ts'

export interface OutboxOptions {
  readonly store: RecordStore
  /** the first one's word is the state of the dossier */
  readonly portals: readonly Portal[]
  /** what is sent; dossiers unless it is said */
  readonly line?: OutboxLine
  /** the file of one subject as the record says it today, signed; or why there is none */
  readonly compose: (subject: string) => Promise<Outcome<string>>
  /** in whose name the worker writes what it does by itself */
  readonly worker: Author
  /** ms between two looks for work */
  readonly interval?: number
  /** ms that a sender has, beyond the time of the request, to write down what came back */
  readonly grace?: number
}

/** What may happen between reading and writing a Task before we give up. */
const MOST_RACES = 8
const GRACE = 30_000

export const NOT_FOUND = no('OUTBOX-1', 'not-found', { vi: 'Không có hồ sơ này', en: 'There is no such dossier' })
const UNDER_WAY = no('OUTBOX-3', 'conflict', {
  vi: 'Hồ sơ đang được gửi: chờ cổng trả lời',
  en: 'The dossier is being sent just now',
})
export const NO_PORTAL = no('OUTBOX-4', 'not-supported', {
  vi: 'Chưa khai báo cổng tiếp nhận (LANH_BHXH_URL)',
  en: 'No portal is set (LANH_BHXH_URL)',
})
const CHANGED = no('OUTBOX-5', 'conflict', {
  vi: 'Hồ sơ vừa được người khác thay đổi: thử lại',
  en: 'The dossier was changed by somebody else: try again',
})

export class Outbox {
  readonly #options: OutboxOptions
  readonly #line: OutboxLine
  readonly #known: SendingRecord
  #woken = Promise.withResolvers<void>()

  constructor(options: OutboxOptions) {
    this.#options = options
    this.#line = options.line ?? DOSSIERS
    this.#known = new SendingRecord(options.store, options.portals, this.#line)
  }

  /**
   * Makes the file of a dossier, keeps its bytes and marks it ready for every destination: one transaction. The worker
   * sends it as soon as it can. What was sent before is sent again, and marked so.
   * @returns how it stands at each destination; OUTBOX-1 … OUTBOX-8 otherwise, or what `compose` refuses
   */
  async queue(id: string, author: Author): Promise<Outcome<readonly Sending[]>> {
    const { portals, compose } = this.#options
    if (portals.length === 0) return refuse([NO_PORTAL])
    const subject = await this.#known.subject(id)
    if (!subject) return refuse([NOT_FOUND])
    if (subject.refusal) return refuse([subject.refusal])
    const before = await this.#known.sendings(id)
    if (before.some((each) => each && isUnderWay(sendingOf(each.task), Date.now()))) return refuse([UNDER_WAY])
    const file = await compose(id)
    if (!file.ok) return file
    const written = await this.#ready(id, subject, packed(file.value), before, author)
    if (!written) return refuse([CHANGED])
    this.#woken.resolve()
    return accept(written)
  }

  async #ready(
    id: string,
    { patient, told }: Subject,
    binary: ReturnType<typeof packed>,
    before: readonly (Versioned | null)[],
    author: Author,
  ): Promise<readonly Sending[] | null> {
    const { store, portals } = this.#options
    const { line } = this.#line
    const sendings = portals.map(({ destination }, place) => {
      const known = before[place]
      const made = { line, subject: id, destination: destination.id, patient, file: binary.id }
      return readied(known ? sendingOf(known.task) : null, { id: sendingId(line, destination.id, id), ...made })
    })
    const dossier = told('queued', 'Chờ gửi', null)
    const writes: Write[] = [
      { ...resourceWrite(binary), sameAs: () => true },
      ...(dossier ? [dossier] : []),
      ...sendings.map((sending, place) => resourceWrite(sendingTask(sending), before[place]?.version ?? 'none')),
    ]
    return (await store.write(writes, author)).ok ? sendings : null
  }

  /**
   * What a person means by "send": made ready, unless it is and waits for its turn, which then comes at once.
   * @returns how it stands at each destination, before the portal was asked
   */
  async send(id: string, author: Author): Promise<Outcome<readonly Sending[]>> {
    const before = (await this.#known.sendings(id)).flatMap((each) => each ?? [])
    const isWaiting = before.length > 0 && before.every(({ task }) => sendingOf(task).state === 'ready')
    if (!isWaiting || !(await this.#known.subject(id))?.isAwaited) return this.queue(id, author)
    for (const { task, version } of before) {
      const sending = sendingOf(task)
      if (sending.next !== '') await this.#write({ ...sending, next: '' }, version, author)
    }
    this.#woken.resolve()
    return accept(await this.state(id))
  }

  /** What is known at each destination; nothing for what was never made ready. */
  async state(id: string): Promise<readonly Sending[]> {
    return (await this.#known.sendings(id)).flatMap((each) => (each ? [sendingOf(each.task)] : []))
  }

  /** Every change at every destination with its author, oldest first. */
  history(id: string): Promise<readonly SendingMoment[]> {
    return this.#known.history(id)
  }

  /** Sends what is due until the signal says stop; the attempts under way then are finished. */
  async run(signal: AbortSignal, onFault: (fault: unknown) => void): Promise<void> {
    const { interval = 5_000 } = this.#options
    while (!signal.aborted) {
      this.#woken = Promise.withResolvers()
      const worked = await this.runOnce(signal).catch((fault: unknown) => {
        onFault(fault)
        return 0
      })
      if (worked > 0 || signal.aborted) continue
      const slept = new AbortController()
      await Promise.race([
        this.#woken.promise,
        pause(interval, undefined, { signal: AbortSignal.any([signal, slept.signal]) }).catch(() => undefined),
      ])
      slept.abort()
    }
  }

  /** Sends everything that is due now, several at a time to each destination. @returns how many attempts were made */
  async runOnce(signal?: AbortSignal): Promise<number> {
    const results = await Promise.allSettled(this.#options.portals.map((portal) => this.#runPortal(portal, signal)))
    let attempts = 0
    for (const result of results) {
      if (result.status === 'rejected') throw result.reason
      attempts += result.value
    }
    return attempts
  }

  async #runPortal(portal: Portal, signal: AbortSignal | undefined): Promise<number> {
    let attempts = 0
    await concurrently(await this.#known.waiting(portal), portal.destination.atOnce, async (id) => {
      if (signal?.aborted || portal.pausedFor > 0) return
      if (await this.#attempt(portal, id)) attempts++
    })
    return attempts
  }

  /**
   * One attempt: written down, sent, written down. Whoever writes the first version sends; everybody else finds another
   * version and leaves it.
   */
  async #attempt(portal: Portal, id: string): Promise<boolean> {
    const { worker, grace = GRACE } = this.#options
    const found = await this.#known.read(sendingId(this.#line.line, portal.destination.id, id))
    const sending = found && sendingOf(found.task)
    if (!sending || !isDue(sending, Date.now())) return false
    if (!(await this.#known.subject(id))?.isAwaited) {
      await this.#options.store.writeOne(resourceWrite(sendingTask(withdrawn(sending)), found.version), worker)
      return false
    }
    const file = await this.#known.file(sending.file)
    const started = begun(sending, Date.now(), portal.timeout + grace)
    if (!(await this.#write(started, found.version, worker))) return false
    await this.#record(started, await this.#line.submit(portal, file), worker)
    return true
  }

  /**
   * What came back belongs to the attempt that was begun. When somebody else has begun another one meanwhile (we were
   * asleep longer than anybody waits), only a receipt is added: it proves that the portal has it.
   */
  async #record(started: Sending, answer: PortalAnswer, author: Author): Promise<void> {
    for (let race = 0; race < MOST_RACES; race++) {
      const found = await this.#known.read(started.id)
      if (!found) return
      const now = sendingOf(found.task)
      const isOurs = now.sends === started.sends && now.answer === 'pending' && now.file === started.file
      const next = isOurs ? ended(now, answer, Date.now(), Math.random()) : withReceipt(now, answer)
      if (next === now || (await this.#write(next, found.version, author))) return
    }
    throw new Error('What a portal answered could not be written down: others changed the same Task all the time')
  }

  /** The sending and, for the first destination, the state of what it is about: one transaction. */
  async #write(sending: Sending, expected: number, author: Author): Promise<boolean> {
    const { store, portals } = this.#options
    const writes: Write[] = [resourceWrite(sendingTask(sending), expected)]
    for (let race = 0; race < MOST_RACES; race++) {
      const isFirst = sending.destination === portals[0]?.destination.id
      const subject = isFirst ? await this.#known.subject(sending.subject) : null
      // Corrected between the look and the first byte: the next look withdraws these bytes.
      if (subject?.isAwaited === false && sending.answer === 'pending') return false
      const told = subject && tellSubject(subject, sending)
      const written = await store.write(told ? [...writes, told] : writes, author)
      if (written.ok) return true
      if ((await this.#known.read(sending.id))?.version !== expected) return false
    }
    return false
  }
}

/** An answer about bytes that are older than what the dossier says now is told there, and decides nothing about it. */
function tellSubject({ isAwaited, told }: Subject, sending: Sending): Write | null {
  const receipt = sending.receipts.at(-1) ?? null
  return isAwaited
    ? told(dossierState(sending), noteOf(sending), receipt)
    : told(null, `Bản trước khi sửa: ${noteOf(sending)}`, receipt)
}

/** A state of sending as the dossier tells it. */
const dossierState = ({ state }: Sending): DossierState =>
  state === 'ready' || state === 'withdrawn' ? 'queued' : state

function noteOf({ state, answer, message, sends }: Sending): string {
  if (state === 'accepted') return message || 'Cổng đã tiếp nhận'
  if (answer !== 'pending') return message
  return state === 'resent' ? `Gửi lại (lần ${sends})` : 'Đang gửi'
}

function withReceipt(sending: Sending, answer: PortalAnswer): Sending {
  if (answer.kind !== 'received' || sending.receipts.includes(answer.receipt)) return sending
  return { ...sending, receipts: [...sending.receipts, answer.receipt] }
}
