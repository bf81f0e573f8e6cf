import { expect, test } from 'vitest'
import { dryRun } from './dry-run.ts'

test('a rule is counted in each department, those it concerns most first', () => {
  const of = (department: string, ...counts: number[]) => ({
    department,
    findings: counts.map((count, i) => ({ rule: `R-${i + 1}`, count })),
  })
  const checked = [of('K01', 0, 3), of('K03', 1), of('K02', 2, 1), of('K03', 4), of('', 1)]
  expect(dryRun('R-1', checked)).toEqual({
    dossiers: 4,
    byDepartment: [
      { department: 'K03', dossiers: 2, findings: 5 },
      { department: '', dossiers: 1, findings: 1 },
      { department: 'K02', dossiers: 1, findings: 2 },
    ],
  })
  expect(dryRun('R-3', checked)).toEqual({ dossiers: 0, byDepartment: [] })
})
