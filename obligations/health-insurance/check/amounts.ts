import { codeLists } from '../format/code-lists.ts'
import type { TableId } from '../format/table.ts'
import { amountText, type Bilingual } from '../money/amount-text.ts'
import { absolute, lesser, parseDecimal, rescale } from '../money/decimal.ts'
import { drugAmounts, serviceAmounts } from '../money/price-line.ts'
import type { Rule } from '../rule.ts'
import type { Values } from '../types.ts'
import { groupOf } from './conditions.ts'
import { type Check, isFilled, type Report, valueOf, type Visit } from './visit.ts'

const amountRule = (id: string, table: TableId | null, source: string, vi: string, en: string): Rule => ({
  id,
  severity: 'error',
  source,
  vi,
  en,
  wayOut: 'Tính lại theo công thức của quyết định; phần mềm gốc phải làm tròn từng dòng đến 2 chữ số thập phân.',
  table,
  field: null,
})

const drug = amountRule(
  'BHYT-SUM-1',
  'XML2',
  'QĐ 3176/QĐ-BYT, bảng 2',
  'Số tiền của dòng thuốc không đúng công thức',
  'the amount of a drug line is not what the formula gives',
)
const service = amountRule(
  'BHYT-SUM-2',
  'XML3',
  'QĐ 3176/QĐ-BYT, bảng 3',
  'Số tiền của dòng dịch vụ, vật tư không đúng công thức',
  'the amount of a service or supply line is not what the formula gives',
)
const total = amountRule(
  'BHYT-SUM-3',
  'XML1',
  'QĐ 3176/QĐ-BYT, bảng 1',
  'Số tổng ở XML1 không bằng tổng các dòng',
  'a total of XML1 is not the sum of the lines',
)
const sources = amountRule(
  'BHYT-SUM-4',
  null,
  'QĐ 3176/QĐ-BYT: T_NGUONKHAC',
  'T_NGUONKHAC không bằng tổng bốn nguồn',
  'T_NGUONKHAC is not the sum of its four parts',
)
const ceiling: Rule = {
  ...amountRule(
    'BHYT-SUM-5',
    'XML3',
    'QĐ 3176/QĐ-BYT, bảng 3: T_TRANTT',
    'Đơn giá bảo hiểm của vật tư cao hơn mức trần hoặc không bằng mức thấp hơn',
    'the insurance price of a supply is not the lower of price and ceiling',
  ),
  field: 'DON_GIA_BH',
}
const reused: Rule = {
  ...amountRule(
    'BHYT-SUM-6',
    'XML3',
    'QĐ 3176/QĐ-BYT, bảng 3: TAI_SU_DUNG',
    'Vật tư tái sử dụng phải có hai đơn giá bằng nhau',
    'a reused supply has two different prices',
  ),
  field: 'DON_GIA_BH',
}
const rounding: Rule = {
  ...amountRule(
    'BHYT-SUM-7',
    null,
    'Thực tế giám định: sai số 1 đồng',
    'Số tiền lệch dưới 1 đồng do làm tròn',
    'the amount differs by less than a đồng',
  ),
  severity: 'warning',
}
const zeroPrice: Rule = {
  ...amountRule(
    'BHYT-SUM-8',
    'XML3',
    'QĐ 3176/QĐ-BYT, bảng 3: mã có đuôi .0000',
    'Dịch vụ có mã đuôi .0000 phải có đơn giá bằng 0',
    'a service whose code ends in .0000 has a price',
  ),
  field: 'DON_GIA_BV',
}

const noLines: Rule = {
  ...amountRule(
    'BHYT-SUM-9',
    'XML1',
    'QĐ 3176/QĐ-BYT, bảng 1 đến 3',
    'XML1 có số tiền nhưng hồ sơ không có dòng chi phí nào',
    'XML1 has amounts although the dossier has no cost line',
  ),
  severity: 'warning',
  wayOut: 'Xuất lại hồ sơ cùng bảng XML2, XML3; hồ sơ thanh toán phải có dòng chi phí.',
}

