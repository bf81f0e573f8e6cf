import type { Bundle } from 'fhir/r4.js'
import type { Refusal } from '#fhir/outcome'
import type { RecordStore } from '#foundation/record-store'
import { demoHospital } from '#testing/demo-hospital'
import { concurrently } from './concurrently.ts'
import { importContent } from './import/import-file.ts'
import { readerOfBytes } from './import/read-chunks.ts'
import { surveyJson } from './import/survey.ts'
import { Progress } from './progress.ts'

/** Bundles on their way at a time. */
const WIDTH = 4

/** What a filling added. */
export interface Filled {
  readonly resources: number
  readonly seconds: number
}

/**
 * Fills the database with the demo hospital, unless it is there. The hospital itself is stored last: where it is,
 * everything is; where a filling was interrupted, the next one adds what is missing.
 * @returns null when it was there
 */
export async function fillDemoHospital(store: RecordStore, patients: number): Promise<Filled | null> {
  const bundles = demoHospital({ patients })
  const first = bundles.next()
  if (first.done) return null
  if (await isStored(store, first.value)) return null
  return fill(store, patients, first.value, bundles)
}

/** Adds what is missing up to that many patients, whether the demo hospital was there or not. */
export async function growDemoHospital(store: RecordStore, patients: number): Promise<Filled> {
  const bundles = demoHospital({ patients })
  const first = bundles.next()
  return first.done ? { resources: 0, seconds: 0 } : fill(store, patients, first.value, bundles)
}

async function isStored(store: RecordStore, { entry = [] }: Bundle): Promise<boolean> {
  const [type = '', id = ''] = entry[0]?.request?.url.split('/') ?? []
  return (await store.read(type, id)) !== null
}

async function fill(
  store: RecordStore,
  patients: number,
  hospital: Bundle,
  records: Iterable<Bundle>,
): Promise<Filled> {
  const progress = new Progress('resources')
  let resources = 0
  let done = 0
  await concurrently(records, WIDTH, async (bundle) => {
    const stored = await put(store, bundle)
    resources += stored
    progress.at(resources, { share: ++done / patients })
  })
  resources += await put(store, hospital)
  return { resources, seconds: progress.end() }
}

async function put(store: RecordStore, bundle: Bundle): Promise<number> {
  const content = readerOfBytes(Buffer.from(JSON.stringify(bundle)))
  const survey = await surveyJson(content())
  if (!survey.ok) throw invalid(survey.refusals)
  const { stored, refusals } = await importContent(store, 'demo hospital', { survey: survey.value, content })
  if (refusals.length > 0) throw invalid(refusals)
  return stored
}

const invalid = ([first]: readonly Refusal[]): Error =>
  new Error(`The demo hospital is not valid: ${first?.rule} at ${first?.at}: ${first?.message.en}`)
