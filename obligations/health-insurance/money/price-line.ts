import { lesser, rescale } from './decimal.ts'

/** What one line costs and who pays it; hundredths of a đồng. */
export interface Split {
  /** THANH_TIEN_BV */
  readonly hospital: bigint
  /** THANH_TIEN_BH */
  readonly insurance: bigint
  /** T_BHTT */
  readonly fund: bigint
  /** T_BNCCT */
  readonly coPayment: bigint
  /** T_BNTT */
  readonly patient: bigint
  /** T_NGUONKHAC */
  readonly otherSources: bigint
}

export interface DrugLine {
  /** SO_LUONG, thousandths */
  readonly quantity: bigint
  /** DON_GIA, thousandths of a đồng */
  readonly price: bigint
  /** TYLE_TT_BH, hundredths of a percent */
  readonly rate: bigint
  /** MUC_HUONG, hundredths of a percent */
  readonly benefit: bigint
  /** T_NGUONKHAC, hundredths of a đồng */
  readonly otherSources: bigint
}

export interface ServiceLine extends Omit<DrugLine, 'price'> {
  /** DON_GIA_BV and DON_GIA_BH, thousandths of a đồng */
  readonly hospitalPrice: bigint
  readonly insurancePrice: bigint
  /** TYLE_TT_DV, hundredths of a percent */
  readonly share: bigint
  /** true for the suffixes _TB and _TT of MA_DICH_VU, whose amounts are nothing */
  readonly isFree: boolean
}

/** Hundredths of a percent in a whole. */
const WHOLE = 10_000n
/** Scales of quantity × price and of what two further percentages add. */
const PRODUCT = 6
const PERCENT = 4

const part = (amount: bigint, percent: bigint): bigint => rescale(amount * percent, PERCENT + 2, 2)

/** @source QĐ 3176/QĐ-BYT, bảng 2: THANH_TIEN_BV, THANH_TIEN_BH */
export const drugAmounts = ({ quantity, price, rate }: Pick<DrugLine, 'quantity' | 'price' | 'rate'>) => ({
  hospital: rescale(quantity * price, PRODUCT, 2),
  insurance: rescale(quantity * price * rate, PRODUCT + PERCENT, 2),
})

/**
 * Where the hospital's price is above the insurance price and only a share of the service is paid, the share is taken off
 * the insurance price alone.
 * @source QĐ 3176/QĐ-BYT, bảng 3: THANH_TIEN_BV, THANH_TIEN_BH
 */
export function serviceAmounts(line: Omit<ServiceLine, 'benefit' | 'otherSources'>) {
  const { quantity, hospitalPrice, insurancePrice, share, rate, isFree } = line
  if (isFree) return { hospital: 0n, insurance: 0n }
  const isAbove = hospitalPrice > insurancePrice && insurancePrice > 0n && share !== WHOLE
  const hospital = isAbove
    ? quantity * hospitalPrice * WHOLE - quantity * insurancePrice * (WHOLE - share)
    : quantity * hospitalPrice * share
  return {
    hospital: rescale(hospital, PRODUCT + PERCENT, 2),
    insurance: rescale(quantity * insurancePrice * share * rate, PRODUCT + 2 * PERCENT, 2),
  }
}

/**
 * Who pays an amount. Other sources are taken off what the patient owes, then off the co-payment, then off the fund.
 * @source QĐ 3176/QĐ-BYT, bảng 2 and 3: T_BHTT, T_BNCCT, T_BNTT, T_NGUONKHAC
 */
export function splitAmounts(hospital: bigint, insurance: bigint, benefit: bigint, otherSources: bigint): Split {
  const fund = part(insurance, benefit)
  const coPayment = insurance - fund
  const patient = hospital - insurance
  const offPatient = lesser(otherSources, patient)
  const offCoPayment = lesser(otherSources - offPatient, coPayment)
  const offFund = lesser(otherSources - offPatient - offCoPayment, fund)
  return {
    hospital,
    insurance,
    fund: fund - offFund,
    coPayment: coPayment - offCoPayment,
    patient: patient - offPatient,
    otherSources: offPatient + offCoPayment + offFund,
  }
}

export function priceDrugLine(line: DrugLine): Split {
  const { hospital, insurance } = drugAmounts(line)
  return splitAmounts(hospital, insurance, line.benefit, line.otherSources)
}

export function priceServiceLine(line: ServiceLine): Split {
  const { hospital, insurance } = serviceAmounts(line)
  return splitAmounts(hospital, insurance, line.benefit, line.otherSources)
}

/** XML1 sums the rounded lines. @source QĐ 3176/QĐ-BYT, bảng 1 */
export const sumSplits = (lines: readonly Split[]): Split =>
  lines.reduce(
    (sum, line) => ({
      hospital: sum.hospital + line.hospital,
      insurance: sum.insurance + line.insurance,
      fund: sum.fund + line.fund,
      coPayment: sum.coPayment + line.coPayment,
      patient: sum.patient + line.patient,
      otherSources: sum.otherSources + line.otherSources,
    }),
    { hospital: 0n, insurance: 0n, fund: 0n, coPayment: 0n, patient: 0n, otherSources: 0n },
  )
