/** A visit that was recorded in the chart becomes a dossier to be sent: its Claim, and the Task of the desk beside it. */
import { hash } from 'node:crypto'
import { accept, type IssueCode, no, type Outcome, type Refusal, refuse } from '#fhir/outcome'
import type { Claim, Coverage, Encounter, FhirResource, Task } from '#fhir/r4'
import type { Author, RecordStore, Write } from '#foundation/record-store'
import {
  type Chart,
  type ComposeFinding,
  type Composed,
  composeDossier,
  type Dossier,
  toResources,
} from '#obligations/health-insurance'
import { dossierTask, inState, isSentElsewhere, receiptOf, stateOf, tagOf, taskSystems } from './dossier-task.ts'
import { findTasks } from './find-tasks.ts'
import { identify } from './identify.ts'
import { cataloguesFor } from './known-catalogues.ts'
import { resourceWrite } from './resource-write.ts'
import { visitChart } from './visit-chart.ts'

const refusal = (rule: string, code: IssueCode, vi: string, en: string): Refusal => no(rule, code, { vi, en })

export const composeRefusals = {
  noVisit: refusal('BHXH-COMPOSE-1', 'not-found', 'Không có lượt khám này', 'There is no such visit'),
  noPatient: refusal(
    'BHXH-COMPOSE-2',
    'business-rule',
    'Lượt khám chưa gắn với người bệnh',
    'The visit has no patient',
  ),
  imported: refusal(
    'BHXH-COMPOSE-3',
    'conflict',
    'Lượt khám này đã có hồ sơ nhập từ tệp; hãy sửa trong bệnh án, hồ sơ xuất ra sẽ theo bệnh án',
    'The visit has a dossier that came from a file; correct the chart, and what is exported follows it',
  ),
} as const

/** Where a dossier comes from, as a tag of its Task. */
const FROM_CHART = { system: taskSystems.origin, code: 'chart' }

/** Whether the dossier is composed from the chart each time; else it is what came from a file. */
export const isComposed = (task: Task): boolean => tagOf(task, taskSystems.origin) === FROM_CHART.code

const FACILITY = 'MACSKCB'

/** What a dossier is known by wherever it comes from: the facility's number and the visit's. */
export const dossierKey = ({ facility, visit }: { facility: string; visit: string }): string => `${facility} ${visit}`

/** The same of a Task that was composed here. */
export const composedKey = ({ input, identifier }: Task): string =>
  dossierKey({
    facility: input?.find(({ type }) => type.text === FACILITY)?.valueString ?? '',
    visit: identifier?.[0]?.value ?? '',
  })

/** The dossier as the chart says it now. @returns null where the visit is gone */
export async function dossierFromChart(store: RecordStore, task: Task): Promise<Dossier | null> {
  const chart = await visitChart(store, task.encounter?.reference?.split('/')[1] ?? '')
  return (chart && composeDossier(chart)?.dossier) ?? null
}

/** The same with what is wrong with it, its codes beside the facility's catalogues. */
export async function composedDossier(store: RecordStore, task: Task): Promise<Judged | null> {
  const chart = await visitChart(store, task.encounter?.reference?.split('/')[1] ?? '')
  return judged(store, chart && composeDossier(chart))
}

interface Judged {
  readonly dossier: Dossier
  readonly findings: readonly ComposeFinding[]
}

async function judged(store: RecordStore, composed: Composed | null): Promise<Judged | null> {
  if (!composed) return null
  const { dossier, findings } = composed
  return { dossier, findings: findings({ catalogues: await cataloguesFor(store, dossier) }) }
}

export interface ComposedVisit {
  /** id of the Claim and of its Task */
  readonly id: string
  readonly findings: readonly ComposeFinding[]
}

/**
 * Makes or renews the dossier of a visit. Where chart and findings are what they were, nothing is written, and what was
 * sent stays sent.
 * @param off rules that are switched off
 */
