import type { Task } from '#fhir/r4'
import type { Author, RecordStore } from '#foundation/record-store'
import type { MovedDossiers } from './api.ts'
import { inState, isSentElsewhere, sentElsewhere, soundState, stateOf, taskSystems } from './dossier-task.ts'
import { resourceWrite } from './resource-write.ts'

/** Dossiers that are moved with one request. */
export const MOST_MOVED = 500

const NOTES = {
  ready: 'Chuyển sang gửi từ Lành',
  elsewhere: 'Đánh dấu phần mềm khác đã gửi',
} as const

/**
 * A person's word on who sends these dossiers. One with errors stays a draft and knows where to go afterwards; what was
 * sent from here is ours and stays.
 */
export async function moveDossiers(
  store: RecordStore,
  ids: readonly string[],
  to: 'ready' | 'elsewhere',
  author: Author,
): Promise<MovedDossiers> {
  const wanted = [...new Set(ids)]
  const versions = await store.readMany(wanted.map((id) => ({ type: 'Task', id })))
  const results = await Promise.all(
    versions.map(async (version) => {
      const task = version?.body ? (JSON.parse(version.body) as Task) : null
      const next = task && moved(task, to)
      return next ? (await store.writeOne(resourceWrite(next, version!.version), author)).ok : false
    }),
  )
  const count = results.filter(Boolean).length
  return { moved: count, left: wanted.length - count }
}

/** @returns null where there is nothing to move */
function moved(task: Task, to: 'ready' | 'elsewhere'): Task | null {
  const isDossier = task.code?.coding?.some(({ system, code }) => system === taskSystems.kind && code === DOSSIER)
  const state = stateOf(task)
  const waits = state === 'draft' || state === 'ready' || state === 'elsewhere'
  if (!isDossier || !waits || isSentElsewhere(task) === (to === 'elsewhere')) return null
  const next = sentElsewhere(task, to === 'elsewhere')
  return inState(next, state === 'draft' ? 'draft' : soundState(next), NOTES[to])
}

const DOSSIER = 'insurance-dossier'
