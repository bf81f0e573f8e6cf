import { identifierSystems } from '#fhir/naming'
import type { Patient, Task } from '#fhir/r4'
import { accept, type Outcome } from '#fhir/outcome'
import type { RecordStore } from '#foundation/record-store'
import type { DossierLine, DossierPage, DossierState } from './api.ts'
import { findingCounts, receiptOf, stateOf, sumOf, tagOf, taskSystems } from './dossier-task.ts'
import { countTasks, escaped, findTasks } from './find-tasks.ts'

/** Dossiers of one page. */
const PAGE = 50

export const STATES: readonly DossierState[] = [
  'draft',
  'elsewhere',
  'ready',
  'queued',
  'sent',
  'accepted',
  'refused',
  'resent',
]

/** What the work list is narrowed by; '' means everything. */
export interface DossierFilter {
  readonly state: string
  /** yyyy-MM */
  readonly month: string
  readonly department: string
  /** MA_LK, or a name or number of a patient */
  readonly q: string
}

type Pair = readonly [name: string, value: string]

/** The work list, newest first. Every condition is an index entry. */
export async function dossierPage(
  store: RecordStore,
  filter: DossierFilter,
  cursor: string | null,
  off: ReadonlySet<string>,
): Promise<Outcome<DossierPage>> {
  const narrowed = pairsOf(filter)
  const state: Pair[] = filter.state ? [stateIs(filter.state)] : []
  const asked: Pair[] = [...narrowed, ...state, ['_sort', '-authored-on']]
  const page = await findTasks(store, 'insurance-dossier', asked, { count: PAGE, cursor })
  if (!page.ok) return page
  const counts = await Promise.all(
    STATES.map((each) => countTasks(store, 'insurance-dossier', [...narrowed, stateIs(each)])),
  )
  const states = Object.fromEntries(STATES.map((each, place) => [each, counts[place] ?? 0])) as DossierPage['states']
  return accept({ dossiers: await linesOf(store, page.value.tasks, off), states, next: page.value.next })
}

const stateIs = (state: string): Pair => ['business-status', `${taskSystems.state}|${escaped(state)}`]

function pairsOf({ month, department, q }: DossierFilter): Pair[] {
  const pairs: Pair[] = []
  if (month) pairs.push(['_tag', `${taskSystems.month}|${escaped(month)}`])
  if (department) pairs.push(['_tag', `${taskSystems.department}|${escaped(department)}`])
  const text = q.trim()
  if (text) pairs.push(searchFor(text))
  return pairs
}

/** A number has a digit in it and no blank; everything else is a name. */
function searchFor(text: string): Pair {
  if (/\s/.test(text) || !/\d/.test(text)) return ['patient.name', escaped(text)]
  return /^(BN|\d{9,15}$|[A-Z]{2}\d{13}$)/i.test(text)
    ? ['patient.identifier', escaped(text)]
    : ['identifier', `${identifierSystems.visitNumber}|${escaped(text)}`]
}

/** The lines of these dossiers; their patients are read together. */
export async function linesOf(
  store: RecordStore,
  tasks: readonly Task[],
  off: ReadonlySet<string>,
): Promise<readonly DossierLine[]> {
  const ids = [...new Set(tasks.map((task) => idIn(task.for?.reference)))]
  const versions = await store.readMany(ids.map((id) => ({ type: 'Patient', id })))
  const patients = new Map(
    versions.flatMap((each) => (each?.body ? [[each.id, JSON.parse(each.body) as Patient]] : [])),
  )
  return tasks.map((task) => lineOf(task, patients.get(idIn(task.for?.reference)), off))
}

function lineOf(task: Task, patient: Patient | undefined, off: ReadonlySet<string>): DossierLine {
  return {
    id: task.id ?? '',
    visit: task.identifier?.[0]?.value ?? '',
    patient: {
      id: idIn(task.for?.reference),
      name: nameOf(patient),
      birthYear: patient?.birthDate?.slice(0, 4) ?? '',
      code: identifierOf(patient, identifierSystems.patientCode),
    },
    encounter: idIn(task.encounter?.reference),
    kind: tagOf(task, taskSystems.visitKind),
    department: tagOf(task, taskSystems.department),
    from: instant(task.executionPeriod?.start),
    to: instant(task.executionPeriod?.end),
    total: sumOf(task, 'T_TONGCHI_BV'),
    fund: sumOf(task, 'T_BHTT'),
    state: stateOf(task),
    counts: findingCounts(task, off),
    receipt: receiptOf(task),
  }
}

export function nameOf(patient: Patient | undefined): string {
  const [name] = patient?.name ?? []
  return name?.text ?? [name?.family, ...(name?.given ?? [])].filter((part) => part !== undefined).join(' ')
}

export const identifierOf = (patient: Patient | undefined, ...systems: readonly string[]): string =>
  patient?.identifier?.find(({ system = '' }) => systems.includes(system))?.value ?? ''

const idIn = (reference: string | undefined): string => reference?.split('/')[1] ?? ''

/** '' where there is none */
const instant = (written: string | undefined): string => {
  const time = Date.parse(written ?? '')
  return Number.isNaN(time) ? '' : new Date(time).toISOString()
}
