import type { Task } from '#fhir/r4'
import { parseSearch } from '#fhir/search'
import { accept, type Outcome } from '#fhir/outcome'
import type { RecordStore } from '#foundation/record-store'
import { taskSystems } from './dossier-task.ts'

/** Kinds of work that lie in the record as Tasks. */
export type Work = 'insurance-dossier' | 'doubtful-join'

/** Tasks that are read together. */
const PAGE = 500

/** Signs of the search are part of the value here. @source http://hl7.org/fhir/R4/search.html#escaping */
export const escaped = (text: string): string => text.replace(/[\\,$|]/g, '\\$&')

type Pair = readonly [name: string, value: string]

/** @param pairs parameters of a Task search besides its code */
export const taskSearch = (work: Work, pairs: readonly Pair[], count = PAGE) =>
  parseSearch('Task', [['code', `${taskSystems.kind}|${work}`], ...pairs], {
    base: '',
    handling: 'strict',
    defaultCount: count,
  })

interface TaskPage {
  readonly tasks: readonly Task[]
  readonly next: string | null
}

/** One page of Tasks. */
export async function findTasks(
  store: RecordStore,
  work: Work,
  pairs: readonly Pair[],
  { count = PAGE, cursor = null }: { count?: number; cursor?: string | null } = {},
): Promise<Outcome<TaskPage>> {
  const request = await taskSearch(work, pairs, count)
  if (!request.ok) return request
  const refusal = cursor === null ? null : store.cursorRefusal(request.value, cursor)
  if (refusal) return { ok: false, refusals: [refusal] }
  const { versions, next } = await store.find({ ...request.value, count, cursor })
  return accept({ tasks: versions.map(({ body }) => JSON.parse(body ?? '{}') as Task), next })
}

/** Every such Task, two pages in memory at a time: the next one is looked up while this one is worked on. */
export async function* allTasks(store: RecordStore, work: Work, pairs: readonly Pair[]): AsyncGenerator<Task> {
  let coming: Promise<TaskPage> | null = pageOf(store, work, pairs, null)
  while (coming !== null) {
    const { tasks, next }: TaskPage = await coming
    coming = next === null ? null : pageOf(store, work, pairs, next)
    // Whoever asks for no more Tasks never hears of it.
    coming?.catch(() => undefined)
    yield* tasks
  }
}

async function pageOf(
  store: RecordStore,
  work: Work,
  pairs: readonly Pair[],
  cursor: string | null,
): Promise<TaskPage> {
  const page = await findTasks(store, work, pairs, { cursor })
  if (!page.ok) throw new Error(`Tasks cannot be searched for: ${page.refusals[0]?.rule}`)
  return page.value
}

export async function countTasks(store: RecordStore, work: Work, pairs: readonly Pair[]): Promise<number> {
  const request = await taskSearch(work, pairs)
  return request.ok ? store.count(request.value) : 0
}
