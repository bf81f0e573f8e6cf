import { writtenOf } from '../mapping/moments.ts'
import { exceptionIn } from '../mapping/coverage.ts'
import { cardLevel, inForce, wholeBelow } from '../money/benefit.ts'
import { formatDecimal } from '../money/decimal.ts'
import { cardOf, type ChartVisit } from './chart.ts'

/** Percent of the card's level by the case (MA_DOITUONG_KCB) and, where it says so, by the day. */
type Factor = bigint | ((day: string, kind: string) => bigint)

const half: Factor = (day) => inForce(HALF_SINCE, day) ?? 0n
const HALF_SINCE = [{ since: '20260701', value: 50n }]
const INPATIENT: ReadonlySet<string> = new Set(['03', '04', '06', '09'])

/** @source 3276/QĐ-BYT (2025), phụ lục 10; cases it does not settle (7, 8, 10) are left to a person */
const FACTORS: Readonly<Record<string, Factor>> = {
  '1.1': 100n,
  '1.2': 100n,
  '1.3': 100n,
  '1.4': 100n,
  '1.5': 100n,
  '1.6': 100n,
  '1.7': 100n,
  '1.11': 100n,
  '1.12': 100n,
  '1.13': half,
  '1.14': half,
  '1.15': 100n,
  '1.16': 100n,
  '1.17': 100n,
  '1.18': half,
  '2': 100n,
  '3.1': (_day, kind) => (INPATIENT.has(kind) ? 40n : 0n),
  '3.2': 100n,
  '3.3': 100n,
  '3.6': 100n,
  '9': 0n,
}

export interface ShareOf {
  /** MA_DOITUONG_KCB */
  readonly reason: string | undefined
  /** MA_LOAI_KCB */
  readonly kind: string | undefined
  /** NGAY_RA, yyyyMMdd…; what decides on rules that changed by date */
  readonly left: string | undefined
  /** THANH_TIEN_BH of the whole visit, hundredths of a đồng; null where a line has none */
  readonly total: bigint | null
}

/**
 * MUC_HUONG of a line as the law gives it: the card's level on the day of the order, the whole where the visit costs less
 * than 15 % of the base salary or the patient pays nothing along any more, times the factor of the case.
 * @param ordered NGAY_YL
 * @returns undefined where case, card or day do not settle it
 * @source Luật Bảo hiểm y tế, Điều 22
 */
export function benefitShare(
  { coverages }: ChartVisit,
  { reason = '', kind = '', left = '', total }: ShareOf,
  ordered: string | undefined,
): string | undefined {
  const day = left.slice(0, 8)
  const orderedOn = (ordered ?? left).slice(0, 8)
  const factor = FACTORS[reason]
  if (factor === undefined || day === '' || total === null) return undefined
  const percent = typeof factor === 'bigint' ? factor : factor(day, kind)
  const card = coverages.findLast(({ period }) => {
    const [from, until] = [period?.start, period?.end].map((moment) => writtenOf(moment)?.slice(0, 8))
    return (from ?? '') <= orderedOn && (until ?? '99991231') >= orderedOn
  })
  if (!card) return '0'
  const level = cardLevel(cardOf(card) ?? '', day)
  if (level === null) return undefined
  const exempt = exceptionIn(card, 'co-payment-exempt')?.slice(0, 8)
  const bound = wholeBelow(day)
  const isWhole = reason === '1.2' || (bound !== null && total < bound) || (exempt !== undefined && exempt <= orderedOn)
  const hundredths = (isWhole ? 100n : BigInt(level)) * percent
  return formatDecimal(hundredths, 2).replace(/\.?0+$/, '')
}
