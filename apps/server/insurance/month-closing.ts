import type { RecordStore } from '#foundation/record-store'
import type { DossierState, MonthClosing } from './api.ts'
import { findingCounts, ruleCounts, stateOf, type Summed, sumOf, tagOf, taskSystems } from './dossier-task.ts'
import { STATES } from './dossier-lines.ts'
import { allTasks } from './find-tasks.ts'

/** Rules that a month's closing names. */
const TOP = 10

/** Decimal texts added exactly: hundredths as whole numbers. */
class Sum {
  #hundredths = 0n
  add(decimal: string): void {
    const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal.trim()) ?? []
    const digits = BigInt(whole + fraction.padEnd(2, '0').slice(0, 2))
    this.#hundredths += sign ? -digits : digits
  }
  toString(): string {
    const digits = (this.#hundredths < 0n ? -this.#hundredths : this.#hundredths).toString().padStart(3, '0')
    return `${this.#hundredths < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
  }
}

interface Group {
  dossiers: number
  withErrors: number
  readonly total: Sum
  readonly fund: Sum
}

/** The figures of one month of ended care. @param month yyyy-MM */
export async function monthClosing(store: RecordStore, month: string, off: ReadonlySet<string>): Promise<MonthClosing> {
  const byState = Object.fromEntries(STATES.map((state) => [state, 0])) as Record<DossierState, number>
  const sums = new Map<Summed, Sum>()
  const kinds = new Map<string, Group>()
  const departments = new Map<string, Group>()
  const rules = new Map<string, number>()
  let dossiers = 0
  for await (const task of allTasks(store, 'insurance-dossier', [['_tag', `${taskSystems.month}|${month}`]])) {
    dossiers++
    byState[stateOf(task)]++
    const { reject, error } = findingCounts(task, off)
    const total = sumOf(task, 'T_TONGCHI_BV')
    const fund = sumOf(task, 'T_BHTT')
    for (const field of FIELDS.values()) take(sums, field, () => new Sum()).add(sumOf(task, field))
    for (const group of [
      take(kinds, tagOf(task, taskSystems.visitKind), newGroup),
      take(departments, tagOf(task, taskSystems.department), newGroup),
    ]) {
      group.dossiers++
      if (reject + error > 0) group.withErrors++
      group.total.add(total)
      group.fund.add(fund)
    }
    for (const rule of new Set(ruleCounts(task).map((each) => each.rule))) {
      if (!off.has(rule)) rules.set(rule, (rules.get(rule) ?? 0) + 1)
    }
  }
  const sum = (field: Summed): string => String(sums.get(field) ?? new Sum())
  return {
    month,
    dossiers,
    byState,
    sums: Object.fromEntries([...FIELDS].map(([name, field]) => [name, sum(field)])) as unknown as MonthClosing['sums'],
    byKind: sorted(kinds).map(([kind, group]) => ({
      kind,
      dossiers: group.dossiers,
      total: String(group.total),
      fund: String(group.fund),
    })),
    byDepartment: sorted(departments).map(([department, group]) => ({
      department,
      dossiers: group.dossiers,
      withErrors: group.withErrors,
      fund: String(group.fund),
    })),
    topRules: [...rules]
      .map(([rule, count]) => ({ rule, dossiers: count }))
      .toSorted((a, b) => b.dossiers - a.dossiers || (a.rule < b.rule ? -1 : 1))
      .slice(0, TOP),
  }
}

const FIELDS: ReadonlyMap<keyof MonthClosing['sums'], Summed> = new Map([
  ['hospital', 'T_TONGCHI_BV'],
  ['insurance', 'T_TONGCHI_BH'],
  ['fund', 'T_BHTT'],
  ['coPayment', 'T_BNCCT'],
  ['patient', 'T_BNTT'],
  ['otherSources', 'T_NGUONKHAC'],
])

const newGroup = (): Group => ({ dossiers: 0, withErrors: 0, total: new Sum(), fund: new Sum() })

function take<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const value = map.get(key) ?? make()
  map.set(key, value)
  return value
}

const sorted = <V>(map: ReadonlyMap<string, V>): readonly (readonly [string, V])[] =>
  [...map].toSorted(([a], [b]) => (a < b ? -1 : 1))
