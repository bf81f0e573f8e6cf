import type { Care } from './care.ts'
import type { Chart } from './chart.ts'
import { book } from './appointment.ts'
import { fitting, prescribe } from './medication.ts'
import { filePaper, writeNote } from './note.ts'
import { ageAt } from './person.ts'
import type { StayPlan } from './stay-plan.ts'
import { DAY, HOUR, midnight, shortDate, spokenTime, workingDay, type Minute } from './time.ts'

/** What a patient takes home: prescription, giấy ra viện, a date to come back; and the summary that closes the record. */
export function dischargePapers(chart: Chart, care: Care, plan: StayPlan, end: Minute): void {
  const medicines = fitting(plan.reason.takeHome, ageAt(chart.person, end))
  for (const key of medicines) prescribe(chart, care, { key, at: end - HOUR, days: 14, stay: false })
  filePaper(chart, care, 'discharge', end - 30, care.doctor, dischargePaper(chart, care, plan, end))
  const { reason, from } = plan
  writeNote(chart, care, {
    kind: 'summary',
    at: end + 2 * HOUR,
    author: care.doctor,
    sections: [
      ['Chẩn đoán ra viện', `${reason.name} (${reason.icd}).`],
      ['Quá trình bệnh lý và diễn biến lâm sàng', `Vào viện ngày ${shortDate(from)}. ${reason.history}`],
      ['Tóm tắt kết quả cận lâm sàng', 'Các kết quả xét nghiệm và chẩn đoán hình ảnh được lưu trong hồ sơ điện tử.'],
      ['Phương pháp điều trị', reason.treatment],
      ['Tình trạng người bệnh ra viện', 'Tỉnh, toàn trạng ổn định, các triệu chứng đã giảm, ăn uống được.'],
      ['Hướng điều trị và các chế độ tiếp theo', reason.advice],
    ],
  })
  const back = workingDay(midnight(end) + 7 * DAY) + 8 * HOUR
  book(chart, { at: back, room: 'Phòng khám Nội 1', why: `Khám lại sau điều trị: ${reason.name}`, made: end })
}

const sexes = { male: 'Nam', female: 'Nữ' } as const

function dischargePaper(
  { person, hospital }: Chart,
  care: Care,
  { reason, from, days }: StayPlan,
  end: Minute,
): string {
  return [
    `SỞ Y TẾ (mô phỏng)                                     Mẫu số 02 – Thông tư 25/2025/TT-BYT`,
    hospital.name.toLocaleUpperCase('vi'),
    '',
    'GIẤY RA VIỆN',
    '',
    `Họ và tên người bệnh: ${person.name.text}`,
    `Năm sinh: ${person.birthDate.slice(0, 4)}   Tuổi: ${ageAt(person, end)}   Giới tính: ${sexes[person.sex]}`,
    `Dân tộc: ${person.ethnicGroup.name}   Nghề nghiệp: ${person.occupation.name}`,
    `Số định danh cá nhân: ${person.personalId ?? 'Chưa cung cấp'}`,
    `Mã thẻ bảo hiểm y tế: ${person.insuranceCard ?? 'Không có'}`,
    `Địa chỉ: ${person.street}, ${person.ward.name}, ${person.ward.province.name}`,
    `Vào viện lúc: ${spokenTime(from)}`,
    `Ra viện lúc: ${spokenTime(end)}`,
    `Khoa điều trị: ${care.department.name}`,
    `Chẩn đoán: ${reason.name} (${reason.icd})`,
    `Phương pháp điều trị: ${reason.treatment}`,
    `Ghi chú: ${reason.advice} Nghỉ ngoại trú ${Math.min(days, 10)} ngày.`,
    '',
    `Người hành nghề khám bệnh, chữa bệnh: ${care.doctor.name}`,
    `Đại diện cơ sở khám bệnh, chữa bệnh: (đã ký số)`,
  ].join('\n')
}
