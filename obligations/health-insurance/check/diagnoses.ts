import type { Rule } from '../rule.ts'
import type { FindingSeverity } from '../types.ts'
import {
  accompanying,
  type AgeWindow,
  ageWindows,
  asterisk,
  femaleOnly,
  maleOnly,
  notPrincipal,
} from './icd10-facts.ts'
import { dayNumber, isDay, yearsBetween } from './moments.ts'
import { type Check, listOf, type Report, valueOf } from './visit.ts'

const rule = (
  number: number,
  severity: FindingSeverity,
  field: string | null,
  vi: string,
  en: string,
  wayOut: string,
): Rule => ({
  id: `BHYT-ICD-${number}`,
  severity,
  source: 'QĐ 4469/QĐ-BYT (28/10/2020); ICD-10 của WHO, tập 2',
  vi,
  en,
  wayOut,
  table: 'XML1',
  field,
})

const manifestation = rule(
  1,
  'error',
  'MA_BENH_CHINH',
  'Mã dấu sao là bệnh chính nhưng không có bệnh nguyên nhân đi kèm',
  'an asterisk code is the main disease without its cause beside it',
  'Thêm mã dấu găm (nguyên nhân) vào bệnh kèm theo, hoặc chọn mã dấu găm làm bệnh chính.',
)
const onlyBeside = rule(
  2,
  'error',
  'MA_BENH_CHINH',
  'Mã này không được là bệnh chính',
  'this code cannot be the main disease',
  'Chọn mã bệnh hoặc tổn thương làm bệnh chính; mã nguyên nhân ghi ở bệnh kèm theo.',
)
const sex = rule(
  3,
  'error',
  null,
  'Mã bệnh không phù hợp với giới tính',
  'the code does not fit the sex',
  'Kiểm tra lại giới tính hoặc mã bệnh.',
)
const age = rule(
  4,
  'warning',
  null,
  'Mã bệnh không phù hợp với tuổi',
  'the code does not fit the age',
  'Kiểm tra lại ngày sinh hoặc mã bệnh.',
)
const unusualMain = rule(
  5,
  'warning',
  'MA_BENH_CHINH',
  'Mã thuộc danh sách không sử dụng làm bệnh chính',
  'the code is in the list of those not used as the main disease',
  'Chọn bệnh được điều trị làm bệnh chính; mã này ghi ở bệnh kèm theo.',
)

const SEX = { '1': femaleOnly, '2': maleOnly } as const

interface AgeAt {
  readonly days: number
  readonly years: number
}

/** Age on arrival; null where birth or arrival is no day, or only the year of birth is known. */
function ageOf(born: string, arrived: string): AgeAt | null {
  const birthday = born.slice(0, 8)
  const day = arrived.slice(0, 8)
  if (!isDay(birthday) || !isDay(day)) return null
  return { days: dayNumber(day) - dayNumber(birthday), years: yearsBetween(birthday, day) }
}

function fitsAge({ from, to }: AgeWindow, { days, years }: AgeAt): boolean {
  const isYounger = days < (from?.days ?? 0) || years < (from?.years ?? 0)
  const isOlder = days > (to?.days ?? Infinity) || years > (to?.years ?? Infinity)
  return !isYounger && !isOlder
}

function checkMain(main: string, others: readonly string[], report: Report): void {
  if (main === '') return
  if (main.endsWith('*') || asterisk(main)) {
    if (others.length === 0) report(manifestation)
  } else if (accompanying(main)) report(onlyBeside)
  else if (notPrincipal(main)) report(unusualMain)
}

/** Diagnoses beside what is known of the person. */
export const diagnosisCheck: Check = {
  rules: [manifestation, onlyBeside, sex, age, unusualMain],
  run({ summary }, report) {
    const main = valueOf(summary, 'MA_BENH_CHINH')
    const others = listOf(valueOf(summary, 'MA_BENH_KT'))
    checkMain(main, others, report)
    const wrongSex = SEX[valueOf(summary, 'GIOI_TINH') as keyof typeof SEX]
    const arrival = ageOf(valueOf(summary, 'NGAY_SINH'), valueOf(summary, 'NGAY_VAO'))
    const unfit = arrival === null ? [] : ageWindows.filter((window) => !fitsAge(window, arrival))
    for (const [field, codes] of [
      ['MA_BENH_CHINH', [main]],
      ['MA_BENH_KT', others],
    ] as const) {
      if (wrongSex && codes.some(wrongSex)) report(sex, { field })
      const window = unfit.find(({ holds }) => codes.some(holds))
      if (window) report(age, { field }, `QĐ 4469, phụ lục ${window.annex}`)
    }
  },
}