export async function composeVisit(
  store: RecordStore,
  encounter: string,
  author: Author,
  off: ReadonlySet<string>,
): Promise<Outcome<ComposedVisit>> {
  const chart = await visitChart(store, encounter)
  const composed = await judged(store, chart && composeDossier(chart))
  if (!chart || !composed) return refuse([composeRefusals.noVisit])
  const visit = chart.resources.find(
    (each): each is Encounter => each.resourceType === 'Encounter' && each.id === encounter,
  )
  const others = await findTasks(store, 'insurance-dossier', [['encounter', `Encounter/${encounter}`]])
  if (others.ok && others.value.tasks.some((task) => !isComposed(task))) return refuse([composeRefusals.imported])
  const id = identify('Claim', 'composed', encounter)
  const claim = claimOf(composed.dossier, chart, id)
  if (!claim || !visit) return refuse([composeRefusals.noPatient])
  const made = { id, composed, claim, encounter: visit, off }
  const outcome = await store.writeLocked(
    [`Claim/${id}`],
    async (within) => {
      const version = await within.read('Task', id)
      return accept(writesOf(made, version?.body ? (JSON.parse(version.body) as Task) : null))
    },
    author,
  )
  return outcome.ok ? accept({ id, findings: composed.findings.filter(({ rule }) => !off.has(rule)) }) : outcome
}

interface Made {
  readonly id: string
  readonly composed: Judged
  readonly claim: Claim
  readonly encounter: Encounter
  readonly off: ReadonlySet<string>
}

const DIGEST = 'digest'

const digestIn = (task: Task): string | undefined => task.input?.find(({ type }) => type.text === DIGEST)?.valueString

function writesOf({ composed, claim, encounter, off }: Made, before: Task | null): readonly Write[] {
  const { dossier, findings } = composed
  const elsewhere = before !== null && isSentElsewhere(before)
  const task = dossierTask({ dossier, claim, encounter, findings, off, isSentElsewhere: elsewhere })
  const digest = hash('sha256', JSON.stringify([dossier.tables, findings.map(({ rule }) => rule), [...off].toSorted()]))
  const next: Task = {
    ...task,
    meta: { ...task.meta, tag: [...(task.meta?.tag ?? []), FROM_CHART] },
    input: [
      ...(task.input ?? []),
      { type: { text: DIGEST }, valueString: digest },
      ...(dossier.facility === '' ? [] : [{ type: { text: FACILITY }, valueString: dossier.facility }]),
    ],
  }
  if (before !== null && digestIn(before) === digest) return []
  const note = before === null ? 'Hồ sơ được lập từ bệnh án' : 'Hồ sơ được lập lại từ bệnh án'
  const noted = inState(next, stateOf(next), note, before && receiptOf(before))
  return [resourceWrite(claim), resourceWrite(noted)]
}

/** The Claim as an imported dossier has it, but of the chart's own patient, cards, visit and hospital. */
function claimOf(dossier: Dossier, { encounter, resources }: Chart, id: string): Claim | undefined {
  const own: Readonly<Record<string, (...parts: readonly string[]) => string | undefined>> = {
    Claim: () => id,
    Encounter: () => encounter,
    Patient: () => idOf(resources, 'Patient', () => true),
    Coverage: (_patient, card) =>
      idOf(resources, 'Coverage', (each) => (each as Coverage).subscriberId === card || hasNumber(each, card)),
    Organization: (_kind, code) => idOf(resources, 'Organization', (each) => hasNumber(each, code)),
  }
  const mapped = toResources(dossier, (kind, ...parts) => own[kind]?.(...parts) ?? identify(kind, ...parts))
  const claim = mapped.find((each): each is Claim => each.resourceType === 'Claim')
  return own.Patient?.() === undefined ? undefined : claim
}

const idOf = (
  resources: readonly FhirResource[],
  type: FhirResource['resourceType'],
  isIt: (resource: FhirResource) => boolean,
): string | undefined => resources.find((each) => each.resourceType === type && isIt(each))?.id

const hasNumber = (resource: FhirResource, number: string | undefined): boolean =>
  ((resource as { identifier?: readonly { value?: string }[] }).identifier ?? []).some(({ value }) => value === number)
