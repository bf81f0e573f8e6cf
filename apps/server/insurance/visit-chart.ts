/** One visit of the chart, with all that its dossier is composed from. */
import type { Encounter, FhirResource } from '#fhir/r4'
import { parseSearch } from '#fhir/search'
import type { RecordStore } from '#foundation/record-store'
import type { Chart } from '#obligations/health-insurance'

/** Resources of a visit that say something of what it costs, why and to whom. */
const TYPES: readonly string[] = `Patient Encounter Condition Procedure ServiceRequest MedicationRequest
  MedicationAdministration Medication Observation DiagnosticReport ChargeItem Composition ClinicalImpression Practitioner
  PractitionerRole Organization Location Device`.split(/\s+/)

/** What may be referred to without being part of the visit. */
const FOLLOWED: ReadonlySet<string> = new Set(
  [...TYPES, 'Coverage', 'MedicationDispense'].filter((type) => type !== 'Patient'),
)

/** A department is part of a block, that of a site, that of the hospital: nobody needs more. */
const ROUNDS = 6

/**
 * @param id of the Encounter
 * @returns null where there is no such visit
 */
export async function visitChart(store: RecordStore, id: string): Promise<Chart | null> {
  const [main, parts] = await Promise.all([
    everythingOf(store, id),
    found(store, 'Encounter', [['part-of', `Encounter/${id}`]]),
  ])
  const encounter = main.find((each): each is Encounter => each.resourceType === 'Encounter' && each.id === id)
  if (!encounter) return null
  const chart = new Map(main.map((resource) => [keyOf(resource), resource]))
  const patient = encounter.subject?.reference ?? ''
  const visits = [encounter, ...parts].map((each) => `Encounter/${each.id}`).join(',')
  const others = await Promise.all([
    ...parts.map((each) => everythingOf(store, each.id ?? '')),
    found(store, 'MedicationDispense', [['context', visits]]),
    ...(patient === ''
      ? []
      : [found(store, 'Coverage', [['beneficiary', patient]]), found(store, 'Appointment', [['patient', patient]])]),
  ])
  for (const resource of others.flat()) chart.set(keyOf(resource), resource)
  const asked = new Set<string>()
  await follow(store, chart, asked)
  for (const role of await signatories(store, chart)) chart.set(keyOf(role), role)
  await follow(store, chart, asked)
  const { start, end } = encounter.period ?? {}
  return { encounter: id, resources: [...chart.values()], made: dayOf(end ?? start) }
}

const keyOf = ({ resourceType, id }: FhirResource): string => `${resourceType}/${id}`

/** yyyyMMdd in Việt Nam; '' where the visit has no time */
function dayOf(moment: string | undefined): string {
  const time = Date.parse(moment ?? '')
  return Number.isNaN(time) ? '' : new Date(time + 7 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '')
}

async function everythingOf(store: RecordStore, id: string): Promise<readonly FhirResource[]> {
  const page = await store.everything({ type: 'Encounter', id }, { base: '', types: TYPES, count: null })
  const entries = JSON.parse(`[${page.entries.join('')}]`) as readonly { readonly resource: FhirResource }[]
  return entries.map(({ resource }) => resource)
}

async function found(
  store: RecordStore,
  type: string,
  pairs: readonly (readonly [name: string, value: string])[],
): Promise<readonly FhirResource[]> {
  const request = await parseSearch(type, pairs, { base: '', handling: 'strict' })
  if (!request.ok) throw new Error(`${type} cannot be searched for`)
  const { versions } = await store.find({ ...request.value, count: 1000 })
  return versions.flatMap(({ body }) => (body ? (JSON.parse(body) as FhirResource) : []))
}

/** Brings along what the chart refers to, and what that refers to. */
async function follow(store: RecordStore, chart: Map<string, FhirResource>, asked: Set<string>): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const missing = [...new Set([...chart.values()].flatMap(referencesIn))].filter(
      (reference) => !chart.has(reference) && !asked.has(reference),
    )
    if (missing.length === 0) return
    for (const reference of missing) asked.add(reference)
    const pairs = missing.map((reference) => {
      const [type = '', id = ''] = reference.split('/')
      return { type, id }
    })
    for (const version of await store.readMany(pairs)) {
      if (!version?.body) continue
      const resource = JSON.parse(version.body) as FhirResource
      chart.set(keyOf(resource), resource)
    }
  }
}

const REFERENCE = /^([A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/.*)?$/

function referencesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inside]) => {
    if (name !== 'reference' || typeof inside !== 'string') return referencesIn(inside)
    const [, type = '', id] = REFERENCE.exec(inside) ?? []
    return FOLLOWED.has(type) ? [`${type}/${id}`] : []
  })
}

/** Who signs for the facilities of the chart. */
async function signatories(
  store: RecordStore,
  chart: ReadonlyMap<string, FhirResource>,
): Promise<readonly FhirResource[]> {
  const organizations = [...chart.keys()].filter((key) => key.startsWith('Organization/'))
  if (organizations.length === 0) return []
  return found(store, 'PractitionerRole', [
    ['organization', organizations.join(',')],
    ['role', 'insurance-signatory'],
  ])
}
