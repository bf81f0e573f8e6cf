/** What the workloads ask for: chosen from the loaded data, spread over all patients, the same in every run. */
import type { Encounter, FhirResource, Observation, Patient } from '#fhir/r4'
import type { Api } from './api.ts'

/** A patient with what belongs to them, as far as the workloads need it. */
interface Chart {
  readonly patient: Patient
  /** `Type/id` of everything in it */
  readonly references: readonly string[]
  readonly series: readonly Series[]
  /** ids of encounters with the number of observations made there */
  readonly encounters: readonly { readonly id: string; readonly observations: number }[]
  readonly conditionCodes: readonly string[]
}

/** The results of one patient under one code. */
export interface Series {
  readonly patient: string
  /** system|value */
  readonly identifier: string
  /** system|code */
  readonly code: string
  /** days, YYYY-MM-DD */
  readonly firstDay: string
  readonly count: number
}

export interface Picks {
  /** `Type/id` */
  readonly references: readonly string[]
  /** series of tens of results, longest first */
  readonly long: readonly Series[]
  /** series of 3 to 10 results */
  readonly short: readonly Series[]
  /** with 5 to 12 observations */
  readonly encounters: readonly { readonly id: string; readonly observations: number }[]
  readonly names: readonly { readonly id: string; readonly family: string; readonly given: string }[]
  /** system|code of conditions of at least two patients */
  readonly conditionCodes: readonly string[]
  /** patients whose chart has about 300 resources */
  readonly wholeCharts: readonly { readonly id: string; readonly resources: number }[]
  /** patients nothing else is asked about, with an encounter each: new records are theirs */
  readonly forWriting: readonly { readonly patient: string; readonly encounter: string }[]
  readonly patientsLoaded: number
}

const CHARTS = 120
const FOR_WRITING = 8

/** Every nth, so that many are chosen from all and never at random. */
function spread<T>(all: readonly T[], wanted: number): readonly T[] {
  const step = Math.max(1, all.length / wanted)
  return Array.from({ length: Math.min(wanted, all.length) }, (_, i) => all[Math.floor(i * step)] as T)
}

export async function pick(api: Api): Promise<Picks> {
  const patients: Patient[] = []
  for await (const resource of api.pages('Patient?_count=200')) if (isPatient(resource)) patients.push(resource)
  const charts: Chart[] = []
  for (const patient of spread(patients, CHARTS)) charts.push(await readChart(api, patient))
  const bySize = charts.toSorted((a, b) => a.references.length - b.references.length)
  const forWriting = bySize.filter(({ encounters }) => encounters.length > 0).slice(0, FOR_WRITING)
  const asked = charts.filter((chart) => !forWriting.includes(chart))
  const series = asked.flatMap((chart) => chart.series).toSorted((a, b) => b.count - a.count)
  return {
    references: spread(
      asked.flatMap((chart) => chart.references),
      6000,
    ),
    long: series.filter(({ count }) => count >= 12).slice(0, 120),
    short: spread(
      series.filter(({ count }) => count >= 3 && count <= 10),
      500,
    ),
    encounters: spread(
      asked.flatMap((chart) => chart.encounters).filter(({ observations }) => observations >= 5 && observations <= 12),
      500,
    ),
    names: spread(patients, 400).flatMap(({ id, name }) => {
      const { family = '', given = [] } = name?.[0] ?? {}
      return id && family && given[0] ? [{ id, family, given: given[0] }] : []
    }),
    conditionCodes: sharedBy(asked.map((chart) => chart.conditionCodes)),
    wholeCharts: bySize
      .map(({ patient, references }) => ({ id: patient.id ?? '', resources: references.length }))
      .toSorted((a, b) => Math.abs(a.resources - 300) - Math.abs(b.resources - 300))
      .slice(0, 20),
    forWriting: forWriting.map(({ patient, encounters }) => ({
      patient: `Patient/${patient.id}`,
      encounter: `Encounter/${encounters[0]?.id}`,
    })),
    patientsLoaded: patients.length,
  }
}

const isPatient = (resource: FhirResource): resource is Patient => resource.resourceType === 'Patient'

const sharedBy = (lists: readonly (readonly string[])[]): readonly string[] => {
  const patients = new Map<string, number>()
  for (const code of lists.flat()) patients.set(code, (patients.get(code) ?? 0) + 1)
  return [...patients].filter(([, count]) => count >= 2).map(([code]) => code)
}

async function readChart(api: Api, patient: Patient): Promise<Chart> {
  const references: string[] = []
  const series = new Map<string, Series>()
  const observed = new Map<string, number>()
  const encounters: string[] = []
  const codes = new Set<string>()
  for await (const resource of api.pages(`Patient/${patient.id}/$everything?_count=1000`)) {
    references.push(`${resource.resourceType}/${resource.id}`)
    if (resource.resourceType === 'Observation') {
      addTo(series, resource, patient)
      const at = resource.encounter?.reference?.split('/')[1] ?? ''
      observed.set(at, (observed.get(at) ?? 0) + 1)
    }
    if (isEncounterOf(resource, patient)) encounters.push(resource.id ?? '')
    if (resource.resourceType === 'Condition') codes.add(codeOf(resource.code?.coding))
  }
  return {
    patient,
    references,
    series: [...series.values()],
    encounters: encounters.map((id) => ({ id, observations: observed.get(id) ?? 0 })),
    conditionCodes: [...codes].filter(Boolean),
  }
}

const isEncounterOf = (resource: FhirResource, { id }: Patient): resource is Encounter =>
  resource.resourceType === 'Encounter' && resource.subject?.reference === `Patient/${id}`

const codeOf = (codings: readonly { system?: string; code?: string }[] | undefined): string => {
  const [first] = codings ?? []
  return first?.system && first.code ? `${first.system}|${first.code}` : ''
}

function addTo(series: Map<string, Series>, observation: Observation, patient: Patient): void {
  const code = codeOf(observation.code.coding)
  const day = observation.effectiveDateTime?.slice(0, 10)
  const identifier = patient.identifier?.find(({ system, value }) => system && value)
  if (!code || !day || !identifier) return
  const known = series.get(code)
  series.set(code, {
    patient: patient.id ?? '',
    identifier: `${identifier.system}|${identifier.value}`,
    code,
    firstDay: known && known.firstDay < day ? known.firstDay : day,
    count: (known?.count ?? 0) + 1,
  })
}
