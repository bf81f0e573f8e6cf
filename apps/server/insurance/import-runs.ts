import { newId } from '../fhir/new-id.ts'
import type { RecordStore } from '#foundation/record-store'
import type { Finding } from '#obligations/health-insurance'
import type { ImportRun } from './api.ts'
import { faulty } from './file-findings.ts'
import { importFiles, type ImportedFile } from './import-files.ts'
import { CSV_HEAD, csvLines } from './report.ts'
import { switchedOff } from './rule-switches.ts'

/** Runs that are remembered, and bytes of files that wait or may be resumed. */
const MOST_RUNS = 500
const MOST_BYTES = 256 * 2 ** 20
/** Findings that a run shows; its report has all of them. */
const SHOWN = 50

/** A run as it goes on. Its bytes and its report lie beside the record. */
interface Running {
  run: ImportRun
  /** bytes that are kept; 0 once there is nothing to resume */
  held: number
  ending: AbortController
}

/**
 * Files dropped at the desk: imported one after the other, cancelled and resumed on demand. A file that was taken is kept
 * until it was stored, refused or forgotten, so that the end of the program, even its death, leaves a run that can be
 * resumed. One program at a time serves the desk of a facility.
 */
export class ImportRuns {
  readonly #store: RecordStore
  readonly #loaded: Promise<Map<string, Running>>
  #queue: Promise<void> = Promise.resolve()

  constructor(store: RecordStore) {
    this.#store = store
    this.#loaded = this.#load()
    this.#loaded.catch(() => undefined)
  }

  /** @param isToSend its dossiers are ours to send @returns null while too many bytes are waiting */
  async add(file: string, bytes: Uint8Array, isToSend: boolean): Promise<ImportRun | null> {
    const runs = await this.#loaded
    if (heldOf(runs) + bytes.length > MOST_BYTES) return null
    const run = newRun(file, bytes.length, isToSend)
    const running: Running = { run, held: bytes.length, ending: new AbortController() }
    runs.set(run.id, running)
    try {
      await this.#store.importRuns.add(run.id, JSON.stringify(run), bytes)
    } catch (error) {
      runs.delete(run.id)
      throw error
    }
    await this.#forgetOldest(runs)
    this.#enqueue(running)
    return running.run
  }

