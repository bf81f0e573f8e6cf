import type { Condition } from '#fhir/r4'
import { conceptText } from '#hospital/laboratory'
import { clinicalDate } from './clinical-date.ts'

/** One problem or diagnosis, gathered over all the times it was written down. */
export interface Problem {
  readonly key: string
  readonly name: string
  /** ICD-10 where it was coded so, else the first code */
  readonly code: string
  readonly active: boolean
  /** a problem the hospital follows, not only the diagnosis of one visit */
  readonly followed: boolean
  readonly since: string
  readonly until: string
  readonly last: string
  readonly times: number
  readonly recorder: string
}

const ACTIVE = new Set(['active', 'recurrence', 'relapse'])
const WITHDRAWN = new Set(['entered-in-error', 'refuted'])

const codeOf = (concept: Condition['clinicalStatus']): string => concept?.coding?.[0]?.code ?? ''

const icd10 = (condition: Condition): string => {
  const codings = condition.code?.coding ?? []
  return (codings.find((coding) => coding.system?.includes('icd-10')) ?? codings[0])?.code ?? ''
}

const isFollowed = (condition: Condition): boolean =>
  condition.category?.some((category) => category.coding?.some((coding) => coding.code === 'problem-list-item')) ??
  false

const isActive = (condition: Condition): boolean =>
  ACTIVE.has(codeOf(condition.clinicalStatus)) && !condition.abatementDateTime

/** Conditions gathered by what they say: followed problems first, then active diagnoses, newest first. */
export function problemList(conditions: readonly Condition[]): readonly Problem[] {
  const valid = conditions.filter((condition) => !WITHDRAWN.has(codeOf(condition.verificationStatus)))
  const gathered = Map.groupBy(valid, (condition) => icd10(condition) || conceptText(condition.code))
  return [...gathered]
    .map(([key, own]) => gather(key, own))
    .sort(
      (a, b) =>
        Number(b.active) - Number(a.active) || Number(b.followed) - Number(a.followed) || b.last.localeCompare(a.last),
    )
}

function gather(key: string, conditions: readonly Condition[]): Problem {
  const oldestFirst = conditions.toSorted((a, b) => clinicalDate(a).localeCompare(clinicalDate(b)))
  const newest = oldestFirst.findLast(isFollowed) ?? oldestFirst.at(-1)!
  return {
    key,
    name: conceptText(newest.code),
    code: icd10(newest),
    active: isActive(newest),
    followed: conditions.some(isFollowed),
    since: clinicalDate(oldestFirst[0]!),
    until: newest.abatementDateTime ?? '',
    last: oldestFirst.at(-1)?.recordedDate ?? clinicalDate(oldestFirst.at(-1)!),
    times: conditions.length,
    recorder: newest.recorder?.display ?? newest.asserter?.display ?? '',
  }
}
