import { hash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Binary, Task } from '#fhir/r4'
import { parseSearch } from '#fhir/search'
import type { RecordStore } from '#foundation/record-store'
import { taskSystems } from '../dossier-task.ts'
import { identify } from '../identify.ts'
import { bytesOf } from '../kept-dossier.ts'
import type { OutboxLine, Subject } from './outbox-lines.ts'
import type { Portal } from './portal.ts'
import { isDue } from './sending-steps.ts'
import { LINES, type Sending, sendingId, sendingOf, sendingSystems } from './sending-task.ts'

const PAGE = 200

/** A Task as it is stored. */
export interface Versioned {
  readonly task: Task
  readonly version: number
}

/** One version of what was sent to one destination. */
export interface SendingMoment extends Sending {
  /** ISO */
  readonly at: string
  readonly author: string
}

/** What the record knows of the sendings of one line. */
export class SendingRecord {
  readonly #store: RecordStore
  readonly #portals: readonly Portal[]
  readonly #line: OutboxLine

  constructor(store: RecordStore, portals: readonly Portal[], line: OutboxLine) {
    this.#store = store
    this.#portals = portals
    this.#line = line
  }

  /** Every change at every destination with its author, oldest first. */
  async history(id: string): Promise<readonly SendingMoment[]> {
    const all = await Promise.all(
      this.#portals.map(({ destination }) =>
        this.#store.history({ type: 'Task', id: sendingId(this.#line.line, destination.id, id) }, { count: PAGE }),
      ),
    )
    return all
      .flatMap(({ versions }) => versions)
      .flatMap(({ at, author, body }) => (body ? [{ ...sendingOf(JSON.parse(body) as Task), at, author }] : []))
      .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.sends - b.sends))
  }

  /** A Task with its version; null where there is none. */
  async read(id: string): Promise<Versioned | null> {
    const stored = await this.#store.read('Task', id)
    return stored?.body ? { task: JSON.parse(stored.body) as Task, version: stored.version } : null
  }

  /** What is sent about; null where there is no such thing. */
  subject(id: string): Promise<Subject | null> {
    return this.#line.read(this.#store, id)
  }

  /** How it stands at each destination, in their order; null where it was never made ready. */
  sendings(id: string): Promise<readonly (Versioned | null)[]> {
    return Promise.all(
      this.#portals.map(({ destination }) => this.read(sendingId(this.#line.line, destination.id, id))),
    )
  }

  /** Subjects with something that is not answered yet at this destination, the longest waiting first. */
  async waiting({ destination }: Portal): Promise<readonly string[]> {
    const states = ['ready', 'sent', 'resent'].map((state) => `${sendingSystems.state}|${state}`).join(',')
    const search = await parseSearch(
      'Task',
      [
        ['code', `${taskSystems.kind}|${LINES[this.#line.line].code}`],
        ['business-status', states],
        ['_tag', `${sendingSystems.destination}|${destination.id}`],
        ['_sort', '_lastUpdated'],
      ],
      { base: '', handling: 'strict', defaultCount: PAGE },
    )
    if (!search.ok) throw new Error(`The outbox cannot be searched: ${search.refusals[0]?.rule}`)
    const due: string[] = []
    let cursor: string | null = null
    do {
      const page = await this.#store.find({ ...search.value, count: PAGE, cursor })
      const sendings = page.versions.map(({ body }) => sendingOf(JSON.parse(body ?? '{}') as Task))
      due.push(...sendings.filter((sending) => isDue(sending, Date.now())).map(({ subject }) => subject))
      cursor = page.next
    } while (cursor !== null && due.length < PAGE)
    return due
  }

  /** The exact bytes. */
  async file(id: string): Promise<Uint8Array> {
    const stored = await this.#store.read('Binary', id)
    if (!stored?.body) throw new Error('The bytes of something that is to be sent are not in the record')
    return bytesOf(JSON.parse(stored.body) as Binary)
  }
}

/** The file as it is kept; the same bytes are the same Binary. */
export function packed(xml: string): Binary & { readonly id: string } {
  const id = identify('Binary', 'sent', hash('sha256', xml, 'hex'))
  return { resourceType: 'Binary', id, contentType: 'application/gzip', data: gzipSync(xml).toString('base64') }
}
