import type { Rule } from '../rule.ts'
import type { FindingSeverity } from '../types.ts'
import { asterisk, femaleOnly, maleOnly, neverPrincipal, ofPregnancy, perinatal } from './icd10-facts.ts'
import { isDay, yearsBetween } from './moments.ts'
import { type Check, listOf, valueOf } from './visit.ts'

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
  'Mã dấu sao không được là bệnh chính',
  'an asterisk code cannot be the main disease',
  'Chọn mã dấu găm (nguyên nhân) làm bệnh chính, mã dấu sao làm bệnh kèm theo.',
)
const accompanying = rule(
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
const lonelyAsterisk = rule(
  5,
  'warning',
  'MA_BENH_KT',
  'Có mã dấu sao nhưng không có bệnh nguyên nhân',
  'an asterisk code stands without another disease',
  'Thêm mã dấu găm (nguyên nhân).',
)

const SEX = { '1': femaleOnly, '2': maleOnly } as const

/** @source WHO, ICD-10 volume 2; ages: QĐ 4469/QĐ-BYT marks them per code, here the widest bounds of each chapter */
export const diagnosisCheck: Check = {
  rules: [manifestation, accompanying, sex, age, lonelyAsterisk],
  run({ summary }, report) {
    const main = valueOf(summary, 'MA_BENH_CHINH')
    const category = main.slice(0, 3)
    if (main.endsWith('*') || asterisk.has(category)) report(manifestation)
    else if (neverPrincipal.has(category)) report(accompanying)
    const others = listOf(valueOf(summary, 'MA_BENH_KT'))
    if (others.some((code) => code.endsWith('*')) && main === '') report(lonelyAsterisk)
    const wrongSex = SEX[valueOf(summary, 'GIOI_TINH') as keyof typeof SEX]
    const born = valueOf(summary, 'NGAY_SINH')
    const arrived = valueOf(summary, 'NGAY_VAO').slice(0, 8)
    const years = isDay(born.slice(0, 8)) && isDay(arrived) ? yearsBetween(born, arrived) : null
    for (const [field, codes] of [
      ['MA_BENH_CHINH', [main]],
      ['MA_BENH_KT', others],
    ] as const) {
      const categories = codes.map((code) => code.slice(0, 3))
      if (wrongSex && categories.some((each) => wrongSex.has(each))) report(sex, { field })
      if (years === null) continue
      const isLate = years > 1 && categories.some((each) => perinatal.has(each))
      const isPregnant = (years < 10 || years > 60) && categories.some((each) => ofPregnancy.has(each))
      if (isLate || isPregnant) report(age, { field })
    }
  },
}
