import type { DepartmentKey } from './departments.ts'

/** Operations and procedures. Codes and names: @source Quyết định 7603/QĐ-BYT (technical services) */
export interface ProcedureRow {
  readonly service: string
  readonly name: string
  readonly department: DepartmentKey
  readonly minutes: number
  readonly surgical: boolean
  readonly outcome: string
}

const row = (
  service: string,
  name: string,
  department: DepartmentKey,
  minutes: number,
  surgical: boolean,
  outcome: string,
): ProcedureRow => ({ service, name, department, minutes, surgical, outcome })

const procedures: Readonly<Record<string, ProcedureRow>> = {
  appendectomy: row(
    '03.4071.2039',
    'Phẫu thuật nội soi cắt ruột thừa',
    'theatre',
    55,
    true,
    'Ruột thừa viêm mủ, chưa vỡ; cắt ruột thừa, lau sạch ổ bụng, không dẫn lưu.',
  ),
  cholecystectomy: row(
    '03.4021.0473',
    'Phẫu thuật nội soi cắt túi mật',
    'theatre',
    70,
    true,
    'Cắt túi mật xuôi dòng, kẹp clip ống và động mạch túi mật, không rò mật.',
  ),
  caesarean: row(
    '13.0007.0671',
    'Phẫu thuật lấy thai',
    'theatre',
    50,
    true,
    'Lấy ra một bé khỏe, Apgar 9/10 điểm; khâu cơ tử cung hai lớp, mất máu 300 mL.',
  ),
  delivery: row(
    '13.0033.0614',
    'Đỡ đẻ thường ngôi chỏm',
    'obstetrics',
    40,
    false,
    'Đẻ thường một bé khỏe, Apgar 9/10 điểm, rau bong hoàn toàn, khâu tầng sinh môn.',
  ),
  hipReplacement: row(
    '10.0930.0545',
    'Phẫu thuật thay khớp háng bán phần',
    'theatre',
    95,
    true,
    'Thay chỏm lưỡng cực không xi măng, khớp vững, mất máu 250 mL.',
  ),
  wristFixation: row(
    '10.0820.0556',
    'Phẫu thuật kết hợp xương gãy đầu dưới xương quay',
    'theatre',
    65,
    true,
    'Nắn chỉnh, đặt nẹp khóa đầu dưới xương quay, kiểm tra C-arm trục thẳng.',
  ),
  cataract: row(
    '14.0005.0815',
    'Phẫu thuật tán nhuyễn thể thủy tinh bằng siêu âm (Phaco)',
    'eye',
    25,
    true,
    'Đặt thể thủy tinh nhân tạo trong bao, giác mạc trong.',
  ),
  coronaryStent: row(
    '02.0101.0054',
    'Nong và đặt stent động mạch vành',
    'cardiology',
    60,
    false,
    'Tắc hoàn toàn đoạn gần động mạch liên thất trước; đặt 1 stent phủ thuốc, dòng chảy TIMI III.',
  ),
  endoscopicHaemostasis: row(
    '02.0253.0135',
    'Nội soi thực quản - dạ dày - tá tràng cấp cứu',
    'function',
    30,
    false,
    'Tiêm cầm máu và kẹp clip ổ loét hành tá tràng, ngừng chảy máu.',
  ),
  woundSuture: row(
    '03.3827.0216',
    'Khâu vết thương phần mềm dài dưới 10 cm',
    'emergency',
    25,
    false,
    'Khâu 5 mũi, băng ép, không chảy máu.',
  ),
  haemodialysis: row('01.0175.0196', 'Thận nhân tạo thường quy', 'nephrology', 240, false, 'Buổi lọc an toàn.'),
  intubation: row(
    '01.0066.1888',
    'Đặt ống nội khí quản',
    'intensive',
    15,
    false,
    'Đặt ống số 7,5 cố định ở 22 cm, phổi thông khí đều hai bên.',
  ),
  ventilation: row(
    '01.0132.0209',
    'Thông khí nhân tạo xâm nhập',
    'intensive',
    0,
    false,
    'Thở máy theo chiến lược bảo vệ phổi.',
  ),
  tracheostomy: row(
    '01.0073.0120',
    'Mở khí quản thường quy',
    'intensive',
    40,
    true,
    'Mở khí quản cấp II, đặt canuyn số 8, không chảy máu.',
  ),
  centralLine: row(
    '01.0008.0100',
    'Đặt catheter tĩnh mạch trung tâm nhiều nòng',
    'intensive',
    30,
    false,
    'Đặt ở tĩnh mạch cảnh trong phải dưới hướng dẫn siêu âm, không tai biến.',
  ),
  continuousFiltration: row(
    '01.0178.0118',
    'Lọc máu liên tục cấp cứu (CVVH) cho người bệnh sốc nhiễm khuẩn',
    'intensive',
    1440,
    false,
    'Rút 2.000 mL/24 giờ, huyết động ổn định.',
  ),
}

/** A procedure by its key; a misspelt key is a bug of the tables and stops the generator. */
export function procedureOf(key: string): ProcedureRow {
  const found = procedures[key]
  if (!found) throw new Error(`No procedure ${key}`)
  return found
}
