import { parseDecimal } from '../money/decimal.ts'
import { cardLevel, wholeBelow } from '../money/benefit.ts'
import type { Rule } from '../rule.ts'
import { type Check, isFilled, listOf, valueOf } from './visit.ts'

const above: Rule = {
  id: 'BHYT-BENEFIT-1',
  severity: 'warning',
  source: 'Luật Bảo hiểm y tế, Điều 22; QĐ 1018/QĐ-BHXH',
  vi: 'Mức hưởng cao hơn mức của thẻ',
  en: 'the benefit level is above the card’s',
  wayOut: 'Kiểm tra mức hưởng trên thẻ, ngày miễn cùng chi trả và tổng chi phí so với 15 % lương cơ sở.',
  table: null,
  field: 'MUC_HUONG',
}

/** Why a line may be paid whole although the card says less. */
const WHOLE_BY_SUMMARY = ['NGAY_MIEN_CCT', 'NAM_NAM_LIEN_TUC'] as const
const WHOLE_CASES = new Set(['1.2', '1.6', '1.7', '3.6'])

/** What the fund pays of a line is not more than the card allows. */
export const benefitCheck: Check = {
  rules: [above],
  run({ summary, rows, endDay, isLegacy }, report) {
    const levels = listOf(valueOf(summary, 'MA_THE_BHYT')).map((card) => cardLevel(card, endDay))
    if (isLegacy || levels.length === 0 || levels.includes(null) || levels.includes(100)) return
    if (WHOLE_BY_SUMMARY.some((name) => isFilled(summary, name))) return
    if (WHOLE_CASES.has(valueOf(summary, 'MA_DOITUONG_KCB'))) return
    const total = parseDecimal(valueOf(summary, 'T_TONGCHI_BH'), 2)
    const bound = wholeBelow(endDay)
    if (total === null || bound === null || total < bound) return
    const highest = Math.max(...(levels as number[]))
    for (const table of ['XML2', 'XML3'] as const) {
      rows(table).forEach(({ values }, i) => {
        if (Number(valueOf(values, 'MUC_HUONG')) > highest) report(above, { table, row: i + 1 })
      })
    }
  },
}
