import { basename } from 'node:path'
import { accept, type Outcome, type Refusal, refuse } from '#fhir/outcome'
import type { RecordStore } from '#foundation/record-store'
import { definitionShelf } from '../fhir/definition-shelf.ts'
import type { FoundFile } from './find-files.ts'
import { isMisnamedGzip, type Reader, readerOf } from './read-chunks.ts'
import { importRefusal } from './refusals.ts'
import { surveyJson, surveyLines, type Survey } from './survey.ts'
import { writesOf } from './writes-of.ts'

/** Who imported resources are written by. */
const AUTHOR = { reference: 'Device/lanh-import' }

export interface FileResult {
  readonly outcome: 'imported' | 'already' | 'not-fhir' | 'refused'
  /** resources in the file, as far as it could be read */
  readonly read: number
  /** resources that the database has of it because of this call */
  readonly stored: number
  readonly refusals: readonly Refusal[]
}

/** Hears how the work goes on. */
export interface Watcher {
  /** bytes of the file that were gone through since the last time */
  readonly onRead?: (bytes: number) => void
  /** resources that were made ready to be stored since the last time */
  readonly onPrepared?: (resources: number) => void
}

/**
 * Imports one file: all of it in one transaction, or nothing. The same content is imported once.
 */
export async function importFile(
  store: Pick<RecordStore, 'importSource' | 'find'>,
  file: FoundFile,
  watcher?: Watcher,
): Promise<FileResult> {
  return explained(file, await importPlain(store, file, watcher))
}

async function importPlain(
  store: Pick<RecordStore, 'importSource' | 'find'>,
  file: FoundFile,
  watcher?: Watcher,
): Promise<FileResult> {
  const opened = await understood(file)
  if (!opened.ok) {
    const isNoFhir = file.inFolder && opened.refusals.some(({ rule, at }) => rule === 'IMPORT-1' && at === undefined)
    return { outcome: isNoFhir ? 'not-fhir' : 'refused', read: 0, stored: 0, refusals: opened.refusals }
  }
  return importContent(store, basename(file.path), opened.value, watcher)
}

/** Whatever else is wrong, a name that lies about its content is said first. */
async function explained(file: FoundFile, result: FileResult): Promise<FileResult> {
  if (result.outcome !== 'refused' || !(await isMisnamedGzip(file.path))) return result
  return { ...result, refusals: [importRefusal('IMPORT-10'), ...result.refusals] }
}

/** Content that was looked at, and how to read it again. */
export interface Surveyed {
  readonly survey: Survey
  readonly content: Reader
}

/** Stores what was looked at. @param name for people, without folders */
export async function importContent(
  store: Pick<RecordStore, 'importSource' | 'find'>,
  name: string,
  { survey, content }: Surveyed,
  watcher?: Watcher,
): Promise<FileResult> {
  const source = { hash: survey.hash, name }
  const { check } = definitionShelf(store)
  const outcome = await store.importSource(
    source,
    () => writesOf(survey, content(watcher?.onRead), check, watcher?.onPrepared),
    AUTHOR,
  )
  if (!outcome.ok) return { outcome: 'refused', read: survey.resources, stored: 0, refusals: outcome.refusals }
  const { already, resources: stored } = outcome.value
  return { outcome: already ? 'already' : 'imported', read: survey.resources, stored, refusals: [] }
}

/** The first reading. */
async function understood({ path, size, kind }: FoundFile): Promise<Outcome<Surveyed>> {
  try {
    const content = await readerOf(path, size)
    const survey = await (kind === 'ndjson' ? surveyLines(content()) : surveyJson(content()))
    return survey.ok ? accept({ survey: survey.value, content }) : survey
  } catch (error) {
    if (isDamage(error)) return refuse([importRefusal('IMPORT-8')])
    throw error
  }
}

/** zlib's own errors */
const isDamage = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
