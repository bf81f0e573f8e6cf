/**
 * Departments of the demo hospital. Codes are the national ones; a department that joins two carries both, as the list
 * allows ("K48.49").
 * @source Quyết định 5937/QĐ-BYT of 30 December 2021, phụ lục 5
 */
export type DepartmentKey =
  | 'clinic'
  | 'emergency'
  | 'intensive'
  | 'medicine'
  | 'cardiology'
  | 'nephrology'
  | 'infection'
  | 'neurology'
  | 'paediatrics'
  | 'surgery'
  | 'trauma'
  | 'theatre'
  | 'obstetrics'
  | 'eye'
  | 'rehabilitation'
  | 'laboratory'
  | 'imaging'
  | 'function'
  | 'pharmacy'
  | 'nutrition'

export interface DepartmentRow {
  readonly key: DepartmentKey
  readonly code: string
  readonly name: string
  /** Rooms where people are seen (clinics, imaging rooms, theatres). */
  readonly rooms: readonly string[]
  /** Beds, four to a room; 0 where nobody stays overnight. */
  readonly beds: number
  readonly doctors: number
  readonly nurses: number
}

const row = (
  key: DepartmentKey,
  code: string,
  name: string,
  rooms: string,
  beds: number,
  doctors: number,
  nurses: number,
): DepartmentRow => ({ key, code, name, rooms: rooms ? rooms.split(';') : [], beds, doctors, nurses })

export const departmentRows: readonly DepartmentRow[] = [
  row(
    'clinic',
    'K01',
    'Khoa Khám bệnh',
    'Phòng khám Nội 1;Phòng khám Nội 2;Phòng khám Tim mạch;Phòng khám Nội tiết;Phòng khám Hô hấp;' +
      'Phòng khám Tiêu hóa;Phòng khám Cơ xương khớp;Phòng khám Ngoại;Phòng khám Sản phụ khoa;Phòng khám Nhi;' +
      'Phòng khám Tai Mũi Họng;Phòng khám Mắt;Phòng khám Răng Hàm Mặt;Phòng khám Da liễu;Phòng khám Thần kinh',
    0,
    16,
    12,
  ),
  row('emergency', 'K02', 'Khoa Cấp cứu', 'Phòng phân loại;Phòng hồi sức;Phòng tiểu phẫu', 16, 6, 10),
  row('intensive', 'K48.49', 'Khoa Hồi sức tích cực – Chống độc', 'Phòng thủ thuật', 16, 6, 12),
  row('medicine', 'K03', 'Khoa Nội tổng hợp', '', 40, 6, 10),
  row('cardiology', 'K04', 'Khoa Nội tim mạch', '', 28, 4, 6),
  row('nephrology', 'K07.35', 'Khoa Thận nhân tạo', 'Phòng lọc máu 1;Phòng lọc máu 2;Phòng lọc máu 3', 0, 3, 10),
  row('infection', 'K11', 'Khoa Truyền nhiễm', '', 24, 3, 6),
  row('neurology', 'K14', 'Khoa Thần kinh', '', 24, 3, 6),
  row('paediatrics', 'K18', 'Khoa Nhi', 'Phòng tiêm chủng', 32, 5, 8),
  row('surgery', 'K19', 'Khoa Ngoại tổng hợp', '', 36, 5, 8),
  row('trauma', 'K24', 'Khoa Chấn thương chỉnh hình', 'Phòng bột', 28, 4, 6),
  row('theatre', 'K26', 'Khoa Phẫu thuật – Gây mê hồi sức', 'Phòng mổ 1;Phòng mổ 2;Phòng mổ 3;Phòng hồi tỉnh', 0, 4, 8),
  row('obstetrics', 'K27', 'Khoa Phụ sản', 'Phòng đẻ;Phòng khám thai', 32, 5, 8),
  row('eye', 'K30', 'Khoa Mắt', 'Phòng mổ mắt', 12, 2, 3),
  row('rehabilitation', 'K31', 'Khoa Phục hồi chức năng', 'Phòng vật lý trị liệu', 16, 2, 4),
  row('laboratory', 'K47', 'Khoa Xét nghiệm', 'Phòng lấy mẫu;Phòng huyết học;Phòng sinh hóa;Phòng vi sinh', 0, 3, 6),
  row('imaging', 'K39', 'Khoa Chẩn đoán hình ảnh', 'Phòng X-quang 1;Phòng siêu âm 1;Phòng siêu âm 2;Phòng CT', 0, 4, 4),
  row('function', 'K40', 'Khoa Thăm dò chức năng', 'Phòng điện tim;Phòng nội soi;Phòng hô hấp ký', 0, 3, 3),
  row('pharmacy', 'K44', 'Khoa Dược', 'Quầy cấp phát thuốc bảo hiểm y tế;Nhà thuốc bệnh viện', 0, 0, 0),
  row('nutrition', 'K45', 'Khoa Dinh dưỡng', '', 0, 1, 1),
]
