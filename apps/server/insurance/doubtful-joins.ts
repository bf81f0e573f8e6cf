import { identifierSystems } from '#fhir/naming'
import { accept, type Outcome } from '#fhir/outcome'
import type { Patient, PatientLink, Task } from '#fhir/r4'
import type { Author, RecordStore, Written } from '#foundation/record-store'
import type { DoubtfulJoin } from './api.ts'
import { identifierOf, nameOf } from './dossier-lines.ts'
import { decided, decisionOf, pairOf } from './doubtful-join.ts'
import { allTasks, findTasks } from './find-tasks.ts'
import { resourceWrite } from './resource-write.ts'

const MOST = 200

/** Pairs that wait for a person, then those that were decided. */
export async function doubtfulJoins(store: RecordStore): Promise<readonly DoubtfulJoin[]> {
  const page = await findTasks(store, 'doubtful-join', [['_sort', '-_lastUpdated']], { count: MOST })
  if (!page.ok) return []
  const joins = await joinsOf(store, page.value.tasks)
  return joins.toSorted((a, b) => Number(a.decided !== null) - Number(b.decided !== null))
}

/** However many pairs there are: one question for their patients, one for what they came for. */
async function joinsOf(store: RecordStore, tasks: readonly Task[]): Promise<readonly DoubtfulJoin[]> {
  const ids = [...new Set(tasks.flatMap(pairOf))]
  const [versions, visits] = await Promise.all([
    store.readMany(ids.map((id) => ({ type: 'Patient', id }))),
    visitsOf(store, ids),
  ])
  const patients = new Map(
    versions.flatMap((version) => (version?.body ? [[version.id, JSON.parse(version.body) as Patient] as const] : [])),
  )
  return tasks.map((task) => ({
    id: task.id ?? '',
    patients: pairOf(task).flatMap((id) => {
      const patient = patients.get(id)
      return patient ? [sideOf(patient, visits.get(id) ?? 0)] : []
    }),
    why: task.reasonCode?.text ?? '',
    decided: decisionOf(task),
  }))
}

/** Dossiers of each of these patients, read a page at a time. */
async function visitsOf(store: RecordStore, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>()
  if (ids.length === 0) return counts
  const anyOfThem = ids.map((id) => `Patient/${id}`).join(',')
  for await (const { for: patient } of allTasks(store, 'insurance-dossier', [['patient', anyOfThem]])) {
    const id = patient?.reference?.split('/')[1] ?? ''
    counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return counts
}

const sideOf = (patient: Patient, visits: number): DoubtfulJoin['patients'][number] => ({
  id: patient.id ?? '',
  name: nameOf(patient),
  birthDate: patient.birthDate ?? '',
  code: identifierOf(patient, identifierSystems.patientCode),
  identity: identifierOf(patient, identifierSystems.personalId, identifierSystems.formerId),
  card: identifierOf(patient, identifierSystems.insuranceCard),
  visits,
})

/**
 * A person's word on a pair. "Same" links the two charts, "different" takes the link away again: nothing is moved, so
 * nothing is lost by a mistake.
 * @returns null where there is no such pair; STORE-1 where somebody else was faster
 */
export async function decideJoin(
  store: RecordStore,
  id: string,
  same: boolean,
  author: Author,
): Promise<Outcome<DoubtfulJoin> | null> {
  const version = await store.read('Task', id)
  const task = version?.body ? (JSON.parse(version.body) as Task) : null
  if (!task || !version || !task.code?.coding?.some(({ code }) => code === 'doubtful-join')) return null
  const [first, second] = pairOf(task)
  const outcome: Outcome<readonly Written[]> = await store.writeLocked(
    [`Patient/${first}`, `Patient/${second}`],
    async (within) => {
      const [a, b] = await within.readMany([
        { type: 'Patient', id: first },
        { type: 'Patient', id: second },
      ])
      const linked = [
        { version: a, other: second, type: 'replaces' },
        { version: b, other: first, type: 'replaced-by' },
      ] as const
      const patients = linked.flatMap((each) =>
        each.version?.body
          ? resourceWrite(linkedTo(JSON.parse(each.version.body) as Patient, each, same), each.version.version)
          : [],
      )
      return accept([...patients, resourceWrite(decided(task, same), version.version)])
    },
    author,
  )
  if (!outcome.ok) return outcome
  const [join] = await joinsOf(store, [decided(task, same)])
  return join ? accept(join) : null
}

function linkedTo(
  patient: Patient,
  { other, type }: { readonly other: string; readonly type: PatientLink['type'] },
  same: boolean,
): Patient {
  const reference = `Patient/${other}`
  const others = (patient.link ?? []).filter((link) => link.other.reference !== reference)
  const link = same ? [...others, { other: { reference }, type }] : others
  const { link: _link, ...rest } = patient
  return link.length > 0 ? { ...rest, link } : rest
}
