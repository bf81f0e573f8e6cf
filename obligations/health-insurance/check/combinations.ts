import type { TableId } from '../format/table.ts'
import type { Rule } from '../rule.ts'
import type { FindingSeverity, Values } from '../types.ts'
import { groupOf } from './conditions.ts'
import { type Check, isFilled, listOf, valueOf, type Visit } from './visit.ts'

const PRACTICE = 'Thực tế giám định'
const DECISION = 'QĐ 3176/QĐ-BYT'

/** A rule of one row of one table, with the sentence that it breaks. */
interface RowRule extends Rule {
  readonly table: TableId
  readonly field: string
  readonly breaks: (row: Values, visit: Visit) => boolean
}

const rowRule = (
  number: number,
  severity: FindingSeverity,
  source: string,
  place: `XML${number}.${string}`,
  vi: string,
  en: string,
  wayOut: string,
  breaks: RowRule['breaks'],
): RowRule => {
  const [table, field] = place.split('.') as [TableId, string]
  return { id: `BHYT-MIX-${number}`, severity, source, vi, en, wayOut, table, field, breaks }
}

const DRUG_GROUPS = new Set(['4', '5', '6', '7', '17'])
const SUPPLY_GROUPS = new Set(['10', '11'])
const BED_GROUPS = new Set(['14', '15', '16'])
const MACHINE_GROUPS = new Set(['1', '2', '3'])
const SUM = (row: Values, name: string): number => Number(valueOf(row, name) || '0')

