import { parseDecimal } from '../money/decimal.ts'
import { cardLevel, offRouteShare, wholeBelow } from '../money/benefit.ts'
import type { Rule } from '../rule.ts'
import { type Check, isFilled, listOf, valueOf, type Visit } from './visit.ts'

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
const offRoute: Rule = {
  ...above,
  id: 'BHYT-BENEFIT-2',
  source: 'Luật Bảo hiểm y tế, Điều 22 (sửa đổi 2024); QĐ 3276/QĐ-BYT, phụ lục 10: MA_DOITUONG_KCB',
  vi: 'Mức hưởng cao hơn mức của thẻ nhân với tỷ lệ khám chữa bệnh không đúng tuyến',
  en: 'the benefit level is above the card’s times the share for care off the route',
  wayOut: 'Kiểm tra đối tượng khám chữa bệnh (tự đến, cấp cứu, chuyển tuyến) rồi tính lại mức hưởng.',
}

/** Why a line may be paid whole although the card says less. */
const WHOLE_BY_SUMMARY = ['NGAY_MIEN_CCT', 'NAM_NAM_LIEN_TUC'] as const
const WHOLE_CASES = new Set(['1.2', '1.6', '1.7', '3.6'])
const WHOLE = 100

/** The highest level of the cards, or whole where something else allows it; null where that is not known. */
function highestLevel({ summary, endDay }: Visit): number | null {
  const levels = listOf(valueOf(summary, 'MA_THE_BHYT')).map((card) => cardLevel(card, endDay))
  if (levels.length === 0 || levels.includes(null)) return null
  if (levels.includes(WHOLE) || WHOLE_BY_SUMMARY.some((name) => isFilled(summary, name))) return WHOLE
  if (WHOLE_CASES.has(valueOf(summary, 'MA_DOITUONG_KCB'))) return WHOLE
  const total = parseDecimal(valueOf(summary, 'T_TONGCHI_BH'), 2)
  const bound = wholeBelow(endDay)
  if (total === null || bound === null) return null
  return total < bound ? WHOLE : Math.max(...(levels as number[]))
}

/** What the fund pays of a line is not more than card and route allow. */
export const benefitCheck: Check = {
  rules: [above, offRoute],
  run(visit, report) {
    const { summary, rows, endDay, isLegacy } = visit
    const level = isLegacy ? null : highestLevel(visit)
    if (level === null) return
    const share = offRouteShare(valueOf(summary, 'MA_DOITUONG_KCB'), valueOf(summary, 'MA_LOAI_KCB'), endDay)
    if (level === WHOLE && share === WHOLE) return
    for (const table of ['XML2', 'XML3'] as const) {
      rows(table).forEach(({ values }, i) => {
        const stated = Number(valueOf(values, 'MUC_HUONG'))
        if (stated > level) report(above, { table, row: i + 1 })
        else if (stated * WHOLE > level * share && Number(valueOf(values, 'T_BHTT')) > 0)
          report(offRoute, { table, row: i + 1 }, `${stated} % > ${level} % × ${share} %`)
      })
    }
  },
}
