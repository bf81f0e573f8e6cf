import type { Task } from '#fhir/r4'
import type { RecordStore } from '#foundation/record-store'
import { type CheckedDossier, dryRun as dryRunOver, type Rule, rules } from '#obligations/health-insurance'
import type { DryRun, RuleLine } from './api.ts'
import { receivedDossier } from './dossier-detail.ts'
import { ruleCounts, tagOf, taskSystems } from './dossier-task.ts'
import { allTasks, escaped } from './find-tasks.ts'

/** Dossiers that a dry run shows. */
const EXAMPLES = 5

export const ruleLines = (off: ReadonlySet<string>): readonly RuleLine[] => rules.map((rule) => ruleLine(rule, off))

export const findRule = (id: string): Rule | undefined => rules.find((rule) => rule.id === id)

export const ruleLine = (
  { id, severity, vi, en, wayOut, source, table, field }: Rule,
  off: ReadonlySet<string>,
): RuleLine => ({
  id,
  severity,
  vi,
  en,
  wayOut,
  source,
  table,
  field,
  enabled: !off.has(id),
})

/** What a rule says about the dossiers of the record, whether it is switched on or not. */
export async function dryRun(store: RecordStore, rule: string): Promise<DryRun> {
  const checked: CheckedDossier[] = []
  const shown: Task[] = []
  for await (const task of allTasks(store, 'insurance-dossier', [['_tag', `${taskSystems.rule}|${escaped(rule)}`]])) {
    checked.push({ department: tagOf(task, taskSystems.department), findings: ruleCounts(task) })
    if (shown.length < EXAMPLES) shown.push(task)
  }
  const examples = await Promise.all(shown.map((task) => exampleOf(store, task, rule)))
  return { rule, ...dryRunOver(rule, checked), examples }
}

async function exampleOf(store: RecordStore, task: Task, rule: string): Promise<DryRun['examples'][number]> {
  const received = await receivedDossier(store, task)
  const message = received?.findings.find((finding) => finding.rule === rule)?.message ?? ''
  return { id: task.id ?? '', visit: task.identifier?.[0]?.value ?? '', message }
}
