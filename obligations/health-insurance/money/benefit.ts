/** How much of what is within the scope the fund pays, as dated data. */

interface Dated<T> {
  /** yyyyMMdd of care's end from which it holds */
  readonly since: string
  readonly value: T
}

/** The latest that holds on a day; null before the first. */
export const inForce = <T>(table: readonly Dated<T>[], day: string): T | null =>
  table.findLast(({ since }) => since <= day)?.value ?? null

/** Lương cơ sở, đồng a month. @source Nghị định 38/2019/NĐ-CP, 24/2023/NĐ-CP, 73/2024/NĐ-CP */
export const baseSalary: readonly Dated<bigint>[] = [
  { since: '20190701', value: 1_490_000n },
  { since: '20230701', value: 1_800_000n },
  { since: '20240701', value: 2_340_000n },
]

/** Percent by the third character of the card. @source QĐ 1018/QĐ-BHXH; groups of persons are remembered, levels are certain */
const LEVELS: Readonly<Record<string, number>> = { '1': 100, '2': 100, '3': 95, '4': 80, '5': 100 }

/** Persons whose printed digit is older than their right. @source Nghị quyết 261/2025/QH15; công văn 38/BYT-BH (06/01/2026) */
const RAISED: readonly Dated<readonly string[]>[] = [{ since: '20260101', value: ['CN', 'LH'] }]

/** @returns the percent a card gives on a day; null where it is no card */
export function cardLevel(card: string, day: string): number | null {
  const level = LEVELS[card.slice(2, 3)]
  if (level === undefined) return null
  return inForce(RAISED, day)?.includes(card.slice(0, 2)) ? 100 : level
}

/** Below this the visit is paid whole: 15 % of the base salary, in hundredths of a đồng. @source Luật Bảo hiểm y tế, Điều 22 */
export function wholeBelow(day: string): bigint | null {
  const salary = inForce(baseSalary, day)
  return salary === null ? null : salary * 15n
}

/** Percent of the card's level by MA_DOITUONG_KCB, for outpatients; what is not here is paid as the card says. */
const OUTPATIENT_SHARES: Readonly<Record<string, readonly Dated<number>[]>> = {
  '1.13': [
    { since: '', value: 0 },
    { since: '20260701', value: 50 },
  ],
  '1.14': [
    { since: '', value: 0 },
    { since: '20260701', value: 50 },
  ],
  '1.18': [
    { since: '', value: 0 },
    { since: '20260701', value: 50 },
  ],
  '3.1': [{ since: '', value: 0 }],
}
const INPATIENT_SHARES: Readonly<Record<string, number>> = { '3.1': 40 }
/** MA_LOAI_KCB of who lies in a bed, for a day or for less. */
const INPATIENT = new Set(['03', '04', '06', '09'])

/**
 * @param reason MA_DOITUONG_KCB @param kind MA_LOAI_KCB @param day yyyyMMdd of care's end
 * @returns percent of the card's level that the fund pays of care that the patient sought off the route
 * @source Luật Bảo hiểm y tế, Điều 22 (Luật 51/2024/QH15); QĐ 3276/QĐ-BYT, phụ lục 10
 */
export function offRouteShare(reason: string, kind: string, day: string): number {
  if (INPATIENT.has(kind)) return INPATIENT_SHARES[reason] ?? 100
  return inForce(OUTPATIENT_SHARES[reason] ?? [], day) ?? 100
}
