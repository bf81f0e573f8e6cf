import type { FhirResource, Observation } from '#fhir/r4'
import { hospitalDay } from '#hospital/calendar'
import {
  collectedAt,
  conceptText,
  interpret,
  isAbnormal,
  resultUnit,
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

export interface TimelineDay {
  /** `YYYY-MM-DD` in the hospital; '' for entries without a time */
  readonly day: string
  readonly entries: readonly TimelineEntry[]
}

const isObservation = (resource: FhirResource): resource is Observation => resource.resourceType === 'Observation'

export const toFinding = (observation: Observation): Finding => ({
  name: conceptText(observation.code),
  value: valueText(observation),
  unit: resultUnit(observation),
  interpretation: interpret(observation),
})

const single = (resource: FhirResource): TimelineEntry => ({
  key: `${resource.resourceType}/${resource.id}`,
  kind: entryKind(resource),
  at: clinicalDate(resource),
  ...entrySummary(resource),
  findings: isObservation(resource) ? [toFinding(resource)] : [],
  resource,
})

/** Measurements of one kind at one moment are one line: thirty results of a panel must not push the note off the screen. */
function together(observations: readonly Observation[]): TimelineEntry {
  const [first] = observations
  const entry = single(first!)
  if (observations.length === 1) return entry
  const findings = observations.map(toFinding).filter((finding) => finding.value)
  const rank = (finding: Finding) => Number(!isAbnormal(finding.interpretation))
  return { ...entry, title: '', detail: '', findings: findings.toSorted((a, b) => rank(a) - rank(b)) }
}

/**
 * The stream of a chart from resources in order, newest first: grouped by the hospital's day, measurements taken
 * together collapsed. The order of arrival is kept inside a day.
 */
export function timelineDays(resources: readonly FhirResource[]): readonly TimelineDay[] {
  const lines = Map.groupBy(resources, (resource) =>
    isObservation(resource)
      ? `${entryKind(resource)} ${collectedAt(resource)} ${resource.encounter?.reference ?? ''}`
      : `${resource.resourceType}/${resource.id}`,
  )
  const entries = [...lines.values()].map((members) =>
    members.every(isObservation) ? together(members) : single(members[0]!),
  )
  const days = Map.groupBy(entries, (entry) => hospitalDay(entry.at))
  return [...days].map(([day, own]) => ({ day, entries: own }))
}
