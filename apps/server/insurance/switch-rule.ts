import type { Task } from '#fhir/r4'
import type { Author, RecordStore } from '#foundation/record-store'
import { findingCounts, inState, soundState, stateOf, taskSystems } from './dossier-task.ts'
import { allTasks, escaped } from './find-tasks.ts'
import { resourceWrite } from './resource-write.ts'
import { switchedOff, switchRule } from './rule-switches.ts'

/** Dossiers that change their state together. */
const TOGETHER = 200

/** Switches a rule and lets dossiers that only it held back become ready, or the other way round. */
export async function switchRuleForAll(
  store: RecordStore,
  rule: string,
  enabled: boolean,
  author: Author,
): Promise<ReadonlySet<string>> {
  await switchRule(store, rule, enabled, author)
  const off = await switchedOff(store)
  let changed: Task[] = []
  for await (const task of allTasks(store, 'insurance-dossier', [['_tag', `${taskSystems.rule}|${escaped(rule)}`]])) {
    const next = reconsidered(task, off)
    if (next === task) continue
    changed.push(next)
    if (changed.length < TOGETHER) continue
    await writeAll(store, changed, author)
    changed = []
  }
  await writeAll(store, changed, author)
  return off
}

/** What was sent stays sent, whatever a rule says of it now. */
function reconsidered(task: Task, off: ReadonlySet<string>): Task {
  const { reject, error } = findingCounts(task, off)
  const state = reject + error > 0 ? 'draft' : soundState(task)
  const current = stateOf(task)
  const waits = current === 'draft' || current === 'ready' || current === 'elsewhere'
  return waits && current !== state ? inState(task, state, 'Một quy tắc kiểm tra được bật hoặc tắt') : task
}

/** Who changed one of them meanwhile is asked about by the next switch; the others go through. */
async function writeAll(store: RecordStore, tasks: readonly Task[], author: Author): Promise<void> {
  await Promise.all(tasks.map((task) => store.writeOne(resourceWrite(task, Number(task.meta?.versionId)), author)))
}
