import type { TableId } from '../format/table.ts'
import { tables } from '../format/tables.ts'
import type { Rule } from '../rule.ts'
import type { FindingSeverity } from '../types.ts'
import { dayNumber, isBirth, isDay, isMinute } from './moments.ts'
import { type Check, type IsBroken, listOf, type Report, valueOf, type Visit } from './visit.ts'

const GATEWAY = 'Bảng kiểm tra cổng giám định theo QĐ 4750/QĐ-BYT'
const PRACTICE = 'Thực tế giám định'

const order: Rule = {
  id: 'BHYT-DATE-1',
  severity: 'error',
  source: GATEWAY,
  vi: 'Thời điểm sớm hơn mốc mà nó phải theo sau',
  en: 'a time is before the one it must follow',
  wayOut: 'Kiểm tra lại hai thời điểm trong hồ sơ gốc.',
  table: null,
  field: null,
}
const unusual: Rule = { ...order, id: 'BHYT-DATE-2', severity: 'warning', source: PRACTICE }
const covered: Rule = {
  id: 'BHYT-DATE-3',
  severity: 'error',
  source: 'Luật Bảo hiểm y tế; QĐ 3176/QĐ-BYT, bảng 1: GT_THE_TU, GT_THE_DEN',
  vi: 'Không thẻ nào còn hạn trong thời gian điều trị nhưng hồ sơ đề nghị quỹ thanh toán',
  en: 'no card is valid during care, yet the fund is asked to pay',
  wayOut: 'Tra cứu lại thẻ trên cổng; cập nhật thời hạn thẻ hoặc chuyển sang không bảo hiểm.',
  table: 'XML1',
  field: 'GT_THE_DEN',
}
const parallel: Rule = {
  id: 'BHYT-DATE-4',
  severity: 'error',
  source: 'QĐ 3176/QĐ-BYT, bảng 1: MA_THE_BHYT, MA_DKBD, GT_THE_TU, GT_THE_DEN',
  vi: 'Các danh sách thẻ không song song: số phần tử khác số thẻ',
  en: 'the card lists are not parallel',
  wayOut: 'Mỗi thẻ phải có đúng một nơi đăng ký, một ngày bắt đầu và một ngày hết hạn, cách nhau bằng dấu ";".',
  table: 'XML1',
  field: null,
}
const days: Rule = {
  id: 'BHYT-DATE-5',
  severity: 'error',
  source: 'QĐ 3176/QĐ-BYT, bảng 1: SO_NGAY_DTRI',
  vi: 'Số ngày điều trị không đúng cách tính của loại khám chữa bệnh',
  en: 'the treatment days are not what this type of care gives',
  wayOut: 'Tính lại số ngày điều trị theo ngày vào, ngày ra.',
  table: 'XML1',
  field: 'SO_NGAY_DTRI',
}
const unusualDays: Rule = { ...days, id: 'BHYT-DATE-6', severity: 'warning', source: `${PRACTICE}; QĐ 4750/QĐ-BYT` }
const appointment: Rule = {
  id: 'BHYT-DATE-7',
  severity: 'warning',
  source: PRACTICE,
  vi: 'Ngày tái khám ở XML1 khác ngày hẹn ở XML14',
  en: 'the booked day in XML1 differs from XML14',
  wayOut: 'Sửa để ngày hẹn ở hai bảng giống nhau.',
  table: 'XML1',
  field: 'NGAY_TAI_KHAM',
}

const drugDays: Rule = {
  ...days,
  id: 'BHYT-DATE-8',
  severity: 'warning',
  vi: 'Số ngày điều trị khác số ngày dùng thuốc dài nhất ghi ở liều dùng',
  en: 'the treatment days differ from the longest course of drugs',
  wayOut: 'Khám ngoại trú bệnh mạn tính và lĩnh thuốc theo hẹn: ghi số ngày dùng thuốc dài nhất.',
}
const serviceDays: Rule = {
  ...days,
  id: 'BHYT-DATE-9',
  severity: 'warning',
  vi: 'Số ngày điều trị khác số ngày có thực hiện dịch vụ',
  en: 'the treatment days differ from the days on which a service was done',
  wayOut: 'Điều trị ngoại trú theo đợt: đếm số ngày có dịch vụ kỹ thuật ở XML3.',
}

interface After {
  readonly table: TableId
  readonly later: string
  readonly earlier: string
  /** true where the earlier one stands in XML1 */
  readonly ofSummary?: true
  readonly severity: FindingSeverity
}

const after = (table: TableId, later: string, earlier: string, severity: FindingSeverity = 'error'): After => ({
  table,
  later,
  earlier,
  severity,
})
const afterSummary = (table: TableId, later: string, earlier: string, severity: FindingSeverity = 'error'): After => ({
  ...after(table, later, earlier, severity),
  ofSummary: true,
})

