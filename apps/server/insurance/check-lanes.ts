/** Files checked on every core, told in the order in which they came. */
import { availableParallelism } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { checkFile, checkLargeFile } from './check-files.ts'
import type { DossierFile } from './dossier-files.ts'
import { WHOLE } from './read-file.ts'
import type { Reported } from './report.ts'

/** Files that are handed to a core together, and the bytes of them. */
const TOGETHER = 64
const BYTES_TOGETHER = 8 * 2 ** 20
/** A core is warm after some thousand files: of fewer than these another one would cost more than it helps. */
const FEW = 3_000
const MOST_CORES = 16
/** Batches that another core has before it, so that it never waits for this one to look up. */
const AHEAD = 3
/** What was read lives until it is told: a larger nursery lets it die there. */
const NURSERY_MB = 48

type Batch = { readonly files: readonly DossierFile[] } | { readonly large: DossierFile }
type Told = AsyncIterable<readonly Reported[]> | Iterable<readonly Reported[]>

/**
 * @param few files that are checked on this core before others are asked
 * @returns what is to be told, some files at a time; of a file above 32 MiB dossier by dossier
 */
export async function* checkFiles(files: AsyncIterable<DossierFile>, few = FEW): AsyncGenerator<readonly Reported[]> {
  const others = new OtherCores()
  const waiting: Told[] = []
  let seen = 0
  const told = (batch: Batch): Told => {
    if ('large' in batch) return oneByOne(batch.large)
    seen += batch.files.length
    const elsewhere = seen > few ? others.check(batch.files) : null
    return elsewhere === null ? [checkHere(batch.files)] : once(elsewhere)
  }
  try {
    for await (const batch of batches(files)) {
      waiting.push(told(batch))
      while (waiting.length > (AHEAD + 1) * others.count) yield* waiting.shift()!
      // The other cores' answers come in between.
      await setImmediate()
    }
    for (const each of waiting) yield* each
  } finally {
    await others.end()
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

const checkHere = (files: readonly DossierFile[]): readonly Reported[] => files.flatMap(({ path }) => checkFile(path))

async function* oneByOne(file: DossierFile): AsyncGenerator<readonly Reported[]> {
  for await (const reported of checkLargeFile(file)) yield [reported]
}

/** What is under way already; a failure is thrown where it is asked for. */
function once(checked: Promise<readonly Reported[]>): AsyncIterable<readonly Reported[]> {
  checked.catch(() => undefined)
  return (async function* () {
    yield await checked
  })()
}

interface Asked {
  readonly answer: (reported: readonly Reported[]) => void
  readonly fail: (error: unknown) => void
}

interface OtherCore {
  readonly worker: Worker
  /** each is answered in its turn */
  readonly asked: Asked[]
}

/** A worker for each core but this one, begun with the first batch. */
class OtherCores {
  readonly count = Math.min(availableParallelism(), MOST_CORES) - 1
  readonly #cores: OtherCore[] = []

  /** @returns null where all of them have enough to do */
  check(files: readonly DossierFile[]): Promise<readonly Reported[]> | null {
    while (this.#cores.length < this.count) this.#cores.push(begin())
    const core = this.#cores.find(({ asked }) => asked.length < AHEAD)
    if (!core) return null
    return new Promise((answer, fail) => {
      core.asked.push({ answer, fail })
      core.worker.postMessage(files.map(({ path }) => path))
    })
  }

  async end(): Promise<void> {
    await Promise.all(this.#cores.map(({ worker }) => worker.terminate()))
  }
}

function begin(): OtherCore {
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
