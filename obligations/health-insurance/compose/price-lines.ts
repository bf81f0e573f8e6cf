/** The amounts of all lines together: what each is paid at depends on what the whole visit costs. */
import { formatDecimal, parseDecimal } from '../money/decimal.ts'
import { drugAmounts, serviceAmounts, type Split, splitAmounts, sumSplits } from '../money/price-line.ts'
import type { Values } from '../types.ts'

/** THANH_TIEN_BV and THANH_TIEN_BH, hundredths of a đồng. */
export interface Amounts {
  readonly hospital: bigint
  readonly insurance: bigint
}

export interface PricedLine {
  readonly values: Values
  /** null where the chart does not say all that is needed */
  readonly split: Split | null
}

type Numbers<Names extends string> = Readonly<Record<Names, bigint>>

/** @param scales decimals of each field @returns null where one of them is no number */
function numbersIn<Names extends string>(
  values: Values,
  scales: Readonly<Record<Names, number>>,
): Numbers<Names> | null {
  const found = Object.entries<number>(scales).map(([name, scale]) => [name, parseDecimal(values[name] ?? '', scale)])
  return found.some(([, number]) => number === null) ? null : (Object.fromEntries(found) as Numbers<Names>)
}

export function drugCost(values: Values): Amounts | null {
  const numbers = numbersIn(values, { SO_LUONG: 3, DON_GIA: 3, TYLE_TT_BH: 2 })
  return numbers && drugAmounts({ quantity: numbers.SO_LUONG, price: numbers.DON_GIA, rate: numbers.TYLE_TT_BH })
}

export function serviceCost(values: Values): Amounts | null {
  const numbers = numbersIn(values, { SO_LUONG: 3, DON_GIA_BV: 3, DON_GIA_BH: 3, TYLE_TT_DV: 2, TYLE_TT_BH: 2 })
  return (
    numbers &&
    serviceAmounts({
      quantity: numbers.SO_LUONG,
      hospitalPrice: numbers.DON_GIA_BV,
      insurancePrice: numbers.DON_GIA_BH,
      share: numbers.TYLE_TT_DV,
      rate: numbers.TYLE_TT_BH,
      isFree: /_(TB|TT)$/.test(values.MA_DICH_VU ?? ''),
    })
  )
}

/** What the insurance covers of a visit; null where a line has no amount. */
export const coveredTotal = (amounts: readonly (Amounts | null)[]): bigint | null =>
  amounts.reduce<bigint | null>((sum, each) => (sum === null || each === null ? null : sum + each.insurance), 0n)

const PARTS = { T_NGUONKHAC_NSNN: 2, T_NGUONKHAC_VTNN: 2, T_NGUONKHAC_VTTN: 2, T_NGUONKHAC_CL: 2 }

const money = (hundredths: bigint): string => formatDecimal(hundredths, 2)

/** The line with who pays how much of it. @param values with MUC_HUONG where it is known */
export function pricedLine(values: Values, amounts: Amounts | null): PricedLine {
  if (amounts === null) return { values, split: null }
  const { hospital, insurance } = amounts
  const cost = { ...values, THANH_TIEN_BV: money(hospital), THANH_TIEN_BH: money(insurance) }
  const benefit = parseDecimal(values.MUC_HUONG ?? '', 2)
  const parts = numbersIn(values, PARTS)
  if (benefit === null || parts === null) return { values: cost, split: null }
  const others = Object.values(parts)
  const split = splitAmounts(
    hospital,
    insurance,
    benefit,
    others.reduce((sum, each) => sum + each, 0n),
  )
  const [state = 0n, abroad = 0n, inland = 0n, rest = 0n] = others
  return {
    values: {
      ...cost,
      T_NGUONKHAC_NSNN: money(state),
      T_NGUONKHAC_VTNN: money(abroad),
      T_NGUONKHAC_VTTN: money(inland),
      T_NGUONKHAC_CL: money(rest),
      T_NGUONKHAC: money(others.reduce((sum, each) => sum + each, 0n)),
      T_BNTT: money(split.patient),
      T_BNCCT: money(split.coPayment),
      T_BHTT: money(split.fund),
    },
    split,
  }
}

export interface Bill {
  readonly drugs: readonly PricedLine[]
  readonly services: readonly PricedLine[]
}

const SUPPLIES: ReadonlySet<string | undefined> = new Set(['10', '11'])

/**
 * Totals of the summary; none where nothing is charged or a line has no amounts, so that nobody takes a part for the whole.
 * @source QĐ 3176/QĐ-BYT, bảng 1
 */
export function totalsOf({ drugs, services }: Bill): Values {
  const lines = [...drugs, ...services]
  if (lines.length === 0 || lines.some(({ split }) => split === null)) return {}
  const sumOf = (some: readonly PricedLine[]): Split => sumSplits(some.flatMap(({ split }) => split ?? []))
  const sum = sumOf(lines)
  return {
    T_THUOC: money(sumOf(drugs).hospital),
    T_VTYT: money(sumOf(services.filter(({ values }) => SUPPLIES.has(values.MA_NHOM))).hospital),
    T_TONGCHI_BV: money(sum.hospital),
    T_TONGCHI_BH: money(sum.insurance),
    T_BNTT: money(sum.patient),
    T_BNCCT: money(sum.coPayment),
    T_BHTT: money(sum.fund),
    T_NGUONKHAC: money(sum.otherSources),
    T_BHTT_GDV: money(sumOf(lines.filter(({ values }) => values.MA_PTTT === '1')).fund),
  }
}
