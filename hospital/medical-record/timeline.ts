import type { DiagnosticReport, FhirResource, Observation } from '#fhir/r4'
import { hospitalDay } from '#hospital/calendar'
import {
  conceptText,
  interpret,
  isAbnormal,
  isCorrected,
  resultUnit,
  testPlace,
  valueText,
  type Interpretation,
} from '#hospital/laboratory'
import { clinicalDate } from './clinical-date.ts'
import { entrySummary } from './entry-summary.ts'
import { entryKind, type EntryKind } from './entry-kind.ts'

/** One value inside a collapsed entry. */
export interface Finding {
  readonly name: string
  readonly value: string
  readonly unit: string
  readonly interpretation: Interpretation
  /** set where it was changed after its release: its history tells what it said before */
  readonly corrected?: Observation
}

/** One line of the stream: one resource, or measurements taken together. */
export interface TimelineEntry {
  readonly key: string
  readonly kind: EntryKind
  /** as written in the record; '' when it carries no time */
  readonly at: string
  readonly title: string
  readonly detail: string
  readonly author: string
  /** the values of measurements taken together, abnormal first */
  readonly findings: readonly Finding[]
  readonly resource: FhirResource
}

/** One day of the stream. */
export interface TimelineDay {
  /** `YYYY-MM-DD` in the hospital; '' for entries without a time */
  readonly day: string
  readonly entries: readonly TimelineEntry[]
}

const isObservation = (resource: FhirResource): resource is Observation => resource.resourceType === 'Observation'

/** A measurement, a dose or an order as name and value. */
export function toFinding(resource: FhirResource): Finding {
  if (!isObservation(resource)) {
    const { title, detail } = entrySummary(resource)
    return { name: title, value: detail, unit: '', interpretation: 'none' }
  }
  return {
    name: conceptText(resource.code),
    value: valueText(resource),
    unit: resultUnit(resource),
    interpretation: interpret(resource),
    ...(isCorrected(resource) && { corrected: resource }),
  }
}

const single = (resource: FhirResource): TimelineEntry => ({
  key: `${resource.resourceType}/${resource.id}`,
  kind: entryKind(resource),
  at: clinicalDate(resource),
  ...entrySummary(resource),
  findings: isObservation(resource) ? [toFinding(resource)] : [],
  resource,
})

/** What is done in handfuls at one moment (measurements, doses, orders) is one line: it must not push the note off the screen. */
const HANDFULS: ReadonlySet<string> = new Set(['Observation', 'MedicationAdministration', 'ServiceRequest'])

/** Where a measurement stands on its sheet; what is no measurement keeps its place. */
const placeOf = (resource: FhirResource): number =>
  isObservation(resource) ? testPlace(resource.code.coding?.map((coding) => coding.code) ?? [])[1] : 0

const abnormalFirst = (resources: readonly FhirResource[]): readonly Finding[] => {
  const rank = (finding: Finding) => Number(!isAbnormal(finding.interpretation))
  return resources
    .toSorted((a, b) => placeOf(a) - placeOf(b))
    .map(toFinding)
    .sort((a, b) => rank(a) - rank(b))
}

const together = (members: readonly FhirResource[]): TimelineEntry => {
  const entry = single(members[0]!)
  return members.length === 1 ? entry : { ...entry, title: '', detail: '', findings: abnormalFirst(members) }
}

/** A report and the results it reports are one line, under the report's name. */
const reported = (report: FhirResource, results: readonly FhirResource[]): TimelineEntry => ({
  ...single(report),
  findings: abnormalFirst(results),
})

/** `Observation/x` → the report that lists it, among the resources at hand. */
const reportsByResult = (resources: readonly FhirResource[]): ReadonlyMap<string, DiagnosticReport> =>
  new Map(
    resources.flatMap((resource) =>
      resource.resourceType === 'DiagnosticReport'
        ? (resource.result ?? []).map((result) => [result.reference ?? '', resource] as const)
        : [],
    ),
  )

const referenceTo = (resource: FhirResource): string => `${resource.resourceType}/${resource.id}`

const encounterOf = (resource: FhirResource): string => {
  const context: unknown = Reflect.get(resource, 'encounter') ?? Reflect.get(resource, 'context')
  return JSON.stringify(context ?? '')
}

/**
 * The stream of a chart from resources in order, newest first: grouped by the hospital's day, what was done together
 * collapsed. The order of arrival is kept inside a day.
 */
export function timelineDays(resources: readonly FhirResource[]): readonly TimelineDay[] {
  const reports = reportsByResult(resources)
  const lineOf = (resource: FhirResource): string => {
    const report = reports.get(referenceTo(resource))
    if (report) return referenceTo(report)
    if (!HANDFULS.has(resource.resourceType)) return referenceTo(resource)
    return `${resource.resourceType} ${entryKind(resource)} ${clinicalDate(resource)} ${encounterOf(resource)}`
  }
  const entries = [...Map.groupBy(resources, lineOf).values()].map((members) => {
    const report = members.find((member) => member.resourceType === 'DiagnosticReport')
    return report
      ? reported(
          report,
          members.filter((member) => member !== report),
        )
      : together(members)
  })
  const days = Map.groupBy(entries, (entry) => hospitalDay(entry.at))
  return [...days].map(([day, own]) => ({ day, entries: own }))
}
