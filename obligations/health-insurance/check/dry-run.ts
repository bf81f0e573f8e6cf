/** A dossier that was checked, whatever rules are switched off. */
export interface CheckedDossier {
  /** MA_KHOA of the end of care; '' where unknown */
  readonly department: string
  /** how often each rule found something */
  readonly findings: readonly { readonly rule: string; readonly count: number }[]
}

/** What a rule says of some dossiers. */
export interface RuleCounts {
  /** that break it */
  readonly dossiers: number
  /** those that break it most first */
  readonly byDepartment: readonly {
    readonly department: string
    readonly dossiers: number
    readonly findings: number
  }[]
}

/** What would be held back by a rule, department by department, before it is switched on. */
export function dryRun(rule: string, checked: Iterable<CheckedDossier>): RuleCounts {
  const departments = new Map<string, { dossiers: number; findings: number }>()
  let dossiers = 0
  for (const { department, findings } of checked) {
    const found = findings.reduce((sum, each) => sum + (each.rule === rule ? each.count : 0), 0)
    if (found === 0) continue
    dossiers += 1
    const before = departments.get(department) ?? { dossiers: 0, findings: 0 }
    departments.set(department, { dossiers: before.dossiers + 1, findings: before.findings + found })
  }
  const byDepartment = [...departments]
    .map(([department, counts]) => ({ department, ...counts }))
    .toSorted((a, b) => b.dossiers - a.dossiers || (a.department < b.department ? -1 : 1))
  return { dossiers, byDepartment }
}