/** What must not be before what; compared to the precision that both have. */
const ORDER: readonly After[] = [
  after('XML0', 'NGAY_VAO_NOI_TRU', 'NGAY_VAO'),
  after('XML1', 'NGAY_VAO_NOI_TRU', 'NGAY_VAO'),
  after('XML1', 'NGAY_RA', 'NGAY_VAO'),
  after('XML1', 'NGAY_RA', 'NGAY_VAO_NOI_TRU'),
  after('XML1', 'NGAY_VAO', 'NGAY_SINH'),
  after('XML1', 'NGAY_TTOAN', 'NGAY_VAO', 'warning'),
  after('XML2', 'NGAY_TH_YL', 'NGAY_YL'),
  afterSummary('XML2', 'NGAY_YL', 'NGAY_VAO', 'warning'),
  after('XML3', 'NGAY_TH_YL', 'NGAY_YL'),
  after('XML3', 'NGAY_KQ', 'NGAY_YL'),
  afterSummary('XML3', 'NGAY_YL', 'NGAY_VAO', 'warning'),
  afterSummary('XML5', 'THOI_DIEM_DBLS', 'NGAY_VAO', 'warning'),
  after('XML6', 'NGAYKT_DTRI_LAO', 'NGAYBD_DTRI_LAO'),
  after('XML6', 'NGAY_KET_THUC_XU_TRI', 'NGAY_BAT_DAU_XU_TRI'),
  after('XML6', 'NGAY_KQ_XN_TLVR', 'NGAY_XN_TLVR'),
  after('XML6', 'NGAY_KQ_XN_PCR', 'NGAY_XN_PCR'),
  after('XML7', 'NGAY_RA', 'NGAY_VAO'),
  after('XML7', 'NGOAITRU_DENNGAY', 'NGOAITRU_TUNGAY'),
  afterSummary('XML7', 'NGAY_CT', 'NGAY_VAO', 'warning'),
  after('XML8', 'NGAY_RA', 'NGAY_VAO'),
  afterSummary('XML8', 'NGAY_CT', 'NGAY_VAO', 'warning'),
  after('XML10', 'DEN_NGAY', 'TU_NGAY'),
  after('XML11', 'DEN_NGAY', 'TU_NGAY'),
  after('XML14', 'NGAY_HEN_KL', 'NGAY_RA'),
  afterSummary('XML14', 'NGAY_HEN_KL', 'NGAY_RA'),
  afterSummary('XML14', 'NGAY_CT', 'NGAY_VAO', 'warning'),
  after('XML15', 'NGAYKT_DTRI_LAO', 'NGAYBD_DTRI_LAO'),
]

const isMoment = (text: string): boolean => isDay(text) || isMinute(text)

function isBefore(later: string, earlier: string): boolean {
  if (!isMoment(later) || !(isMoment(earlier) || isBirth(earlier))) return false
  const length = Math.min(later.length, earlier.length)
  return later.slice(0, length) < earlier.slice(0, length)
}

function checkOrder({ rows, summary }: Visit, report: Report, isBroken: IsBroken): void {
  for (const { table, later, earlier, ofSummary, severity } of ORDER) {
    const { repeats } = tables[table]
    rows(table).forEach(({ values }, i) => {
      const row = repeats ? i + 1 : null
      if (!isBefore(valueOf(values, later), valueOf(ofSummary ? summary : values, earlier))) return
      const isTold = ofSummary ? isBroken('XML1', null, earlier) : isBroken(table, row, earlier)
      if (isTold || isBroken(table, row, later)) return
      const place = { table, row, field: later }
      report(severity === 'error' ? order : unusual, place, `${later} < ${earlier}`)
    })
  }
  for (const table of ['XML2', 'XML3'] as const) {
    rows(table).forEach(({ values }, i) => {
      if (isBefore(valueOf(summary, 'NGAY_RA'), valueOf(values, 'NGAY_YL')))
        report(unusual, { table, row: i + 1, field: 'NGAY_YL' }, 'NGAY_YL > NGAY_RA')
    })
  }
}

const LISTS = ['MA_DKBD', 'GT_THE_TU', 'GT_THE_DEN'] as const

