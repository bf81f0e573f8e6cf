/**
 * How long the validation of a small Observation takes, next to @medplum/core in the same run:
 * `node bench/validation.ts`. The latter needs the definitions of R4, which `npm run definitions` fetches.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { validate } from '#fhir/validation'

const definitions = fileURLToPath(new URL('../var/definitions/package/', import.meta.url))
const WARM_UP = 20_000
const ROUNDS = 50_000
const COPIES = 500

const observation = {
  resourceType: 'Observation',
  id: 'nhip-tim-1',
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
  code: { coding: [{ system: 'http://loinc.org', code: '8867-4', display: 'Heart rate' }], text: 'Mạch' },
  subject: { reference: 'Patient/nguyen-van-an' },
  encounter: { reference: 'Encounter/kham-1' },
  effectiveDateTime: '2026-01-05T08:00:00+07:00',
  performer: [{ reference: 'Practitioner/dieu-duong-hoa' }],
  valueQuantity: { value: 80, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
}

/** Distinct objects, as they come from reading JSON: one object over and over would be unfairly easy. */
const copies = Array.from({ length: COPIES }, () => JSON.parse(JSON.stringify(observation)) as typeof observation)

/** @returns microseconds: half of the calls took at most this long, and 95 of 100 */
function time(check: (resource: typeof observation) => unknown): { readonly median: number; readonly p95: number } {
  for (let i = 0; i < WARM_UP; i++) check(copies[i % COPIES]!)
  const took: number[] = []
  for (let i = 0; i < ROUNDS; i++) {
    const from = process.hrtime.bigint()
    check(copies[i % COPIES]!)
    took.push(Number(process.hrtime.bigint() - from) / 1000)
  }
  took.sort((a, b) => a - b)
  return { median: took[ROUNDS / 2]!, p95: took[Math.floor(ROUNDS * 0.95)]! }
}

const line = (name: string, { median, p95 }: { readonly median: number; readonly p95: number }) =>
  console.log(`${name}: median ${median.toFixed(1)} µs, p95 ${p95.toFixed(1)} µs`)

async function medplum(): Promise<((resource: typeof observation) => unknown) | undefined> {
  if (!existsSync(definitions)) return undefined
  const { indexStructureDefinitionBundle, validateResource } = await import('@medplum/core')
  for (const name of ['Bundle-types.json', 'Bundle-resources.json']) {
    indexStructureDefinitionBundle(JSON.parse(readFileSync(join(definitions, name), 'utf8')))
  }
  return (resource) => validateResource(resource as Parameters<typeof validateResource>[0])
}

const doubts = validate(observation)
if (doubts.length > 0) throw new Error(`the observation of this measurement is not valid: ${doubts[0]!.rule}`)
line('lanh', time(validate))
const other = await medplum()
if (other === undefined) console.log('@medplum/core: not measured, run `npm run definitions` first')
else line('@medplum/core', time(other))
