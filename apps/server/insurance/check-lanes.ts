/** Files checked on every core, told in the order in which they came. */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { checkFile, checkLargeFile } from './check-files.ts'
import type { DossierFile } from './dossier-files.ts'
import { WHOLE } from './read-file.ts'
import type { Reported } from './report.ts'

/** Files that are handed to a core together, and the bytes of them. */
const TOGETHER = 64
const BYTES_TOGETHER = 8 * 2 ** 20
/** Of fewer files than these a core of its own would only be warmed up. */
const FEW = 256
const MOST_CORES = 16
/** Batches under way for each core: one that is checked and one that waits. */
const AHEAD = 2
/** What was read lives until it is told: a larger nursery lets it die there. */
const NURSERY_MB = 48

type Batch = { readonly files: readonly DossierFile[] } | { readonly large: DossierFile }

/** @returns what is to be told, some files at a time; of a file above 32 MiB dossier by dossier */
export async function* checkFiles(files: AsyncIterable<DossierFile>): AsyncGenerator<readonly Reported[]> {
  const cores = new Cores()
  const waiting: AsyncIterable<readonly Reported[]>[] = []
  let seen = 0
  try {
    for await (const batch of batches(files)) {
      seen += 'files' in batch ? batch.files.length : 0
      if ('files' in batch && seen > FEW) waiting.push(later(cores.check(batch.files)))
      else waiting.push('files' in batch ? atOnce(batch.files) : oneByOne(batch.large))
      while (waiting.length > cores.count * AHEAD) yield* waiting.shift()!
    }
    for (const each of waiting) yield* each
  } finally {
    await cores.end()
  }
}

async function* batches(files: AsyncIterable<DossierFile>): AsyncGenerator<Batch> {
  let batch: DossierFile[] = []
  let bytes = 0
  for await (const file of files) {
    const isLarge = file.size > WHOLE
    if (!isLarge) batch.push(file)
    bytes += file.size
    if (!isLarge && batch.length < TOGETHER && bytes < BYTES_TOGETHER) continue
    if (batch.length > 0) yield { files: batch }
    if (isLarge) yield { large: file }
    batch = []
    bytes = 0
  }
  if (batch.length > 0) yield { files: batch }
}

async function* atOnce(files: readonly DossierFile[]): AsyncGenerator<readonly Reported[]> {
  yield files.flatMap(({ path }) => checkFile(path))
}

async function* oneByOne(file: DossierFile): AsyncGenerator<readonly Reported[]> {
  for await (const reported of checkLargeFile(file)) yield [reported]
}

/** Begun already; a failure is thrown where it is asked for. */
function later(checked: Promise<readonly Reported[]>): AsyncIterable<readonly Reported[]> {
  checked.catch(() => undefined)
  return (async function* () {
    yield await checked
  })()
}

interface Asked {
  readonly answer: (reported: readonly Reported[]) => void
  readonly fail: (error: unknown) => void
}

/** Workers, begun with the first batch. Each answers in the order in which it was asked. */
class Cores {
  readonly count = Math.min(availableParallelism(), MOST_CORES)
  readonly #workers: { readonly worker: Worker; readonly asked: Asked[] }[] = []

  check(files: readonly DossierFile[]): Promise<readonly Reported[]> {
    const { worker, asked } = this.#idlest()
    return new Promise((answer, fail) => {
      asked.push({ answer, fail })
      worker.postMessage(files.map(({ path }) => path))
    })
  }

  async end(): Promise<void> {
    await Promise.all(this.#workers.map(({ worker }) => worker.terminate()))
  }

  #idlest() {
    while (this.#workers.length < this.count) this.#workers.push(begin())
    return this.#workers.reduce((a, b) => (b.asked.length < a.asked.length ? b : a))
  }
}

function begin(): { readonly worker: Worker; readonly asked: Asked[] } {
  const asked: Asked[] = []
  const worker = new Worker(new URL('./check-worker.ts', import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: NURSERY_MB },
  })
  worker.on('message', (reported: readonly (readonly Reported[])[]) => asked.shift()?.answer(reported.flat()))
  worker.on('error', (error) => {
    for (const each of asked.splice(0)) each.fail(error)
  })
  return { worker, asked }
}
