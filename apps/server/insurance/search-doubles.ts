import { hash } from 'node:crypto'
import type { Patient, Task } from '#fhir/r4'
import { parseSearch } from '#fhir/search'
import type { Author, RecordStore, Write } from '#foundation/record-store'
import { foldName } from '#hospital/identification'
import { joinPatients } from '#obligations/health-insurance'
import type { SearchedDoubles } from './api.ts'
import { nameOf } from './dossier-lines.ts'
import { doubtfulJoin } from './doubtful-join.ts'
import { resourceWrite } from './resource-write.ts'

/** Patients that are read together, and pairs that are written together. */
const PAGE = 500

/** Of so many with the same name, day and sex not every pair is shown: something else is wrong there. */
const MOST_ALIKE = 8

const FULL_DATE = 'yyyy-MM-dd'.length

/**
 * Looks through all patients for those who have name, day of birth and sex in common and no number: the import finds
 * only who shares a number. Pairs that a person has decided on already stay decided.
 */
export async function searchDoubles(store: RecordStore, author: Author): Promise<SearchedDoubles> {
  const seen = new Map<string, string[]>()
  let patients = 0
  for await (const patient of allPatients(store)) {
    patients++
    const key = keyOf(patient)
    if (key === null) continue
    const alike = seen.get(key)
    if (alike) alike.push(patient.id ?? '')
    else seen.set(key, [patient.id ?? ''])
  }
  const groups = [...seen.values()].filter((ids) => ids.length > 1)
  let found = 0
  for (let start = 0; start < groups.length; start += PAGE) {
    const tasks = await doubtsOf(store, groups.slice(start, start + PAGE))
    found += await writeNew(store, tasks, author)
  }
  return { patients, found }
}

async function* allPatients(store: RecordStore): AsyncGenerator<Patient> {
  const request = await parseSearch('Patient', [], { base: '', handling: 'strict' })
  if (!request.ok) throw new Error('patients cannot be searched for')
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<RecordStore['find']>> = await store.find({ ...request.value, count: PAGE, cursor })
    for (const { body } of page.versions) if (body) yield JSON.parse(body) as Patient
    cursor = page.next
  } while (cursor !== null)
}

/** @returns null where too little is known to be taken for somebody else */
function keyOf(patient: Patient): string | null {
  const { birthDate = '', gender } = patient
  const name = foldName(nameOf(patient))
  if (name === '' || birthDate.length !== FULL_DATE || gender === undefined) return null
  return hash('sha256', `${name} ${birthDate} ${gender}`, 'base64')
}

async function doubtsOf(store: RecordStore, groups: readonly (readonly string[])[]): Promise<readonly Task[]> {
  const ids = groups.flatMap((group) => group.slice(0, MOST_ALIKE))
  const versions = await store.readMany(ids.map((id) => ({ type: 'Patient', id })))
  const patients = new Map(
    versions.flatMap((each) => (each?.body ? [[each.id, JSON.parse(each.body) as Patient] as const] : [])),
  )
  return groups.flatMap((group) => {
    const alike = group.slice(0, MOST_ALIKE).flatMap((id) => patients.get(id) ?? [])
    return alike.flatMap((one, at) => alike.slice(at + 1).flatMap((other) => doubtOf(one, other)))
  })
}

function doubtOf(one: Patient, other: Patient): Task | readonly [] {
  const { verdict, why } = joinPatients(one, other)
  return verdict === 'doubtful' ? doubtfulJoin(one.id ?? '', other.id ?? '', why) : []
}

/** @returns how many of them were not known */
async function writeNew(store: RecordStore, tasks: readonly Task[], author: Author): Promise<number> {
  const known = await store.readMany(tasks.map(({ id = '' }) => ({ type: 'Task', id })))
  const writes: Write[] = tasks.flatMap((task, place) => (known[place] ? [] : resourceWrite(task, 'none')))
  const results = await Promise.all(writes.map((write) => store.writeOne(write, author)))
  return results.filter(({ ok }) => ok).length
}
