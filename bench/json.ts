/** How long reading and stamping one small resource takes, next to the engine's own JSON.parse: `node bench/json.ts`. */
import { linksOf, parseJson, ROOT, stamped } from '#fhir/json'

const WARM_UP = 20_000
const ROUNDS = 50_000

const observation = {
  resourceType: 'Observation',
  status: 'final',
  category: [
    {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/observation-category',
          code: 'vital-signs',
          display: 'Vital Signs',
        },
      ],
    },
  ],
  code: { coding: [{ system: 'http://loinc.org', code: '85354-9', display: 'Blood pressure' }], text: 'Huyết áp' },
  subject: { reference: 'urn:uuid:0189f7f0-0000-4000-8000-000000000001' },
  encounter: { reference: 'urn:uuid:0189f7f0-0000-4000-8000-000000000002' },
  effectiveDateTime: '2026-01-05T08:00:00+07:00',
  issued: '2026-01-05T08:00:00.000+07:00',
  component: [
    ['8480-6', 'Huyết áp tâm thu', 120],
    ['8462-4', 'Huyết áp tâm trương', 80],
  ].map(([code, display, value]) => ({
    code: { coding: [{ system: 'http://loinc.org', code, display }], text: display },
    valueQuantity: { value, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
  })),
}

/** @returns microseconds: half of the calls took at most this long, and 95 of 100 */
function time(work: () => unknown): { readonly median: number; readonly p95: number } {
  for (let i = 0; i < WARM_UP; i++) work()
  const took: number[] = []
  for (let i = 0; i < ROUNDS; i++) {
    const from = process.hrtime.bigint()
    work()
    took.push(Number(process.hrtime.bigint() - from) / 1000)
  }
  took.sort((a, b) => a - b)
  return { median: took[ROUNDS / 2]!, p95: took[Math.floor(ROUNDS * 0.95)]! }
}

const bytes = Buffer.from(JSON.stringify(observation))
const document = parseJson(bytes)
if (!document.ok) throw new Error('the sample cannot be read')

const works: readonly [name: string, work: () => unknown][] = [
  ['JSON.parse alone, not strict, no places', () => JSON.parse(bytes.toString('utf8'))],
  ['strict reading with places', () => parseJson(bytes)],
  ['finding the links', () => linksOf(document.value, ROOT)],
  [
    'id, version and time into the text',
    () => {
      const text = stamped(document.value, ROOT, '0189f7f0-0000-7000-8000-000000000003')
      return text.ok && text.value.stamp(1, '2026-01-05T08:00:00.000Z')
    },
  ],
]

console.log(`An Observation of ${bytes.length} bytes:`)
for (const [name, work] of works) {
  const { median, p95 } = time(work)
  console.log(`${name}: median ${median.toFixed(1)} µs, p95 ${p95.toFixed(1)} µs`)
}