/** What may not stand together in one row. */
const rowRules: readonly RowRule[] = [
  rowRule(
    1,
    'error',
    `${DECISION}; QĐ 5937/QĐ-BYT`,
    'XML2.MA_NHOM',
    'Nhóm chi phí không thuộc bảng thuốc',
    'the cost group does not belong to the drug table',
    'Bảng thuốc chỉ nhận nhóm 4 đến 7 và 17; chuyển dòng sang XML3.',
    (row) => isFilled(row, 'MA_NHOM') && Number(groupOf(row)) <= 19 && !DRUG_GROUPS.has(groupOf(row)),
  ),
  rowRule(
    2,
    'error',
    `${DECISION}; QĐ 5937/QĐ-BYT`,
    'XML3.MA_NHOM',
    'Nhóm chi phí không thuộc bảng dịch vụ, vật tư',
    'the cost group does not belong to the service table',
    'Nhóm 4 đến 7 và 17 phải ở bảng thuốc XML2.',
    (row) => DRUG_GROUPS.has(groupOf(row)),
  ),
  rowRule(
    3,
    'error',
    DECISION,
    'XML3.MA_NHOM',
    'Nhóm vật tư nhưng không có mã vật tư',
    'a supply group without a supply code',
    'Nhập mã vật tư hoặc sửa nhóm chi phí.',
    (row) => SUPPLY_GROUPS.has(groupOf(row)) && isFilled(row, 'MA_DICH_VU') && !isFilled(row, 'MA_VAT_TU'),
  ),
  rowRule(
    4,
    'warning',
    PRACTICE,
    'XML3.MA_NHOM',
    'Có mã vật tư nhưng không thuộc nhóm vật tư',
    'a supply code outside the supply groups',
    'Kiểm tra lại nhóm chi phí của vật tư.',
    (row) => isFilled(row, 'MA_VAT_TU') && !SUPPLY_GROUPS.has(groupOf(row)) && !isFilled(row, 'MA_DICH_VU'),
  ),
  rowRule(
    5,
    'error',
    PRACTICE,
    'XML2.NGUON_CTRA',
    'Thuốc do nguồn khác chi trả nhưng vẫn đề nghị quỹ thanh toán',
    'a drug paid by another source is claimed from the fund',
    'Đặt T_BHTT bằng 0 hoặc sửa nguồn chi trả.',
    (row) => ['2', '3', '4'].includes(valueOf(row, 'NGUON_CTRA')) && SUM(row, 'T_BHTT') > 0,
  ),
  rowRule(
    6,
    'error',
    PRACTICE,
    'XML2.T_BHTT',
    'Thuốc ngoài phạm vi hưởng nhưng đề nghị quỹ thanh toán',
    'a drug outside the scope is claimed from the fund',
    'Đặt T_BHTT bằng 0 hoặc sửa PHAM_VI.',
    (row) => valueOf(row, 'PHAM_VI') === '2' && SUM(row, 'T_BHTT') > 0,
  ),
  rowRule(
    7,
    'error',
    PRACTICE,
    'XML3.T_BHTT',
    'Dịch vụ ngoài phạm vi hưởng nhưng đề nghị quỹ thanh toán',
    'a service outside the scope is claimed from the fund',
    'Đặt T_BHTT bằng 0 hoặc sửa PHAM_VI.',
    (row) => valueOf(row, 'PHAM_VI') === '2' && SUM(row, 'T_BHTT') > 0,
  ),
  rowRule(
    8,
    'warning',
    PRACTICE,
    'XML3.PP_VO_CAM',
    'Phẫu thuật chưa ghi phương pháp vô cảm',
    'a surgery without its method of anaesthesia',
    'Ghi phương pháp vô cảm (1 đến 4) trong phiếu phẫu thuật.',
    (row) => groupOf(row) === '8' && !isFilled(row, 'PP_VO_CAM'),
  ),
  rowRule(
    9,
    'warning',
    PRACTICE,
    'XML3.MA_MAY',
    'Xét nghiệm, chẩn đoán hình ảnh chưa ghi mã máy',
    'a test or image without its machine',
    'Khai mã máy ở danh mục thiết bị rồi gắn với dịch vụ.',
    (row) => MACHINE_GROUPS.has(groupOf(row)) && !isFilled(row, 'MA_MAY') && SUM(row, 'T_BHTT') > 0,
  ),
  rowRule(
    10,
    'warning',
    PRACTICE,
    'XML3.MA_NHOM',
    'Nội trú dưới 4 giờ không tính tiền giường',
    'an inpatient stay under four hours has a bed fee',
    'Bỏ dòng tiền giường.',
    (row, { summary }) =>
      valueOf(summary, 'MA_LOAI_KCB') === '09' && BED_GROUPS.has(groupOf(row)) && SUM(row, 'T_BHTT') > 0,
  ),
  rowRule(
    11,
    'warning',
    PRACTICE,
    'XML3.MA_GIUONG',
    'Dòng tiền giường chưa ghi mã giường',
    'a bed fee without its bed',
    'Ghi mã giường của ngày điều trị.',
    (row) => groupOf(row) === '15' && !isFilled(row, 'MA_GIUONG'),
  ),
  rowRule(
    12,
    'error',
    `${DECISION}, bảng check-in`,
    'XML0.MA_DICH_VU',
    'Phải có đúng một trong ba: dịch vụ, thuốc, vật tư',
    'exactly one of service, drug and supply is expected',
    'Gửi chi phí đầu tiên phát sinh: chỉ một dịch vụ, thuốc hoặc vật tư.',
    (row) => ['MA_DICH_VU', 'MA_THUOC', 'MA_VAT_TU'].filter((name) => isFilled(row, name)).length !== 1,
  ),
  rowRule(
    13,
    'error',
    `${DECISION}, bảng 1`,
    'XML1.MA_BENH_KT',
    'Nhiều hơn 12 bệnh kèm theo',
    'more than twelve secondary diseases',
    'Chỉ giữ tối đa 12 mã bệnh kèm theo.',
    (row) => listOf(valueOf(row, 'MA_BENH_KT')).length > 12,
  ),
  rowRule(
    14,
    'warning',
    PRACTICE,
    'XML1.MA_BENH_KT',
    'Bệnh chính lặp lại ở bệnh kèm theo',
    'the main disease is repeated among the secondary ones',
    'Bỏ mã bệnh chính khỏi danh sách bệnh kèm theo.',
    (row) =>
      isFilled(row, 'MA_BENH_CHINH') && listOf(valueOf(row, 'MA_BENH_KT')).includes(valueOf(row, 'MA_BENH_CHINH')),
  ),
  rowRule(
    15,
    'error',
    `${DECISION}, bảng 1`,
    'XML1.MA_BENH_YHCT',
    'Nhiều hơn 13 mã bệnh y học cổ truyền',
    'more than thirteen codes of traditional medicine',
    'Chỉ giữ tối đa 13 mã bệnh y học cổ truyền.',
    (row) => listOf(valueOf(row, 'MA_BENH_YHCT')).length > 13,
  ),
  rowRule(
    16,
    'warning',
    PRACTICE,
    'XML1.T_BHTT',
    'Không có thẻ BHYT nhưng đề nghị quỹ thanh toán',
    'the fund is asked to pay without a card',
    'Bổ sung thẻ BHYT hoặc chuyển chi phí sang người bệnh.',
    (row) =>
      !isFilled(row, 'MA_THE_BHYT') &&
      SUM(row, 'T_BHTT') > 0 &&
      valueOf(row, 'MA_DOITUONG_KCB') !== '1.7' &&
      valueOf(row, 'MA_DOITUONG_KCB') !== '1.6',
  ),
  rowRule(
    17,
    'warning',
    `${DECISION}, bảng 1`,
    'XML1.MA_DOITUONG_KCB',
    'Mã đối tượng không bảo hiểm nhưng đề nghị quỹ thanh toán',
    'the case is not insured, yet the fund is asked to pay',
    'Sửa mã đối tượng khám chữa bệnh.',
    (row) => valueOf(row, 'MA_DOITUONG_KCB') === '9' && SUM(row, 'T_BHTT') > 0,
  ),
  rowRule(
    18,
    'warning',
    `${DECISION}, bảng 1`,
    'XML1.CAN_NANG',
    'Trẻ dưới 1 tuổi cần ghi cân nặng thật',
    'a child under one year needs a real weight',
    'Cân trẻ và ghi cân nặng.',
    (row) =>
      isFilled(row, 'CAN_NANG') &&
      SUM(row, 'CAN_NANG') === 0 &&
      valueOf(row, 'NGAY_VAO').slice(0, 4) === valueOf(row, 'NGAY_SINH').slice(0, 4),
  ),
  rowRule(
    19,
    'warning',
    PRACTICE,
    'XML9.SO_CON',
    'Số con khác số giấy chứng sinh',
    'the number of children differs from the certificates',
    'Lập đủ một giấy chứng sinh cho mỗi con.',
    (row, { rows }) => Number(valueOf(row, 'SO_CON')) !== rows('XML9').length,
  ),
  rowRule(
    20,
    'warning',
    PRACTICE,
    'XML4.KET_LUAN',
    'Kết quả không có giá trị, mô tả hay kết luận',
    'a result with neither value, description nor conclusion',
    'Bổ sung kết quả hoặc bỏ dòng.',
    (row) => !['GIA_TRI', 'MO_TA', 'KET_LUAN'].some((name) => isFilled(row, name)),
  ),
]

