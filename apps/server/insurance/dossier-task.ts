/**
 * The work on one dossier is a Task beside its Claim, under the Claim's own id: its state (businessStatus), what the
 * check found (rule by rule, so that a rule can be switched off afterwards) and the sums of the month's closing. Every
 * change of state is a version of it. The Claim itself says what is claimed and is not touched by any of this.
 */
import type { Claim, Coding, Encounter, Identifier, Task, TaskInput } from '#fhir/r4'
import { identifierSystems } from '#fhir/naming'
import type { Dossier, Finding, FindingSeverity } from '#obligations/health-insurance'
import type { DossierState } from './api.ts'

/** `Coding.system` of what a dossier's Task is tagged with and searched by. */
export const taskSystems = {
  /** what kind of work a Task is: insurance-dossier, doubtful-join */
  kind: 'urn:lanh:code:insurance-work',
  state: 'urn:lanh:code:insurance-dossier-state',
  /** yyyy-MM of the end of care */
  month: 'urn:lanh:code:insurance-month',
  department: 'urn:lanh:code:department',
  /** MA_LOAI_KCB */
  visitKind: 'urn:lanh:code:insurance-visit-kind',
  rule: 'urn:lanh:code:insurance-rule',
  /** chart: composed from the chart; absent: it came from a file */
  origin: 'urn:lanh:code:insurance-dossier-origin',
  /** who sends the dossier; absent: we do */
  sender: 'urn:lanh:code:insurance-sender',
} as const

/** The other program of the hospital, as a sender. */
const ELSEWHERE = 'elsewhere'

/** XML1 fields that are added up for a month, as decimal text. */
export const SUMMED = ['T_TONGCHI_BV', 'T_TONGCHI_BH', 'T_BHTT', 'T_BNCCT', 'T_BNTT', 'T_NGUONKHAC'] as const
export type Summed = (typeof SUMMED)[number]

/** R4's own state for each of ours. @source http://hl7.org/fhir/R4/valueset-task-status.html */
const STATUS: Readonly<Record<DossierState, Task['status']>> = {
  draft: 'draft',
  // nothing is expected of us
  elsewhere: 'on-hold',
  ready: 'ready',
  queued: 'requested',
  sent: 'in-progress',
  accepted: 'completed',
  refused: 'failed',
  resent: 'in-progress',
}

const SEVERITIES: readonly FindingSeverity[] = ['reject', 'error', 'warning']
const RECEIPT = 'maGiaoDich'
const NOTE = 'note'

/** What one dossier's Task is made of. */
export interface DossierWork {
  readonly dossier: Dossier
  readonly claim: Claim
  readonly encounter: Encounter | undefined
  readonly findings: readonly Finding[]
  /** rules that are switched off */
  readonly off: ReadonlySet<string>
  /** another program of the hospital sends it or may have sent it; absent: it is ours to send */
  readonly isSentElsewhere?: boolean
}

/** The Task of a dossier that was checked just now: ready or another program's, or a draft while errors are in it. */
export function dossierTask({ dossier, claim, encounter, findings, off, isSentElsewhere = false }: DossierWork): Task {
  const summary = dossier.tables.XML1?.[0]?.values ?? {}
  const sound = isSentElsewhere ? 'elsewhere' : 'ready'
  const state: DossierState = mayBeSent(findings, off) ? sound : 'draft'
  const period = encounter?.period ?? claim.billablePeriod
  const until = period?.end ?? period?.start
  return {
    resourceType: 'Task',
    id: claim.id ?? '',
    meta: { tag: [...tagsOf(summary, findings), ...(isSentElsewhere ? [BY_ANOTHER] : [])] },
    identifier: [{ system: identifierSystems.visitNumber, value: dossier.visit } satisfies Identifier],
    status: STATUS[state],
    businessStatus: { coding: [{ system: taskSystems.state, code: state }] },
    intent: 'order',
    code: { coding: [{ system: taskSystems.kind, code: 'insurance-dossier' }] },
    focus: { reference: `Claim/${claim.id}` },
    for: claim.patient,
    ...(encounter ? { encounter: { reference: `Encounter/${encounter.id}` } } : {}),
    ...(period ? { executionPeriod: { ...period } } : {}),
    ...(until === undefined ? {} : { authoredOn: until }),
    input: [...sumsOf(summary), ...countsOf(findings)],
  }
}

const BY_ANOTHER: Coding = { system: taskSystems.sender, code: ELSEWHERE }

/** Whether another program sends the dossier or may have sent it. */
export const isSentElsewhere = (task: Task): boolean => tagOf(task, taskSystems.sender) === ELSEWHERE

/** The Task of a dossier that another program sends from now on, or we do. Its state is another matter. */
export function sentElsewhere(task: Task, isElsewhere: boolean): Task {
  const tags = (task.meta?.tag ?? []).filter(({ system }) => system !== taskSystems.sender)
  return { ...task, meta: { ...task.meta, tag: isElsewhere ? [...tags, BY_ANOTHER] : tags } }
}

/** The state of a dossier in which no errors are. */
export const soundState = (task: Task): 'ready' | 'elsewhere' => (isSentElsewhere(task) ? 'elsewhere' : 'ready')

