/** MA_LOAI_KCB: its class of encounter in R4 and its Vietnamese name. @source 824/QĐ-BYT (2023), 1804/QĐ-BYT (2026) */
const KINDS: ReadonlyMap<string, readonly [encounterClass: string, name: string]> = new Map([
  ['01', ['AMB', 'Khám bệnh']],
  ['02', ['AMB', 'Điều trị ngoại trú']],
  ['03', ['IMP', 'Điều trị nội trú']],
  ['04', ['SS', 'Điều trị nội trú ban ngày']],
  ['05', ['AMB', 'Điều trị ngoại trú bệnh mạn tính: khám và lĩnh thuốc']],
  ['06', ['IMP', 'Điều trị lưu tại trạm y tế, phòng khám đa khoa khu vực']],
  ['07', ['AMB', 'Nhận thuốc theo hẹn']],
  ['08', ['AMB', 'Điều trị ngoại trú bệnh mạn tính có dịch vụ kỹ thuật']],
  ['09', ['IMP', 'Điều trị nội trú dưới 4 giờ']],
  ['10', ['AMB', 'Khám bệnh, chữa bệnh khác']],
  ['11', ['FLD', 'Khám bệnh, chữa bệnh lưu động']],
  ['12', ['HH', 'Khám bệnh, chữa bệnh tại nhà']],
  ['13', ['AMB', 'Y học gia đình']],
  ['14', ['VR', 'Khám bệnh, chữa bệnh từ xa']],
  ['15', ['AMB', 'Khám sức khỏe định kỳ']],
  ['16', ['AMB', 'Khám sàng lọc']],
])

/** Code of v3-ActCode; outpatient where the kind is not known. */
export const visitClass = (kind: string | undefined): string => KINDS.get(kind ?? '')?.[0] ?? 'AMB'

export const visitKindName = (kind: string | undefined): string =>
  KINDS.get(kind ?? '')?.[1] ?? 'Lượt khám bệnh, chữa bệnh'

/** Does the patient stay, so that drugs are given and not taken home? */
export const isStay = (kind: string | undefined): boolean => ['IMP', 'SS'].includes(visitClass(kind))
