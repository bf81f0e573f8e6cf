import { codeLists } from '../format/code-lists.ts'
import type { Field, Table, TableId } from '../format/table.ts'
import { tables } from '../format/tables.ts'
import { decimalProblem } from '../money/decimal.ts'
import type { Rule } from '../rule.ts'
import type { FindingSeverity, Values } from '../types.ts'
import { mayBeBlank, requiredWhen } from './conditions.ts'
import { isBirth, isDay, isMinute } from './moments.ts'
import { patterns } from './patterns.ts'
import { type Check, type Report, trimmed, type Visit } from './visit.ts'

const WORKBOOK = 'Bảng kiểm tra cổng giám định theo QĐ 4750/QĐ-BYT; QĐ 3176/QĐ-BYT'

const rule = (number: number, severity: FindingSeverity, vi: string, en: string, wayOut: string): Rule => ({
  id: `BHYT-FIELD-${number}`,
  severity,
  source: WORKBOOK,
  vi,
  en,
  wayOut,
  table: null,
  field: null,
})

export const fieldRules = {
  required: rule(
    1,
    'error',
    'Trường bắt buộc để trống',
    'a required field is empty',
    'Bổ sung giá trị ở hồ sơ gốc rồi lập lại hồ sơ.',
  ),
  conditional: rule(
    2,
    'error',
    'Trường bắt buộc trong trường hợp này để trống',
    'a field that this case requires is empty',
    'Bổ sung giá trị, hoặc sửa trường làm phát sinh yêu cầu này.',
  ),
  tooLong: rule(
    3,
    'error',
    'Giá trị dài hơn quy định',
    'the value is longer than allowed',
    'Rút gọn giá trị theo độ dài tối đa của quyết định.',
  ),
  formerLength: rule(
    4,
    'warning',
    'Giá trị dài theo thói quen trước QĐ 3176',
    'the value has the length that decisions before 3176 allowed',
    'Cập nhật danh mục theo QĐ 3176 trước khi gửi hồ sơ mới.',
  ),
  number: rule(
    5,
    'error',
    'Giá trị phải là số với dấu thập phân là dấu chấm',
    'a number with "." as separator is expected',
    'Nhập lại số, không dùng dấu phẩy hay dấu phân cách nghìn.',
  ),
  negative: rule(
    6,
    'error',
    'Số âm không được chấp nhận',
    'a negative number is not accepted',
    'Kiểm tra lại số lượng, đơn giá hoặc dòng hoàn trả.',
  ),
  date: rule(
    7,
    'error',
    'Ngày giờ không đúng định dạng hoặc không có thật',
    'a date or time that is malformed or does not exist',
    'Sửa lại ngày giờ theo định dạng năm, tháng, ngày, giờ, phút.',
  ),
  code: rule(
    8,
    'error',
    'Mã không có trong danh mục',
    'the code is not in its list',
    'Chọn mã trong danh mục dùng chung đang có hiệu lực.',
  ),
  format: rule(
    9,
    'error',
    'Giá trị không đúng định dạng quy định',
    'the value does not look as the decision says',
    'Sửa giá trị theo định dạng ghi ở cột diễn giải của quyết định.',
  ),
  habit: rule(
    10,
    'warning',
    'Giá trị không đúng định dạng khuyến nghị',
    'the value does not look as is usual',
    'Kiểm tra lại; cổng có thể vẫn nhận.',
  ),
} as const satisfies Readonly<Record<string, Rule>>

/** A rule that a value breaks, with what stands behind its sentence. */
interface Broken {
  readonly rule: Rule
  readonly detail?: string
}

/** Answers null in the good case, which is nearly every one of a million. */
type FieldTest = (text: string, row: Values, visit: Visit) => Broken | null

const breaks = (rule: Rule): Broken => ({ rule })
const NOT_A_NUMBER = breaks(fieldRules.number)
const NEGATIVE = breaks(fieldRules.negative)
const NO_DATE = breaks(fieldRules.date)
const NO_CODE = breaks(fieldRules.code)
const MISSING = breaks(fieldRules.required)
const MISSING_HERE = breaks(fieldRules.conditional)

const SCALES = { money: 2, quantity: 3, number: 3 } as const

function numberTest(scale: number): FieldTest {
  return (text) => {
    const problem = decimalProblem(text, scale)
    if (problem === null) return null
    return problem === 'negative' ? NEGATIVE : NOT_A_NUMBER
  }
}

const every =
  (is: (text: string) => boolean): ((text: string) => boolean) =>
  (text) =>
    text
      .replace(/;$/, '')
      .split(';')
      .every((part) => is(part.trim()))

