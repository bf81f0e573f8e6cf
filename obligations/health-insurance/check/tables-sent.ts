import type { TableId } from '../format/table.ts'
import type { Rule } from '../rule.ts'
import type { Values } from '../types.ts'
import { groupOf } from './conditions.ts'
import { type Check, isFilled, valueOf, type Visit } from './visit.ts'

const SOURCE = 'QĐ 3176/QĐ-BYT: trường hợp gửi bảng; thực tế giám định'

interface Sent extends Rule {
  readonly table: TableId
  /** true where the visit breaks the rule */
  readonly breaks: (summary: Values, visit: Visit) => boolean
}

const sent = (
  number: number,
  table: TableId,
  vi: string,
  en: string,
  wayOut: string,
  breaks: Sent['breaks'],
): Sent => ({
  id: `BHYT-TABLE-${number}`,
  severity: 'warning',
  source: SOURCE,
  vi,
  en,
  wayOut,
  table,
  field: null,
  breaks,
})

const kindIn = (summary: Values, ...kinds: string[]): boolean => kinds.includes(valueOf(summary, 'MA_LOAI_KCB'))
const absconded = (summary: Values): boolean => valueOf(summary, 'MA_LOAI_RV') === '3'
const died = (summary: Values): boolean => valueOf(summary, 'KET_QUA_DTRI') === '5'
const transferred = (summary: Values): boolean => ['2', '5'].includes(valueOf(summary, 'MA_LOAI_RV'))
const has = (visit: Visit, table: TableId): boolean => visit.rows(table).length > 0

/** Which tables a visit needs and which it must not have. */
const tableRules: readonly Sent[] = [
  sent(
    1,
    'XML7',
    'Đợt điều trị này cần giấy ra viện',
    'this stay needs a discharge paper',
    'Lập giấy ra viện và ký trước khi gửi.',
    (summary, visit) =>
      kindIn(summary, '03', '04', '09') && !absconded(summary) && !died(summary) && !has(visit, 'XML7'),
  ),
  sent(
    2,
    'XML7',
    'Người bệnh bỏ về hoặc tử vong không có giấy ra viện',
    'who absconded or died has no discharge paper',
    'Bỏ bảng giấy ra viện.',
    (summary, visit) => (absconded(summary) || died(summary)) && has(visit, 'XML7'),
  ),
  sent(
    3,
    'XML8',
    'Đợt điều trị này cần tóm tắt hồ sơ bệnh án',
    'this stay needs a record summary',
    'Lập tóm tắt hồ sơ bệnh án.',
    (summary, visit) => kindIn(summary, '03', '04', '06') && !has(visit, 'XML8'),
  ),
  sent(
    4,
    'XML4',
    'Có xét nghiệm, chẩn đoán hình ảnh nhưng không có kết quả',
    'there are tests or images but no results',
    'Bổ sung bảng kết quả cận lâm sàng.',
    (_summary, visit) =>
      !has(visit, 'XML4') && visit.rows('XML3').some(({ values }) => ['1', '2', '3'].includes(groupOf(values))),
  ),
  sent(
    5,
    'XML5',
    'Loại khám chữa bệnh này cần diễn biến lâm sàng',
    'this type of care needs clinical notes',
    'Bổ sung diễn biến lâm sàng.',
    (summary, visit) => kindIn(summary, '02', '03', '04', '05', '06', '08', '09') && !has(visit, 'XML5'),
  ),
  sent(
    6,
    'XML13',
    'Chuyển cơ sở khám chữa bệnh cần giấy chuyển',
    'a transfer needs its paper',
    'Lập giấy chuyển cơ sở khám chữa bệnh.',
    (summary, visit) => transferred(summary) && !has(visit, 'XML13'),
  ),
  sent(
    7,
    'XML13',
    'Có giấy chuyển nhưng loại ra viện không phải chuyển',
    'a transfer paper although the patient was not transferred',
    'Sửa MA_LOAI_RV hoặc bỏ giấy chuyển.',
    (summary, visit) => !transferred(summary) && has(visit, 'XML13'),
  ),
  sent(
    8,
    'XML14',
    'Có ngày tái khám nhưng không có giấy hẹn',
    'a booked day without its appointment paper',
    'Lập giấy hẹn khám lại.',
    (summary, visit) => isFilled(summary, 'NGAY_TAI_KHAM') && !has(visit, 'XML14'),
  ),
  sent(
    9,
    'XML9',
    'Có cân nặng con nhưng không có giấy chứng sinh',
    'a birth weight without a birth certificate',
    'Lập giấy chứng sinh cho mỗi con.',
    (summary, visit) => isFilled(summary, 'CAN_NANG_CON') && !has(visit, 'XML9'),
  ),
]

export const tableCheck: Check = {
  rules: tableRules,
  run(visit, report) {
    if (visit.isLegacy || visit.dossier.tables.XML1 === undefined) return
    for (const rule of tableRules) if (rule.breaks(visit.summary, visit)) report(rule)
  },
}
