import type { TableId } from '../format/table.ts'
import { inForce } from '../money/benefit.ts'
import type { Rule } from '../rule.ts'
import { isDay } from './moments.ts'
import { type Check, valueOf } from './visit.ts'

const rule = (
  number: number,
  field: string,
  source: string,
  vi: string,
  en: string,
  wayOut: string,
): Rule & { readonly field: string } => ({
  id: `BHYT-PERSON-${number}`,
  severity: 'warning',
  source,
  vi,
  en,
  wayOut,
  table: null,
  field,
})

const province = rule(
  1,
  'MATINH_CU_TRU',
  'Quyết định 124/2004/QĐ-TTg; từ 01/07/2025: Nghị quyết 202/2025/QH15, Quyết định 19/2025/QĐ-TTg',
  'Mã tỉnh không có trong danh mục có hiệu lực ngày ra viện',
  'the province is not in the list in force on the day care ended',
  'Chọn lại tỉnh, thành phố theo danh mục 34 tỉnh (từ 01/07/2025) hoặc 63 tỉnh (trước đó).',
)
const ward = rule(
  2,
  'MAXA_CU_TRU',
  'Quyết định 124/2004/QĐ-TTg; từ 01/07/2025: Quyết định 19/2025/QĐ-TTg',
  'Mã xã, phường không phải 5 chữ số',
  'the code of the ward is not of five digits',
  'Chọn lại xã, phường theo danh mục đơn vị hành chính.',
)
const foreigner = rule(
  3,
  'MA_DANTOC',
  'Quyết định 121-TCTK/PPCD (02/03/1979)',
  'Người mang quốc tịch Việt Nam được ghi dân tộc là người nước ngoài',
  'a citizen of Việt Nam has the ethnic group of foreigners',
  'Sửa dân tộc hoặc quốc tịch.',
)
const occupation = rule(
  4,
  'MA_NGHE_NGHIEP',
  'Quyết định 34/2020/QĐ-TTg, danh mục nghề nghiệp cấp 2',
  'Mã nghề nghiệp không có trong danh mục cấp 2',
  'the occupation is not in the list of level 2',
  'Chọn lại nghề nghiệp theo danh mục; người không có nghề ghi 00.',
)

const identity = rule(
  5,
  'SO_CCCD',
  'Nghị định 137/2015/NĐ-CP, Điều 13; Thông tư 59/2021/TT-BCA, Điều 4',
  'Số định danh không khớp với giới tính hoặc năm sinh',
  'the personal number does not agree with sex or year of birth',
  'Đối chiếu căn cước với họ tên, ngày sinh, giới tính: có thể số của người khác.',
)

const codes = (list: string): ReadonlySet<string> => new Set(list.split(' '))

/** Provinces by the day from which they are these. @source QĐ 124/2004/QĐ-TTg; QĐ 19/2025/QĐ-TTg (30/06/2025) */
const PROVINCES = [
  {
    since: '',
    value: codes(
      '01 02 04 06 08 10 11 12 14 15 17 19 20 22 24 25 26 27 30 31 33 34 35 36 37 38 40 42 44 45 46 48 49 51 52 54 56 58 60 62 64 66 67 68 70 72 74 75 77 79 80 82 83 84 86 87 89 91 92 93 94 95 96',
    ),
  },
  {
    since: '20250701',
    value: codes(
      '01 04 08 11 12 14 15 19 20 22 24 25 31 33 37 38 40 42 44 46 48 51 52 56 66 68 75 79 80 82 86 91 92 96',
    ),
  },
] as const

/** @source QĐ 34/2020/QĐ-TTg; 00: nobody's occupation */
const OCCUPATIONS = codes(
  '00 01 02 03 10 11 12 13 14 15 16 17 21 22 23 24 25 26 31 32 33 34 35 36 41 42 43 44 51 52 53 54 61 62 63 71 72 73 74 75 81 82 83 91 92 93 94 95 96',
)

const VIETNAM = '000'
const FOREIGNER = '55'

/**
 * Whether sex and year of birth are those in the number: after three digits of the place one for century and sex (0 a man,
 * 1 a woman of the 1900s, 2 and 3 of the 2000s), then two of the year. True for what is no number of twelve digits.
 */
function agrees(number: string, sex: string, born: string): boolean {
  if (!/^\d{12}$/.test(number)) return true
  const centuryAndSex = Number(number[3])
  const year = 1900 + Math.floor(centuryAndSex / 2) * 100 + Number(number.slice(4, 6))
  const isOtherSex = (sex === '1' || sex === '2') && sex !== String(1 + (centuryAndSex % 2))
  return !isOtherSex && (!/^\d{4}/.test(born) || Number(born.slice(0, 4)) === year)
}

/** Copies of them elsewhere must equal XML1, which has its own rule. XML9 is about the mother. */
const TABLES: readonly TableId[] = ['XML1', 'XML9']

/** What a province, ward, nationality, ethnic group and occupation may be, and together. */
export const personalCodeCheck: Check = {
  rules: [province, ward, foreigner, occupation, identity],
  run({ rows, summary, endDay, isLegacy }, report) {
    if (isLegacy) return
    const [number, sex, born] = ['SO_CCCD', 'GIOI_TINH', 'NGAY_SINH'].map((name) => valueOf(summary, name))
    if (!agrees(number!, sex!, born!)) report(identity, { table: 'XML1' })
    const provinces = isDay(endDay) ? inForce(PROVINCES, endDay) : null
    for (const table of TABLES) {
      rows(table).forEach(({ values }, i) => {
        const at = ({ field }: { readonly field: string }) => ({ table, field, row: table === 'XML1' ? null : i + 1 })
        const of = (name: string): string => valueOf(values, name)
        const home = of('MATINH_CU_TRU')
        if (home !== '' && provinces !== null && !provinces.has(home)) report(province, at(province))
        if (of('MAXA_CU_TRU') !== '' && !/^\d{5}$/.test(of('MAXA_CU_TRU'))) report(ward, at(ward))
        if (of('MA_QUOCTICH') === VIETNAM && of('MA_DANTOC') === FOREIGNER) report(foreigner, at(foreigner))
        // What is no code of two digits has another finding.
        const work = of('MA_NGHE_NGHIEP')
        if (/^\d{2}$/.test(work) && !OCCUPATIONS.has(work)) report(occupation, at(occupation))
      })
    }
  },
}
