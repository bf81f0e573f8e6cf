/** Patients for the picker of an app, as whoever opens it may see them. */
import type { Patient } from '#fhir/r4'
import { parseSearch } from '#fhir/search'
import type { Reader } from '#foundation/access-control'
import type { RecordStore } from '#foundation/record-store'
import { type Door, visitOf } from './visits.ts'

const SHOWN = 20

interface Shown {
  /** `Patient/…` */
  readonly reference: string
  readonly label: string
}

function shown(body: string): Shown {
  const { id, name, birthDate } = JSON.parse(body) as Patient
  const [first] = name ?? []
  const said = first?.text ?? [first?.family, ...(first?.given ?? [])].filter(Boolean).join(' ')
  return { reference: `Patient/${id}`, label: [said || id, birthDate].filter(Boolean).join(' · ') }
}

export async function findPatients(
  door: Door,
  store: RecordStore,
  reader: Reader,
  text: string,
): Promise<readonly Shown[]> {
  const asked = await parseSearch('Patient', [['name', text]], {
    base: '',
    handling: 'strict',
    maxCount: SHOWN,
    now: door.now(),
  })
  if (!asked.ok || text.trim() === '') return []
  const visit = visitOf(door, store, { reader, request: 'patient-picker' })
  const { versions } = await visit.store.find({ ...asked.value, count: SHOWN })
  return versions.flatMap(({ body }) => (body === null ? [] : [shown(body)]))
}

export async function describePatient(
  door: Door,
  store: RecordStore,
  reader: Reader,
  reference: string,
): Promise<Shown | null> {
  const visit = visitOf(door, store, { reader, request: 'patient-picker' })
  const found = await visit.store.read('Patient', reference.slice('Patient/'.length))
  return found?.body ? shown(found.body) : null
}
