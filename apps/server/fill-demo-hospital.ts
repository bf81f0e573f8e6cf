import type { Basic, Bundle } from 'fhir/r4.js'
import type { Refusal } from '#fhir/outcome'
import type { RecordStore } from '#foundation/record-store'
import { dayOfInstant } from '#hospital/calendar'
import { bundleText, demoHospital, type InsuredPerson } from '#testing/demo-hospital'
import { concurrently } from './concurrently.ts'
import { fillDemoDossiers, insuredPersonIn } from './fill-demo-dossiers.ts'
import { importContent } from './import/import-file.ts'
import { readerOfBytes } from './import/read-chunks.ts'
import { surveyJson } from './import/survey.ts'
import { Progress } from './progress.ts'

/** Bundles on their way at a time. */
const WIDTH = 4

/** People who may have insurance dossiers. */
const MOST_WITH_DOSSIERS = 300

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

/** Where the day is kept that the demo hospital was made for. */
const DAY: Basic = {
  resourceType: 'Basic',
  id: 'ngay-mo-phong',
  code: { text: 'Ngày mà bệnh viện mô phỏng được tạo ra' },
}

/** The last line of the demo hospital is written at half past ten: before that its day is yesterday. */
const DAY_BEGINS_MS = 10.5 * 3_600_000

/** The day everybody's history ends in: the day of the first filling, also for those that complete it or add to it. */
async function demoDay(store: RecordStore, now: Date): Promise<string> {
  const kept = await store.read('Basic', DAY.id ?? '')
  const { created } = (kept?.body ? JSON.parse(kept.body) : {}) as Partial<Basic>
  if (created) return created
  const today = dayOfInstant(now.getTime() - DAY_BEGINS_MS)
  const resource: Basic = { ...DAY, created: today }
  await put(store, {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [{ resource, request: { method: 'PUT', url: `Basic/${DAY.id}` } }],
  })
  return today
}

/**
 * Fills the database with the demo hospital. What is there already is not written again: an interrupted filling is
 * completed, a smaller hospital grows.
 *
 * @param now the first filling makes the hospital of this day
 */
export async function fillDemoHospital(store: RecordStore, patients: number, now: Date): Promise<Filled> {
  const progress = new Progress('resources')
  const today = await demoDay(store, now)
  const bundles = demoHospital({ patients, today })
  const hospital = bundles.next().value as Bundle
  let resources = 0
  let done = 0
  const take = async (bundle: Bundle): Promise<void> => {
    const stored = await put(store, bundle)
    resources += stored
    progress.at(resources, { share: ++done / (patients + 1) })
  }
  const people: InsuredPerson[] = []
  await concurrently(bundles, WIDTH, async (bundle) => {
    const person = people.length < MOST_WITH_DOSSIERS ? insuredPersonIn(bundle) : null
    if (person) people.push(person)
    await take(bundle)
  })
  resources += await fillDemoDossiers(store, people, today)
  await take(hospital)
  return { resources, seconds: progress.end() }
}

async function put(store: RecordStore, bundle: Bundle): Promise<number> {
  const content = readerOfBytes(Buffer.from(bundleText(bundle)))
  const survey = await surveyJson(content())
  if (!survey.ok) throw invalid(survey.refusals)
  const { stored, refusals } = await importContent(store, 'demo hospital', { survey: survey.value, content })
  if (refusals.length > 0) throw invalid(refusals)
  return stored
}

const invalid = ([first]: readonly Refusal[]): Error =>
  new Error(`The demo hospital is not valid: ${first?.rule} at ${first?.at}: ${first?.message.en}`)