const DATES: Readonly<Partial<Record<Field['kind'], (text: string) => boolean>>> = {
  day: isDay,
  minute: isMinute,
  dayOrMinute: (text) => isDay(text) || isMinute(text),
  days: every(isDay),
  minutes: every(isMinute),
}

/** Fields with several codes joined by ";" although their list is one of single codes. */
const CODE_LISTS = new Set(['MA_TINH_TRANG_DK', 'MA_XU_TRI'])

function codeTest(field: Field): FieldTest | null {
  const list = field.codes === undefined ? undefined : codeLists[field.codes]
  if (list === undefined || !list.complete) return null
  const codes = new Set(Object.keys(list.values))
  const known = (code: string): boolean =>
    codes.has(code) || (field.kind === 'number' && codes.has(String(Number(code))))
  const holds = CODE_LISTS.has(field.name) ? every(known) : known
  return (text) => (holds(text) ? null : NO_CODE)
}

/** What is to be said of a text that is longer than the field; null where the day of care's end allows it. */
function lengthTest({ length, longer, lengthBefore3176, gatewayLength4750 }: Field) {
  const former = Math.max(lengthBefore3176 ?? 0, gatewayLength4750 ?? 0)
  return (text: string, { endDay }: Visit): Broken | null => {
    if (longer && endDay >= longer.since && text.length <= longer.length) return null
    const rule = text.length <= former ? fieldRules.formerLength : fieldRules.tooLong
    return { rule, detail: `${text.length} > ${length}` }
  }
}

/** A day in twelve digits was right before 3176; it is no malformed date. */
function dateTest(field: Field): FieldTest | null {
  const isRight = field.name === 'NGAY_SINH' || field.name === 'NGAY_SINH_CON' ? isBirth : DATES[field.kind]
  if (isRight === undefined) return null
  const formerMinute = field.kind === 'day' && field.gatewayLength4750 === 12
  return (text) => (isRight(text) || (formerMinute && isMinute(text)) ? null : NO_DATE)
}

function patternTest(id: TableId, field: Field): FieldTest | null {
  const pattern = patterns[`${id}.${field.name}`] ?? patterns[field.name]
  if (pattern === undefined) return null
  const broken = breaks(pattern.strict ? fieldRules.format : fieldRules.habit)
  return (text, row, visit) => (pattern.holds(text, row, visit) ? null : broken)
}

function testsOf(id: TableId, field: Field): readonly FieldTest[] {
  const scale = SCALES[field.kind as keyof typeof SCALES]
  const form = scale === undefined ? dateTest(field) : numberTest(scale)
  return [form, codeTest(field), patternTest(id, field)].filter((test) => test !== null)
}

type RowTest = (values: Values, place: number | null, visit: Visit, report: Report) => void

/** Everything one table's fields must be, as one function. */
function rowTest(table: Table): RowTest {
  const { id } = table
  const fields = table.fields.map((field) => ({
    name: field.name,
    required: field.required === true,
    when: requiredWhen[`${id}.${field.name}`],
    blank: mayBeBlank[`${id}.${field.name}`],
    most: field.length ?? Infinity,
    tooLong: lengthTest(field),
    tests: testsOf(id, field),
  }))
  return (values, row, visit, report) => {
    const tell = (field: string, broken: Broken | null): void => {
      if (broken !== null) report(broken.rule, { table: id, row, field }, broken.detail)
    }
    for (const { name, required, when, blank, most, tooLong, tests } of fields) {
      const text = trimmed(values[name])
      if (text !== '') {
        if (text.length > most) tell(name, tooLong(text, visit))
        for (const test of tests) tell(name, test(text, values, visit))
        continue
      }
      if (visit.isLegacy) continue
      if (required && !blank?.(values, visit)) tell(name, MISSING)
      else if (when?.(values, visit)) tell(name, MISSING_HERE)
    }
  }
}

const rowTests = Object.values(tables)
  .filter(({ id }) => id !== 'XML12')
  .map((table) => ({ id: table.id, repeats: table.repeats, test: rowTest(table) }))

/** Required, length, form and code of every field of every row, as the format tables say. */
export const fieldCheck: Check = {
  rules: Object.values(fieldRules),
  run(visit, report) {
    for (const { id, repeats, test } of rowTests) {
      const rows = visit.dossier.tables[id]
      if (rows === undefined) continue
      for (let i = 0; i < rows.length; i += 1) test(rows[i]?.values ?? {}, repeats ? i + 1 : null, visit, report)
    }
  },
}