/** A đồng, in hundredths: what implementations differ by when they round at other steps. */
const TOLERANCE = 100n

type Line = { readonly table: 'XML2' | 'XML3'; readonly row: number; readonly values: Values }

/** Null where it is empty, no number or negative: the field has its own finding then, and what follows is not judged. */
function amountOf(values: Values, name: string, scale: number): bigint | null {
  const amount = parseDecimal(valueOf(values, name), scale)
  return amount === null || amount < 0n ? null : amount
}

const money = (values: Values, name: string): bigint | null => amountOf(values, name, 2)
const thousandths = (values: Values, name: string): bigint | null => amountOf(values, name, 3)

const WHOLE = 10_000n
/** Null also above 100, which the field's own rule names. */
function percent(values: Values, name: string): bigint | null {
  const rate = amountOf(values, name, 2)
  return rate === null || rate > WHOLE ? null : rate
}

/** Compares one amount with what it should be; what is no number is another rule's business. */
function compare(
  rule: Rule,
  place: { table: TableId; row: number | null; field: string },
  actual: bigint | null,
  expected: bigint,
  report: Report,
): void {
  if (actual === null || actual === expected) return
  const off = absolute(actual - expected)
  report(off <= TOLERANCE ? rounding : rule, place, unequal(actual, expected))
}

function unequal(actual: bigint, expected: bigint): Bilingual {
  const [is, should] = [amountText(actual), amountText(expected)]
  return { vi: `${is.vi} ≠ ${should.vi}`, en: `${is.en} ≠ ${should.en}` }
}

const PARTS = ['T_NGUONKHAC_NSNN', 'T_NGUONKHAC_VTNN', 'T_NGUONKHAC_VTTN', 'T_NGUONKHAC_CL'] as const

function checkSources({ table, row, values }: Line, report: Report): void {
  if (!PARTS.some((name) => isFilled(values, name))) return
  const parts = PARTS.map((name) => money(values, name))
  if (parts.some((part) => part === null)) return
  const sum = (parts as bigint[]).reduce((all, part) => all + part, 0n)
  compare(sources, { table, row, field: 'T_NGUONKHAC' }, money(values, 'T_NGUONKHAC'), sum, report)
}

/** Half-percents of a rate times an amount. @param percents hundredths of a percent */
const shareOf = (amount: bigint, percents: bigint): bigint => rescale(amount * percents, 6, 2)

/**
 * Who pays, from the amounts as they are stated: a wrong amount is then one finding and not five. Other sources are taken
 * off the patient, the co-payment and the fund in that order; support that is not for one patient is taken off nothing.
 */
function checkPayers(line: Line, rule: Rule, report: Report): void {
  const { table, row, values } = line
  const hospital = money(values, 'THANH_TIEN_BV')
  const insurance = money(values, 'THANH_TIEN_BH')
  const benefit = percent(values, 'MUC_HUONG')
  const other = money(values, 'T_NGUONKHAC')
  const fund = money(values, 'T_BHTT')
  if (hospital === null || insurance === null || benefit === null || other === null || fund === null) return
  const at = (field: string) => ({ table, row, field })
  // A drug's share is taken of the hospital's amount, a service's of the insurance amount: the same but for rounding.
  const rate = percent(values, 'TYLE_TT_BH')
  if (rate === null) return
  const within = table === 'XML2' ? shareOf(hospital, rate) : insurance
  const fullFund = shareOf(within, benefit)
  const owed = hospital - within
  const offPatient = lesser(other, owed > 0n ? owed : 0n)
  const offCoPayment = lesser(other - offPatient, within - fullFund)
  const offFund = lesser(other - offPatient - offCoPayment, fullFund)
  const unsupported = absolute(fund - fullFund) <= TOLERANCE && money(values, 'T_BNTT') === owed
  const [patientOff, coPaymentOff, fundOff] = unsupported ? [0n, 0n, 0n] : [offPatient, offCoPayment, offFund]
  const patient = money(values, 'T_BNTT')
  const coPayment = money(values, 'T_BNCCT')
  compare(rule, at('T_BHTT'), fund, fullFund - fundOff, report)
  compare(rule, at('T_BNTT'), patient, owed - patientOff, report)
  const rest = within - fund - fundOff - coPaymentOff
  if (coPayment !== rest && unsupported && coPayment === rest - offCoPayment) return
  compare(rule, at('T_BNCCT'), coPayment, rest, report)
}

