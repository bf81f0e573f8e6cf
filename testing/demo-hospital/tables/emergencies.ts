import type { Illness } from './conditions.ts'

/**
 * What is treated in the emergency department within hours, and sent home.
 * @source Quyết định 4469/QĐ-BYT of 28 October 2020 (ICD-10 in Vietnamese)
 */
export interface Emergency extends Omit<Illness, 'room' | 'imaging'> {
  readonly room: 'Phòng hồi sức' | 'Phòng tiểu phẫu' | 'Phòng phân loại'
  readonly imaging: readonly string[]
  readonly procedure?: string
  /** Hours until going home. */
  readonly hours: readonly [number, number]
  /** What is done there. */
  readonly treatment: string
}

export const emergencies: readonly Emergency[] = [
  {
    icd: 'S01.0',
    name: 'Vết thương hở của da đầu',
    ages: [3, 75],
    weight: 8,
    room: 'Phòng tiểu phẫu',
    hours: [2, 4],
    complaints: ['Vết thương da đầu do tai nạn giao thông', 'Ngã, vết thương vùng trán'],
    findings: ['Tỉnh, Glasgow 15 điểm, vết thương da đầu 4 cm, bờ gọn, không lộ xương, không nôn.'],
    effects: { pain: 4, pulse: 12 },
    medicines: ['cefuroxime', 'paracetamol'],
    panels: [],
    imaging: [],
    procedure: 'woundSuture',
    treatment: 'Rửa, khâu vết thương, tiêm phòng uốn ván, theo dõi tri giác.',
    advice: 'Thay băng 2 ngày/lần, cắt chỉ sau 7 ngày; quay lại ngay khi đau đầu tăng, nôn, lơ mơ.',
  },
  {
    icd: 'S61.9',
    name: 'Vết thương hở của cổ tay và bàn tay, phần không xác định',
    ages: [8, 65],
    weight: 7,
    room: 'Phòng tiểu phẫu',
    hours: [1, 3],
    complaints: ['Vết thương bàn tay do dao', 'Vết thương ngón tay do máy'],
    findings: ['Vết thương bàn tay trái 3 cm, chảy máu ít, vận động và cảm giác ngón bình thường.'],
    effects: { pain: 4, pulse: 10 },
    medicines: ['cefuroxime', 'paracetamol'],
    panels: [],
    imaging: [],
    procedure: 'woundSuture',
    treatment: 'Rửa, khâu vết thương, tiêm phòng uốn ván.',
    advice: 'Giữ khô vết thương, thay băng 2 ngày/lần, cắt chỉ sau 10 ngày.',
  },
  {
    icd: 'J45.9',
    name: 'Hen, không phân loại',
    ages: [5, 65],
    weight: 5,
    room: 'Phòng hồi sức',
    hours: [4, 9],
    complaints: ['Khó thở, khò khè từ đêm, dùng thuốc xịt không đỡ'],
    findings: ['Ngồi thở, nói từng câu ngắn, phổi ran rít hai bên.'],
    effects: { respiration: 9, pulse: 26, saturation: -6, pco2: -4, po2: -18 },
    medicines: ['methylprednisolone', 'salbutamolInhaler'],
    panels: ['bloodCount', 'bloodGas'],
    imaging: ['chestXray'],
    treatment: 'Thở oxy, khí dung salbutamol 3 lần cách 20 phút, methylprednisolon tĩnh mạch.',
    advice: 'Dùng thuốc dự phòng hằng ngày, khám chuyên khoa hô hấp trong 3 ngày.',
  },
  {
    icd: 'R10.4',
    name: 'Đau bụng không xác định và đau bụng khác',
    ages: [6, 70],
    weight: 8,
    room: 'Phòng phân loại',
    hours: [3, 6],
    complaints: ['Đau bụng quanh rốn từ chiều'],
    findings: ['Bụng mềm, không phản ứng thành bụng, nhu động ruột bình thường.'],
    effects: { pain: 5, pulse: 10 },
    medicines: ['drotaverine'],
    panels: ['bloodCount', 'basic'],
    imaging: ['abdomenUltrasound'],
    treatment: 'Giảm co thắt, theo dõi bụng 4 giờ, loại trừ bụng ngoại khoa.',
    advice: 'Quay lại ngay khi đau khu trú hố chậu phải, sốt, nôn nhiều.',
  },
  {
    icd: 'R07.4',
    name: 'Đau ngực không đặc hiệu',
    ages: [30, 85],
    weight: 7,
    room: 'Phòng hồi sức',
    hours: [4, 8],
    complaints: ['Đau ngực trái thoáng qua', 'Tức ngực, hồi hộp'],
    findings: ['Tim đều, phổi không ran, ấn đau khớp ức sườn trái.'],
    effects: { pain: 3, pulse: 12, systolic: 12 },
    medicines: ['paracetamol'],
    panels: ['bloodCount', 'basic', 'heart'],
    imaging: ['ecg', 'chestXray'],
    treatment: 'Theo dõi điện tim, troponin hai lần cách 3 giờ âm tính.',
    advice: 'Khám tim mạch trong tuần; cấp cứu ngay khi đau ngực kéo dài, khó thở.',
  },
  {
    icd: 'R50.9',
    name: 'Sốt, không đặc hiệu',
    ages: [0, 10],
    weight: 12,
    room: 'Phòng phân loại',
    hours: [2, 5],
    complaints: ['Sốt cao 39,5 °C, quấy khóc', 'Sốt cao ngày thứ nhất, co giật một lần'],
    findings: ['Trẻ tỉnh, họng đỏ nhẹ, cổ mềm, phổi không ran.'],
    effects: { temperature: 2.6, pulse: 26, wbc: 3, crp: 9 },
    medicines: ['paracetamolChild', 'oresol'],
    panels: ['bloodCount'],
    imaging: [],
    treatment: 'Hạ sốt, chườm ấm, bù nước, theo dõi co giật.',
    advice: 'Theo dõi nhiệt độ mỗi 4 giờ; quay lại ngay khi li bì, co giật, nổi ban.',
  },
]
