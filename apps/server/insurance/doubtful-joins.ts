import { identifierSystems } from '#fhir/naming'
import { accept, type Outcome } from '#fhir/outcome'
import type { Patient, PatientLink, Task } from '#fhir/r4'
import type { Author, RecordStore, Written } from '#foundation/record-store'
import type { DoubtfulJoin } from './api.ts'
import { identifierOf, nameOf } from './dossier-lines.ts'
import { decided, decisionOf, pairOf } from './doubtful-join.ts'
import { countTasks, findTasks } from './find-tasks.ts'
import { resourceWrite } from './resource-write.ts'

const MOST = 200

/** Pairs that wait for a person, then those that were decided. */
export async function doubtfulJoins(store: RecordStore): Promise<readonly DoubtfulJoin[]> {
  const page = await findTasks(store, 'doubtful-join', [['_sort', '-_lastUpdated']], { count: MOST })
  if (!page.ok) return []
  const joins = await Promise.all(page.value.tasks.map((task) => joinOf(store, task)))
  return joins.toSorted((a, b) => Number(a.decided !== null) - Number(b.decided !== null))
}

async function joinOf(store: RecordStore, task: Task): Promise<DoubtfulJoin> {
  const versions = await store.readMany(pairOf(task).map((id) => ({ type: 'Patient', id })))
  const patients = versions.flatMap((version) => (version?.body ? [JSON.parse(version.body) as Patient] : []))
  return {
    id: task.id ?? '',
    patients: await Promise.all(
      patients.map(async (patient) => ({
        id: patient.id ?? '',
        name: nameOf(patient),
        birthDate: patient.birthDate ?? '',
        code: identifierOf(patient, identifierSystems.patientCode),
        identity: identifierOf(patient, identifierSystems.personalId, identifierSystems.formerId),
        card: identifierOf(patient, identifierSystems.insuranceCard),
        visits: await countTasks(store, 'insurance-dossier', [['patient', `Patient/${patient.id}`]]),
      })),
    ),
    why: task.reasonCode?.text ?? '',
    decided: decisionOf(task),
  }
}

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
  return outcome.ok ? accept(await joinOf(store, decided(task, same))) : outcome
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