function checkDrug(line: Line, report: Report): void {
  const { values, row } = line
  const quantity = thousandths(values, 'SO_LUONG')
  const price = thousandths(values, 'DON_GIA')
  const rate = percent(values, 'TYLE_TT_BH')
  if (quantity !== null && price !== null && rate !== null) {
    const { hospital, insurance } = drugAmounts({ quantity, price, rate })
    compare(drug, { table: 'XML2', row, field: 'THANH_TIEN_BV' }, money(values, 'THANH_TIEN_BV'), hospital, report)
    compare(drug, { table: 'XML2', row, field: 'THANH_TIEN_BH' }, money(values, 'THANH_TIEN_BH'), insurance, report)
  }
  checkPayers(line, drug, report)
}

const isFree = (values: Values): boolean => /_(TB|TT)$/.test(valueOf(values, 'MA_DICH_VU'))

function checkService(line: Line, report: Report): void {
  const { values, row } = line
  const quantity = thousandths(values, 'SO_LUONG')
  const hospitalPrice = thousandths(values, 'DON_GIA_BV')
  const insurancePrice = thousandths(values, 'DON_GIA_BH')
  const share = percent(values, 'TYLE_TT_DV')
  const rate = percent(values, 'TYLE_TT_BH')
  if (quantity !== null && hospitalPrice !== null && insurancePrice !== null && share !== null && rate !== null) {
    const at = (field: string) => ({ table: 'XML3' as const, row, field })
    const amounts = serviceAmounts({ quantity, hospitalPrice, insurancePrice, share, rate, isFree: isFree(values) })
    compare(service, at('THANH_TIEN_BV'), money(values, 'THANH_TIEN_BV'), amounts.hospital, report)
    compare(service, at('THANH_TIEN_BH'), money(values, 'THANH_TIEN_BH'), amounts.insurance, report)
    checkPrices(line, hospitalPrice, insurancePrice, report)
  }
  checkPayers(line, service, report)
}

function checkPrices({ values, row }: Line, hospitalPrice: bigint, insurancePrice: bigint, report: Report): void {
  const place = { table: 'XML3' as const, row, field: 'DON_GIA_BH' }
  const isSupply = isFilled(values, 'MA_VAT_TU')
  const limit = thousandths(values, 'T_TRANTT')
  const isCapped = isSupply && limit !== null && valueOf(values, 'PHAM_VI') !== '2'
  if (isCapped && insurancePrice !== lesser(hospitalPrice, limit)) report(ceiling, place)
  if (isSupply && valueOf(values, 'TAI_SU_DUNG') === '1' && hospitalPrice !== insurancePrice) report(reused, place)
  if (valueOf(values, 'MA_DICH_VU').endsWith('.0000') && (hospitalPrice !== 0n || insurancePrice !== 0n))
    report(zeroPrice, { ...place, field: 'DON_GIA_BV' })
}

/** Sum of a column; null where a line has no number. */
function sumOf(lines: readonly Line[], name: string): bigint | null {
  let sum = 0n
  for (const { values } of lines) {
    const amount = money(values, name)
    if (amount === null) return null
    sum += amount
  }
  return sum
}

