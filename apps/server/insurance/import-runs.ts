import { newId } from '../fhir/new-id.ts'
import type { RecordStore } from '#foundation/record-store'
import type { Finding } from '#obligations/health-insurance'
import type { ImportRun } from './api.ts'
import { importFiles, type ImportedFile } from './import-files.ts'
import { CSV_HEAD, csvLines, type Reported } from './report.ts'
import { switchedOff } from './rule-switches.ts'

/** Runs that are remembered, and bytes of files that wait or may be resumed. */
const MOST_RUNS = 500
const MOST_BYTES = 256 * 2 ** 20

/** Findings that a run shows; its report has all of them. */
const SHOWN = 50

/** A run as it goes on. */
interface Running {
  run: ImportRun
  /** null once there is nothing to resume */
  bytes: Uint8Array | null
  readonly reported: Reported[]
  ending: AbortController
  began: number
}

/** Files dropped at the desk: imported one after the other, cancelled and resumed on demand. */
export class ImportRuns {
  readonly #store: RecordStore
  readonly #runs = new Map<string, Running>()
  #queue: Promise<void> = Promise.resolve()

  constructor(store: RecordStore) {
    this.#store = store
  }

  /** @param isToSend its dossiers are ours to send @returns null while too many bytes are waiting */
  add(file: string, bytes: Uint8Array, isToSend: boolean): ImportRun | null {
    if (this.#held() + bytes.length > MOST_BYTES) return null
    const id = newId()
    const run: ImportRun = {
      id,
      file,
      toSend: isToSend,
      state: 'waiting',
      bytes: bytes.length,
      bytesRead: 0,
      dossiers: 0,
      resources: 0,
      startedAt: new Date().toISOString(),
      seconds: 0,
      counts: { reject: 0, error: 0, warning: 0 },
      findings: [],
    }
    this.#runs.set(id, { run, bytes, reported: [], ending: new AbortController(), began: 0 })
    this.#forgetOldest()
    this.#enqueue(id)
    return run
  }

  /** Newest first. */
  list(): readonly ImportRun[] {
    return [...this.#runs.values()].map(({ run }) => run).toReversed()
  }

  /** Nothing of a file under way stays. @returns null for a run nobody knows */
  cancel(id: string): ImportRun | null {
    const running = this.#runs.get(id)
    if (!running) return null
    if (running.run.state !== 'waiting' && running.run.state !== 'running') return running.run
    running.ending.abort()
    running.run = { ...running.run, state: 'cancelled' }
    return running.run
  }

  /** Begins a cancelled run anew. @returns null for a run nobody knows */
  resume(id: string): ImportRun | null {
    const running = this.#runs.get(id)
    if (!running) return null
    if (running.run.state !== 'cancelled' || running.bytes === null) return running.run
    running.ending = new AbortController()
    running.run = { ...running.run, state: 'waiting' }
    this.#enqueue(id)
    return running.run
  }

  /** Every finding of the run. */
  report(id: string): string | null {
    const running = this.#runs.get(id)
    return running ? CSV_HEAD + running.reported.map(csvLines).join('') : null
  }

  /** Resolves when nothing is under way. */
  async close(): Promise<void> {
    for (const id of this.#runs.keys()) this.cancel(id)
    await this.#queue
  }

  #held(): number {
    return [...this.#runs.values()].reduce((sum, { bytes }) => sum + (bytes?.length ?? 0), 0)
  }

  #forgetOldest(): void {
    for (const [id, { run }] of this.#runs) {
      if (this.#runs.size <= MOST_RUNS) return
      if (run.state !== 'waiting' && run.state !== 'running') this.#runs.delete(id)
    }
  }

  #enqueue(id: string): void {
    this.#queue = this.#queue.then(() => this.#perform(id))
  }

  async #perform(id: string): Promise<void> {
    const running = this.#runs.get(id)
    if (!running?.bytes || running.run.state !== 'waiting') return
    const { bytes, ending } = running
    const { toSend: isToSend } = running.run
    running.began = performance.now()
    running.run = { ...running.run, state: 'running' }
    const source = { path: running.run.file, size: bytes.length, bytes }
    try {
      const off = await switchedOff(this.#store)
      for await (const file of importFiles([source], { store: this.#store, off, isToSend, signal: ending.signal })) {
        finish(running, file)
      }
    } catch {
      // The connection was lost, or the like: nothing of the file is stored and it can be tried again.
      running.run = { ...running.run, state: 'cancelled' }
    }
  }
}

const STATES = { imported: 'done', already: 'done', refused: 'refused', cancelled: 'cancelled' } as const

function finish(running: Running, { outcome, dossiers, resources, reported }: ImportedFile): void {
  const findings = reported.flatMap((each) => each.findings.map((finding) => ({ ...finding, visit: each.dossier })))
  running.reported.splice(0, Infinity, ...reported)
  running.run = {
    ...running.run,
    state: STATES[outcome],
    bytesRead: outcome === 'cancelled' ? 0 : running.run.bytes,
    dossiers,
    resources,
    seconds: (performance.now() - running.began) / 1000,
    counts: { reject: of(findings, 'reject'), error: of(findings, 'error'), warning: of(findings, 'warning') },
    findings: findings.slice(0, SHOWN),
  }
  if (outcome !== 'cancelled') running.bytes = null
}

const of = (findings: readonly Finding[], severity: Finding['severity']): number =>
  findings.filter((finding) => finding.severity === severity).length