function checkCards({ summary, dossier }: Visit, report: Report): void {
  if (dossier.tables.XML1 === undefined) return
  const cards = listOf(valueOf(summary, 'MA_THE_BHYT'))
  for (const name of LISTS) {
    const list = listOf(valueOf(summary, name))
    if (list.length !== cards.length && (cards.length > 0 || list.length > 0))
      if (cards.length > 0 || name !== 'MA_DKBD') report(parallel, { table: 'XML1', field: name })
  }
  const from = listOf(valueOf(summary, 'GT_THE_TU'))
  const to = listOf(valueOf(summary, 'GT_THE_DEN'))
  if (cards.length === 0 || from.length !== cards.length || to.length !== cards.length) return
  if (![...from, ...to].every(isDay)) return
  from.forEach((start, i) => {
    if (isBefore(to[i] ?? '', start)) report(order, { table: 'XML1', field: 'GT_THE_DEN' }, 'GT_THE_DEN < GT_THE_TU')
  })
  const arrived = valueOf(summary, 'NGAY_VAO').slice(0, 8)
  const left = valueOf(summary, 'NGAY_RA').slice(0, 8)
  if (!isDay(arrived) || !isDay(left) || left < arrived) return
  const isCovered = from.some((start, i) => start <= left && (to[i] ?? '') >= arrived)
  if (!isCovered && Number(valueOf(summary, 'T_BHTT')) > 0) report(covered, { table: 'XML1', field: 'GT_THE_DEN' })
}

const INPATIENT = new Set(['03', '04', '06'])
const NO_DAYS = new Set(['01', '09'])

/** @source QĐ 3176/QĐ-BYT, bảng 1: SO_NGAY_DTRI; courses (02, 05, 07, 08) count days of service or drugs, not the calendar */
function checkDays({ summary }: Visit, report: Report): void {
  const stated = valueOf(summary, 'SO_NGAY_DTRI')
  const arrived = valueOf(summary, 'NGAY_VAO')
  const left = valueOf(summary, 'NGAY_RA')
  const kind = valueOf(summary, 'MA_LOAI_KCB')
  if (!/^\d+$/.test(stated) || !isMinute(arrived) || !isMinute(left) || left < arrived) return
  if (NO_DAYS.has(kind) && Number(stated) > 0) report(unusualDays, { table: 'XML1', field: 'SO_NGAY_DTRI' })
  if (!INPATIENT.has(kind)) return
  const starts = [arrived, valueOf(summary, 'NGAY_VAO_NOI_TRU')].filter(isMinute)
  const counts = starts.map((start) => dayNumber(left) - dayNumber(start) + 1)
  if (!counts.includes(Number(stated)))
    report(days, { table: 'XML1', field: 'SO_NGAY_DTRI' }, `${stated} ≠ ${counts[0]}`)
}

/** By decision 3176; that of 4750 counted otherwise. */
const COURSES_SINCE = '20250101'
const DRUG_COURSES = new Set(['05', '07'])
const SERVICE_COURSES = new Set(['02', '08'])

/** "1 viên/lần * 2 lần/ngày * 30 ngày [60 viên]" → 30; null where the days are not said. @source bảng 2: LIEU_DUNG */
function daysOfDose(dose: string): number | null {
  const [, count] = /\*\s*(\d{1,3})\s*ngày/i.exec(dose) ?? []
  return count === undefined ? null : Number(count)
}

/** @source QĐ 3176/QĐ-BYT, bảng 1: SO_NGAY_DTRI; a course is judged where each of its lines says its days */
function checkCourses({ summary, rows, endDay }: Visit, report: Report): void {
  const stated = valueOf(summary, 'SO_NGAY_DTRI')
  const kind = valueOf(summary, 'MA_LOAI_KCB')
  if (!/^\d+$/.test(stated) || endDay < COURSES_SINCE) return
  const tell = (rule: Rule, count: number): void => {
    if (count !== Number(stated)) report(rule, {}, `${stated} ≠ ${count}`)
  }
  const doses = DRUG_COURSES.has(kind) ? rows('XML2').map(({ values }) => daysOfDose(valueOf(values, 'LIEU_DUNG'))) : []
  if (doses.length > 0 && !doses.includes(null)) tell(drugDays, Math.max(...(doses as number[])))
  if (!SERVICE_COURSES.has(kind)) return
  const times = rows('XML3').map(({ values }) => valueOf(values, 'NGAY_TH_YL') || valueOf(values, 'NGAY_YL'))
  if (times.length > 0 && times.every(isMinute)) tell(serviceDays, new Set(times.map((time) => time.slice(0, 8))).size)
}

function checkAppointment({ summary, rows }: Visit, report: Report): void {
  const booked = listOf(valueOf(summary, 'NGAY_TAI_KHAM'))
  const paper = valueOf(rows('XML14')[0]?.values ?? {}, 'NGAY_HEN_KL').slice(0, 8)
  if (paper !== '' && booked.length > 0 && !booked.includes(paper))
    report(appointment, { table: 'XML1', field: 'NGAY_TAI_KHAM' })
}

/** Times in their order, cards valid during care, days as they are counted. */
export const dateCheck: Check = {
  rules: [order, unusual, covered, parallel, days, unusualDays, appointment, drugDays, serviceDays],
  run(visit, report, isBroken) {
    checkOrder(visit, report, isBroken)
    if (visit.isLegacy) return
    checkCards(visit, report)
    checkDays(visit, report)
    checkCourses(visit, report)
    checkAppointment(visit, report)
  },
}
