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

/** Whether a filling came to its end: the hospital itself is stored last. */
export async function hasDemoHospital(store: Pick<RecordStore, 'read'>): Promise<boolean> {
  const { entry = [] } = demoHospital({ patients: 0 }).next().value as Bundle
  const [type = '', id = ''] = entry[0]?.request?.url.split('/') ?? []
  return (await store.read(type, id)) !== null
}

/**
 * Fills the database with the demo hospital. What is there already is not written again: an interrupted filling is
 * completed, a smaller hospital grows.
 */
export async function fillDemoHospital(store: RecordStore, patients: number): Promise<Filled> {
  const progress = new Progress('resources')
  const bundles = demoHospital({ patients })
  const hospital = bundles.next().value as Bundle
  let resources = 0
  let done = 0
  const take = async (bundle: Bundle): Promise<void> => {
    const stored = await put(store, bundle)
    resources += stored
    progress.at(resources, { share: ++done / (patients + 1) })
  }
  await concurrently(bundles, WIDTH, take)
  await take(hospital)
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