const mayBeSent = (findings: readonly Finding[], off: ReadonlySet<string>): boolean =>
  !findings.some(({ rule, severity }) => severity !== 'warning' && !off.has(rule))

function tagsOf(summary: Readonly<Record<string, string>>, findings: readonly Finding[]): Coding[] {
  const until = summary.NGAY_RA || summary.NGAY_VAO || ''
  const tags = [
    { system: taskSystems.month, code: `${until.slice(0, 4)}-${until.slice(4, 6)}` },
    { system: taskSystems.department, code: (summary.MA_KHOA ?? '').split(';').at(-1)?.trim() ?? '' },
    { system: taskSystems.visitKind, code: summary.MA_LOAI_KCB ?? '' },
    ...rulesOf(findings),
  ]
  return tags.filter(({ code }) => code !== '' && code !== '-')
}

const rulesOf = (findings: readonly Finding[]): Coding[] =>
  [...new Set(findings.map(({ rule }) => rule))].map((code) => ({ system: taskSystems.rule, code }))

const sumsOf = (summary: Readonly<Record<string, string>>): TaskInput[] =>
  SUMMED.flatMap((field) => (summary[field] ? { type: { text: field }, valueString: summary[field] } : []))

function countsOf(findings: readonly Finding[]): TaskInput[] {
  const counts = new Map<string, { rule: string; severity: FindingSeverity; count: number }>()
  for (const { rule, severity } of findings) {
    const key = `${severity} ${rule}`
    counts.set(key, { rule, severity, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  return [...counts.values()].map(({ rule, severity, count }) => ({
    type: { coding: [{ system: taskSystems.rule, code: rule }], text: severity },
    valueInteger: count,
  }))
}

const BY_CATALOGUE = /^BHYT-CATALOGUE-/

/**
 * The Task with what a check beside the facility's catalogues found; what else was found stays. They are warnings: the
 * state of the dossier has nothing to do with them.
 * @param findings of a whole check; those of other rules are passed over
 * @returns the same Task where nothing changes
 */
export function withCatalogueFindings(task: Task, findings: readonly Finding[]): Task {
  const found = findings.filter(({ rule }) => BY_CATALOGUE.test(rule))
  const isOther = ({ type }: TaskInput): boolean => !BY_CATALOGUE.test(type.coding?.[0]?.code ?? '')
  const input = [...(task.input ?? []).filter(isOther), ...countsOf(found)]
  if (JSON.stringify(input) === JSON.stringify(task.input ?? [])) return task
  const others = (task.meta?.tag ?? []).filter(({ code = '' }) => !BY_CATALOGUE.test(code))
  return { ...task, meta: { ...task.meta, tag: [...others, ...rulesOf(found)] }, input }
}

/** A code with which the Task is tagged; '' where there is none. */
export const tagOf = (task: Task, system: string): string =>
  task.meta?.tag?.find((tag) => tag.system === system)?.code ?? ''

/** Decimal text as the dossier has it; '0' where it has none. */
export const sumOf = (task: Task, field: Summed): string =>
  task.input?.find(({ type }) => type.text === field)?.valueString ?? '0'

export const stateOf = (task: Task): DossierState => (task.businessStatus?.coding?.[0]?.code ?? 'draft') as DossierState

/** Findings by severity, without those of rules that are switched off. */
export function findingCounts(task: Task, off: ReadonlySet<string>): Readonly<Record<FindingSeverity, number>> {
  const counts = { reject: 0, error: 0, warning: 0 }
  for (const { rule, severity, count } of ruleCounts(task)) if (!off.has(rule)) counts[severity] += count
  return counts
}

/** What the check found, rule by rule. */
export const ruleCounts = (
  task: Task,
): readonly { readonly rule: string; readonly severity: FindingSeverity; readonly count: number }[] =>
  (task.input ?? []).flatMap(({ type, valueInteger }) => {
    const rule = type.coding?.find(({ system }) => system === taskSystems.rule)?.code
    const severity = SEVERITIES.find((each) => each === type.text)
    return rule === undefined || severity === undefined ? [] : { rule, severity, count: valueInteger ?? 0 }
  })

/** The receipt number of the portal, maGiaoDich. */
export const receiptOf = (task: Task): string | null =>
  task.output?.findLast(({ type }) => type.text === RECEIPT)?.valueString ?? null

/** What was said with the latest change of state. */
export const noteOf = (task: Task): string => task.output?.findLast(({ type }) => type.text === NOTE)?.valueString ?? ''

/**
 * The same Task in another state, to be stored as its next version.
 * @param note for the history of the dossier, in Vietnamese, without names
 * @param receipt maGiaoDich; null keeps what there is
 */
export function inState(task: Task, state: DossierState, note: string, receipt: string | null = null): Task {
  const kept = receipt ?? receiptOf(task)
  return {
    ...task,
    status: STATUS[state],
    businessStatus: { coding: [{ system: taskSystems.state, code: state }] },
    output: [
      ...(kept === null ? [] : [{ type: { text: RECEIPT }, valueString: kept }]),
      ...(note === '' ? [] : [{ type: { text: NOTE }, valueString: note }]),
    ],
  }
}
