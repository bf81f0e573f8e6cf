import { relative } from 'node:path'
import type { Refusal } from '#fhir/outcome'
import { concurrently } from './concurrently.ts'
import { findFiles, type FoundFile } from './import/find-files.ts'
import { type FileResult, importFile, type Watcher } from './import/import-file.ts'
import { withHospital } from './open-hospital.ts'
import { duration, Progress } from './progress.ts'
import { type Settings, WrongUse } from './settings.ts'

/** Files on their way at a time. */
const WIDTH = 4

/** Refusals of one file that are printed. */
const SHOWN = 5

/** `lanh import PATH…` @returns 1 when any file was refused, or when not everything that was read is stored */
export async function importCommand(settings: Settings, paths: readonly string[]): Promise<number> {
  if (paths.length === 0) throw new WrongUse('import needs a file or a folder: lanh import PATH…')
  const files = await allFiles(paths)
  return withHospital(settings, async ({ store }) => {
    const { results, seconds } = await importAll(files, (file, watcher) => importFile(store, file, watcher))
    return summarise(results, seconds)
  })
}

async function allFiles(paths: readonly string[]): Promise<readonly FoundFile[]> {
  const found = await Promise.all(
    paths.map((path) =>
      findFiles(path).catch((error: NodeJS.ErrnoException) => {
        throw new WrongUse(`${path} cannot be read: ${PROBLEMS[error.code ?? ''] ?? error.message}`)
      }),
    ),
  )
  const files = found.flat()
  if (files.length === 0) throw new WrongUse(`no .json, .ndjson, .json.gz or .ndjson.gz file is in ${paths.join(', ')}`)
  return files
}

const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'there is no such file or folder',
  EACCES: 'this user may not read it',
}

type ImportOne = (file: FoundFile, watcher: Watcher) => Promise<FileResult>

/** A few files at a time; each is a pipeline of its own, with the next batch prepared while one is stored. */
async function importAll(
  files: readonly FoundFile[],
  importOne: ImportOne,
): Promise<{ results: readonly FileResult[]; seconds: number }> {
  const total = files.reduce((sum, { size }) => sum + size, 0)
  const progress = new Progress('resources')
  const results: FileResult[] = []
  let prepared = 0
  let read = 0
  const show = (): void => progress.at(prepared, { share: read / total })
  await concurrently(files, WIDTH, async (file) => {
    let ofFile = 0
    const onRead = (bytes: number): void => {
      ofFile += bytes
      read += bytes
    }
    const onPrepared = (resources: number): void => {
      prepared += resources
      show()
    }
    const result = await importOne(file, { onRead, onPrepared })
    // A refused file is not read to its end, one that is repeated is read more often.
    read += file.size - ofFile
    show()
    results.push(result)
    const told = tell(file, result)
    if (told === null) return
    progress.clear()
    console.error(told)
  })
  return { results, seconds: progress.end() }
}

/** What a person hears about one file; nothing when it is simply imported. */
function tell({ path }: FoundFile, { outcome, refusals }: FileResult): string | null {
  const name = relative(process.cwd(), path)
  if (outcome === 'imported') return null
  if (outcome === 'already') return `= ${name}: imported before, nothing added`
  if (outcome === 'not-fhir') return `- ${name}: no FHIR resource, left out`
  const more = refusals.length > SHOWN ? [`    and ${refusals.length - SHOWN} more`] : []
  return [`✗ ${name}: refused, nothing of it is stored`, ...refusals.slice(0, SHOWN).map(sentence), ...more].join('\n')
}

/** Both languages on one line, Vietnamese first. */
export const sentence = ({ at, message, rule }: Refusal): string =>
  `    ${at ? `${at}: ` : ''}${message.vi} / ${message.en} (${rule})`

function summarise(results: readonly FileResult[], seconds: number): number {
  const of = (outcome: FileResult['outcome']): readonly FileResult[] => results.filter((one) => one.outcome === outcome)
  const imported = of('imported')
  const read = imported.reduce((sum, one) => sum + one.read, 0)
  const stored = imported.reduce((sum, one) => sum + one.stored, 0)
  const counts = [
    [imported.length, 'imported'],
    [of('already').length, 'imported before'],
    [of('not-fhir').length, 'without FHIR'],
    [of('refused').length, 'refused'],
  ] as const
  const rate = Math.round(stored / Math.max(seconds, 0.001)).toLocaleString('en-US')
  console.log(
    `Files: ${counts
      .filter(([count]) => count > 0)
      .map(([count, what]) => `${count} ${what}`)
      .join(', ')}`,
  )
  console.log(`Resources: ${read} read, ${stored} stored in ${duration(seconds)} (${rate}/s)`)
  if (read !== stored) console.error(`lanh: ${read - stored} resources that were read are not stored`)
  return of('refused').length > 0 || read !== stored ? 1 : 0
}
