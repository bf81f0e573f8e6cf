import type { Bundle, Coverage, FhirResource, Patient, Task } from '#fhir/r4'
import type { RecordStore, Write } from '#foundation/record-store'
import { writeDossierFile } from '#obligations/health-insurance'
import { type DemoDossier, demoDossiers, type InsuredPerson } from '#testing/demo-hospital'
import { inState, stateOf } from './insurance/dossier-task.ts'
import { findTasks } from './insurance/find-tasks.ts'
import { importFiles } from './insurance/import-files.ts'
import { resourceWrite } from './insurance/resource-write.ts'

/** Dossiers of the demo hospital. */
const COUNT = 200

const DESK = { reference: 'Device/lanh' }

/** What the portal would have said. Nothing of it was sent, and the number says so. */
const ANSWERS = {
  accepted: { note: 'Dữ liệu mô phỏng: Cổng đã tiếp nhận hồ sơ', receipt: 'MP' },
  refused: { note: 'Dữ liệu mô phỏng: 205 Mã thẻ BHYT chưa được tra cứu trước khi gửi', receipt: null },
} as const

/** The person of a bundle who has a card; null where nobody has. */
export function insuredPersonIn({ entry = [] }: Bundle): InsuredPerson | null {
  const resources = entry.map(({ resource }) => resource as FhirResource | undefined)
  const patient = resources.find((each): each is Patient => each?.resourceType === 'Patient')
  const coverage = resources.find((each): each is Coverage => each?.resourceType === 'Coverage')
  return patient && coverage ? { patient, coverage } : null
}

/**
 * Two months of dossiers of the demo hospital's own people, imported as any files are. What is there already is not
 * imported again. @returns resources that were added
 */
export async function fillDemoDossiers(
  store: RecordStore,
  people: readonly InsuredPerson[],
  today: string,
): Promise<number> {
  const dossiers = demoDossiers(people, COUNT, today)
  let resources = 0
  for (const isToSend of [false, true]) {
    const files = filesOf(dossiers.filter(({ fate }) => (fate !== 'elsewhere') === isToSend))
    for await (const file of importFiles(files, { store, off: new Set(), isToSend })) resources += file.resources
  }
  if (resources > 0) await answer(store, dossiers)
  return resources
}

/** One dossier a file: what is there already is known again, however many come with it. */
const filesOf = (dossiers: readonly DemoDossier[]) =>
  dossiers.map(({ dossier }) => {
    const bytes = Buffer.from(writeDossierFile([dossier], dossier.made))
    return { path: `mo-phong-${dossier.visit}.xml`, size: bytes.length, bytes }
  })

/** Brings each dossier to where the desk finds it. */
async function answer(store: RecordStore, dossiers: readonly DemoDossier[]): Promise<void> {
  const fates = new Map(dossiers.map(({ dossier, fate }) => [dossier.visit, fate]))
  const page = await findTasks(store, 'insurance-dossier', [], { count: 2 * COUNT })
  const tasks = page.ok ? page.value.tasks : []
  const writes = tasks.flatMap((task) => answered(task, fates))
  if (writes.length > 0) await store.write(writes, DESK)
}

function answered(task: Task, fates: ReadonlyMap<string, DemoDossier['fate']>): Write[] {
  const visit = task.identifier?.[0]?.value ?? ''
  const fate = fates.get(visit)
  if ((fate !== 'accepted' && fate !== 'refused') || stateOf(task) !== 'ready') return []
  const { note, receipt } = ANSWERS[fate]
  const number = receipt === null ? null : receipt + visit.slice(-6)
  return [resourceWrite(inState(task, fate, note, number), Number(task.meta?.versionId))]
}
