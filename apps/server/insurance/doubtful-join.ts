import type { Task } from '#fhir/r4'
import { taskSystems } from './dossier-task.ts'
import { identify } from './identify.ts'

/** R4's state and ours of a pair somebody has to look at. */
const STATES = {
  open: 'requested',
  same: 'completed',
  different: 'rejected',
} as const satisfies Readonly<Record<string, Task['status']>>

/**
 * Two charts that may be one person: nobody but a person decides. The same pair is the same Task, whoever meets it.
 * @param a ids of the Patients, in any order
 * @param why Vietnamese sentence: what agrees and what does not
 */
export function doubtfulJoin(a: string, b: string, why: string): Task {
  const [first = '', second = ''] = [a, b].toSorted()
  return {
    resourceType: 'Task',
    id: identify('Task', 'doubtful-join', first, second),
    status: STATES.open,
    businessStatus: { coding: [{ system: taskSystems.state, code: 'open' }] },
    intent: 'proposal',
    code: { coding: [{ system: taskSystems.kind, code: 'doubtful-join' }] },
    focus: { reference: `Patient/${first}` },
    for: { reference: `Patient/${second}` },
    reasonCode: { text: why },
  }
}

/** The pair, the one that was there first by its id first. */
export const pairOf = ({ focus, for: other }: Task): readonly [string, string] => [idIn(focus), idIn(other)]

const idIn = (reference: { readonly reference?: string } | undefined): string =>
  reference?.reference?.split('/')[1] ?? ''

export const decisionOf = ({ status }: Task): boolean | null => (status === STATES.open ? null : status === STATES.same)

/** The Task once somebody decided; a decision can be taken back by another. */
export const decided = (task: Task, same: boolean): Task => ({
  ...task,
  status: same ? STATES.same : STATES.different,
  businessStatus: { coding: [{ system: taskSystems.state, code: same ? 'same' : 'different' }] },
})