const SUPPLIES = new Set(['10', '11'])
const GROUPS = new Set(Object.keys(codeLists.MA_NHOM?.values ?? {}))
const METHODS = new Set(Object.keys(codeLists.MA_PTTT?.values ?? {}))

const TOTALS = ['T_TONGCHI_BV', 'T_TONGCHI_BH', 'T_BHTT', 'T_BNTT', 'T_BNCCT', 'T_NGUONKHAC', 'T_THUOC', 'T_VTYT']

/** One finding: the other totals follow from the first. */
function checkNoLines(summary: Values, report: Report): void {
  const field = TOTALS.find((name) => (money(summary, name) ?? 0n) > 0n)
  if (field !== undefined) report(noLines, { table: 'XML1', field })
}

function checkTotals({ summary, dossier }: Visit, lines: readonly Line[], report: Report): void {
  if (dossier.tables.XML1 === undefined) return
  if (lines.length === 0) return checkNoLines(summary, report)
  const of = (name: string, some: readonly Line[] = lines) => sumOf(some, name)
  const drugs = lines.filter(({ table }) => table === 'XML2')
  const supplies = lines.filter(({ table, values }) => table === 'XML3' && SUPPLIES.has(groupOf(values)))
  const byService = lines.filter(({ values }) => valueOf(values, 'MA_PTTT') === '1')
  const knowGroups = lines.every(({ values }) => GROUPS.has(groupOf(values)))
  const knowMethods = lines.every(({ values }) => METHODS.has(valueOf(values, 'MA_PTTT')))
  const sums: readonly (readonly [string, bigint | null])[] = [
    ['T_THUOC', of('THANH_TIEN_BV', drugs)],
    ['T_VTYT', knowGroups ? of('THANH_TIEN_BV', supplies) : null],
    ['T_TONGCHI_BV', of('THANH_TIEN_BV')],
    ['T_TONGCHI_BH', of('THANH_TIEN_BH')],
    ['T_BNTT', of('T_BNTT')],
    ['T_BNCCT', of('T_BNCCT')],
    ['T_NGUONKHAC', of('T_NGUONKHAC')],
    ['T_BHTT_GDV', knowMethods ? of('T_BHTT', byService) : null],
  ]
  for (const [field, sum] of sums)
    if (sum !== null && isFilled(summary, field))
      compare(total, { table: 'XML1', row: null, field }, money(summary, field), sum, report)
  checkFundTotal(summary, of('T_BHTT'), report)
}

/** The decision subtracts, practice adds up: they differ where other sources pay a co-payment, and both are taken. */
function checkFundTotal(summary: Values, sum: bigint | null, report: Report): void {
  const stated = isFilled(summary, 'T_BHTT') ? money(summary, 'T_BHTT') : null
  const insurance = money(summary, 'T_TONGCHI_BH')
  const coPayment = money(summary, 'T_BNCCT')
  if (stated === null || sum === null) return
  const isDifference =
    insurance !== null && coPayment !== null && absolute(stated - (insurance - coPayment)) <= TOLERANCE
  if (!isDifference) compare(total, { table: 'XML1', row: null, field: 'T_BHTT' }, stated, sum, report)
}

/** All money, to the đồng. Decision 4210 rounded and split otherwise; its amounts are kept as they came. */
export const amountCheck: Check = {
  rules: [drug, service, total, sources, ceiling, reused, rounding, zeroPrice, noLines],
  run(visit, report) {
    if (visit.isLegacy) return
    const drugs = visit.rows('XML2').map(({ values }, i): Line => ({ table: 'XML2', row: i + 1, values }))
    const services = visit.rows('XML3').map(({ values }, i): Line => ({ table: 'XML3', row: i + 1, values }))
    for (const line of drugs) {
      checkDrug(line, report)
      checkSources(line, report)
    }
    for (const line of services) {
      checkService(line, report)
      checkSources(line, report)
    }
    checkTotals(visit, [...drugs, ...services], report)
  },
}