  /** Newest first. */
  async list(): Promise<readonly ImportRun[]> {
    return [...(await this.#loaded).values()].map(({ run }) => run).toReversed()
  }

  /** Nothing of a file under way stays. @returns null for a run nobody knows */
  async cancel(id: string): Promise<ImportRun | null> {
    const running = (await this.#loaded).get(id)
    if (!running) return null
    if (running.run.state !== 'waiting' && running.run.state !== 'running') return running.run
    running.ending.abort()
    return this.#show(running, 'cancelled')
  }

  /** Begins a cancelled or interrupted run anew. @returns null for a run nobody knows */
  async resume(id: string): Promise<ImportRun | null> {
    const running = (await this.#loaded).get(id)
    if (!running) return null
    const mayBegin = running.run.state === 'cancelled' || running.run.state === 'interrupted'
    if (!mayBegin || running.held === 0) return running.run
    running.ending = new AbortController()
    running.run = { ...running.run, state: 'waiting', findings: [] }
    this.#enqueue(running)
    return this.#show(running, 'waiting')
  }

  /** Every finding of the run. */
  async report(id: string): Promise<string | null> {
    if (!(await this.#loaded).has(id)) return null
    return CSV_HEAD + ((await this.#store.importRuns.report(id)) ?? '')
  }

  /** Resolves when nothing is under way. What waits can be resumed after the next start. */
  async close(): Promise<void> {
    for (const running of (await this.#loaded).values()) {
      if (running.run.state !== 'waiting' && running.run.state !== 'running') continue
      running.ending.abort()
      await this.#show(running, 'interrupted')
    }
    await this.#queue
  }

  /** What an earlier program left under way was interrupted. */
  async #load(): Promise<Map<string, Running>> {
    const runs = new Map<string, Running>()
    for (const { shown, held } of await this.#store.importRuns.list()) {
      const running = { run: JSON.parse(shown) as ImportRun, held, ending: new AbortController() }
      runs.set(running.run.id, running)
      const { state } = running.run
      if (state === 'waiting' || state === 'running') await this.#show(running, 'interrupted')
    }
    return runs
  }

  async #show(running: Running, state: ImportRun['state']): Promise<ImportRun> {
    running.run = { ...running.run, state }
    await this.#store.importRuns.show(running.run.id, JSON.stringify(running.run))
    return running.run
  }

  async #forgetOldest(runs: Map<string, Running>): Promise<void> {
    for (const [id, { run }] of runs) {
      if (runs.size <= MOST_RUNS) return
      if (run.state === 'waiting' || run.state === 'running') continue
      runs.delete(id)
      await this.#store.importRuns.forget(id)
    }
  }

  #enqueue(running: Running): void {
    // A lost connection, or the like, ends one run and not those behind it: nothing of its file is stored.
    const perform = (): Promise<unknown> =>
      this.#perform(running).catch((fault: unknown) => {
        running.run = { ...running.run, findings: [{ ...faulty(nameOf(fault)), visit: null }] }
        return this.#show(running, 'interrupted')
      })
    this.#queue = this.#queue.then(perform).then(
      () => undefined,
      () => undefined,
    )
  }

  async #perform(running: Running): Promise<void> {
    if (running.run.state !== 'waiting') return
    const { ending } = running
    const { id, file: path, toSend: isToSend } = running.run
    const began = performance.now()
    await this.#show(running, 'running')
    const bytes = await this.#store.importRuns.bytes(id)
    if (bytes === null) throw new Error('the bytes of a dropped file are gone')
    const off = await switchedOff(this.#store)
    const source = { path, size: bytes.length, bytes }
    for await (const file of importFiles([source], { store: this.#store, off, isToSend, signal: ending.signal })) {
      await this.#end(running, file, (performance.now() - began) / 1000)
    }
  }

  async #end(running: Running, file: ImportedFile, seconds: number): Promise<void> {
    const isOver = file.outcome !== 'cancelled'
    // Somebody has said already what became of a run that was cancelled.
    if (isOver) running.run = endedRun(running.run, file, seconds)
    if (isOver) running.held = 0
    const shown = JSON.stringify(running.run)
    const report = file.reported.map(csvLines).join('')
    await this.#store.importRuns.end(running.run.id, { shown, report, keepsBytes: !isOver })
  }
}

/** Messages of a database may quote what they are about. */
const nameOf = (fault: unknown): string =>
  fault instanceof Error ? ['code' in fault ? String(fault.code) : '', fault.name].filter(Boolean).join(' ') : 'unknown'

const heldOf = (runs: ReadonlyMap<string, Running>): number =>
  [...runs.values()].reduce((sum, { held }) => sum + held, 0)

const newRun = (file: string, bytes: number, toSend: boolean): ImportRun => ({
  id: newId(),
  file,
  toSend,
  state: 'waiting',
  bytes,
  bytesRead: 0,
  dossiers: 0,
  resources: 0,
  startedAt: new Date().toISOString(),
  seconds: 0,
  counts: { reject: 0, error: 0, warning: 0 },
  findings: [],
})

const STATES = { imported: 'done', already: 'done', refused: 'refused', cancelled: 'cancelled' } as const

function endedRun(
  run: ImportRun,
  { outcome, dossiers, resources, reported }: ImportedFile,
  seconds: number,
): ImportRun {
  const findings = reported.flatMap((each) => each.findings.map((finding) => ({ ...finding, visit: each.dossier })))
  return {
    ...run,
    state: STATES[outcome],
    bytesRead: run.bytes,
    dossiers,
    resources,
    seconds,
    counts: { reject: of(findings, 'reject'), error: of(findings, 'error'), warning: of(findings, 'warning') },
    findings: findings.slice(0, SHOWN),
  }
}

const of = (findings: readonly Finding[], severity: Finding['severity']): number =>
  findings.filter((finding) => finding.severity === severity).length
