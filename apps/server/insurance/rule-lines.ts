import type { RecordStore } from '#foundation/record-store'
import { type Rule, rules } from '#obligations/health-insurance'
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
  const departments = new Map<string, { dossiers: number; findings: number }>()
  const examples: { id: string; visit: string; message: string }[] = []
  let dossiers = 0
  for await (const task of allTasks(store, 'insurance-dossier', [['_tag', `${taskSystems.rule}|${escaped(rule)}`]])) {
    dossiers++
    const department = tagOf(task, taskSystems.department)
    const before = departments.get(department) ?? { dossiers: 0, findings: 0 }
    const found = ruleCounts(task).reduce((sum, each) => sum + (each.rule === rule ? each.count : 0), 0)
    departments.set(department, { dossiers: before.dossiers + 1, findings: before.findings + found })
    if (examples.length >= EXAMPLES) continue
    const received = await receivedDossier(store, task)
    const message = received?.findings.find((finding) => finding.rule === rule)?.message ?? ''
    examples.push({ id: task.id ?? '', visit: task.identifier?.[0]?.value ?? '', message })
  }
  const byDepartment = [...departments]
    .map(([department, counts]) => ({ department, ...counts }))
    .toSorted((a, b) => b.dossiers - a.dossiers)
  return { rule, dossiers, byDepartment, examples }
}