const repeatedExam: Rule = {
  id: 'BHYT-MIX-21',
  severity: 'warning',
  source: `${PRACTICE}; Thông tư 39/2018/TT-BYT`,
  vi: 'Đợt nội trú có nhiều hơn một tiền khám tính đủ 100 %',
  en: 'an inpatient stay has more than one full examination fee',
  wayOut: 'Chỉ giữ một lần tiền khám cho mỗi đợt nội trú.',
  table: 'XML3',
  field: 'MA_NHOM',
}

const rowRulesByTable = Map.groupBy(rowRules, ({ table }) => table)

/** What may not stand together. */
export const combinationCheck: Check = {
  rules: [...rowRules, repeatedExam],
  run(visit, report) {
    if (visit.isLegacy) return
    for (const [table, rules] of rowRulesByTable) {
      const rows = visit.dossier.tables[table]
      if (rows === undefined) continue
      const single = table === 'XML1'
      rows.forEach(({ values }, i) => {
        for (const rule of rules) if (rule.breaks(values, visit)) report(rule, { row: single ? null : i + 1 })
      })
    }
    if (valueOf(visit.summary, 'MA_LOAI_KCB') !== '03') return
    const exams = visit
      .rows('XML3')
      .map(({ values }, i) => ({ values, row: i + 1 }))
      .filter(({ values }) => groupOf(values) === '13' && Number(valueOf(values, 'TYLE_TT_DV')) === 100)
    for (const { row } of exams.slice(1)) report(repeatedExam, { row })
  },
}
