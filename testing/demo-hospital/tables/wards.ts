/**
 * Where patients live: wards, communes and one special zone of the two-level system in force since 1 July 2025.
 * @source Quyết định 19/2025/QĐ-TTg of 30 June 2025
 */
export interface Ward {
  readonly code: string
  readonly name: string
  readonly province: Province
  readonly weight: number
}

/** `birthCodes`: the three-digit codes in personal numbers of people born in what is now this province. */
export interface Province {
  readonly code: string
  readonly name: string
  readonly birthCodes: readonly string[]
}

/** Code, name, then the three-digit codes of the 63 former provinces. @source Thông tư 59/2021/TT-BCA, phụ lục I */
const provinceRows = `
01|Thành phố Hà Nội|001
04|Tỉnh Cao Bằng|004
08|Tỉnh Tuyên Quang|008,002
11|Tỉnh Điện Biên|011
14|Tỉnh Sơn La|014
15|Tỉnh Lào Cai|010,015
19|Tỉnh Thái Nguyên|019,006
20|Tỉnh Lạng Sơn|020
22|Tỉnh Quảng Ninh|022
24|Tỉnh Bắc Ninh|024,027
25|Tỉnh Phú Thọ|025,026,017
31|Thành phố Hải Phòng|031,030
33|Tỉnh Hưng Yên|033,034
37|Tỉnh Ninh Bình|037,035,036
38|Tỉnh Thanh Hóa|038
40|Tỉnh Nghệ An|040
42|Tỉnh Hà Tĩnh|042
46|Thành phố Huế|046
48|Thành phố Đà Nẵng|048,049
66|Tỉnh Đắk Lắk|066,054
79|Thành phố Hồ Chí Minh|079,074,077
92|Thành phố Cần Thơ|092,093,094
96|Tỉnh Cà Mau|096,095`

/** Province, weight of each, then code=name. */
const wardRows = `
01|12|00199=Phường Láng;00118=Phường Bồ Đề;00008=Phường Ngọc Hà;00316=Phường Định Công;00352=Phường Phương Liệt
01|12|00592=Phường Từ Liêm;00340=Phường Yên Sở;09568=Phường Phú Lương;09886=Phường Dương Nội;00331=Phường Hoàng Mai
01|12|00229=Phường Kim Liên;00145=Phường Long Biên;00364=Phường Khương Đình;00082=Phường Cửa Nam;00637=Phường Đại Mỗ
01|6|09574=Phường Sơn Tây;00376=Xã Sóc Sơn;10354=Xã Vân Đình;10183=Xã Thường Tín;09955=Xã Thạch Thất;09787=Xã Liên Minh
01|4|09661=Xã Minh Châu;10342=Xã Đại Xuyên;09676=Xã Bất Bạt;00685=Xã Nam Phù;09706=Xã Yên Bài;09634=Xã Cổ Đô
01|4|10369=Xã Ứng Thiên;10126=Xã Bình Minh;10210=Xã Hồng Vân;10459=Xã Phúc Sơn;10180=Xã Dân Hòa;10489=Xã Hương Sơn
24|4|09190=Phường Võ Cường;09385=Phường Đồng Nguyên;09247=Phường Quế Võ;09334=Xã Liên Bão;07603=Xã Nam Dương
24|3|07738=Phường Cảnh Thụy;09454=Xã Gia Bình;09466=Xã Cao Đức
33|4|13225=Phường Thái Bình;12613=Xã Long Hưng;12577=Xã Quỳnh An;13141=Xã Vũ Quý;13264=Xã Thư Vũ
37|4|13384=Phường Kim Bảng;13684=Phường Thiên Trường;13699=Phường Thành Nam;14053=Xã Trực Ninh;14308=Xã Hải Xuân
37|3|13939=Xã Quỹ Nhất;14728=Xã Yên Từ;13540=Xã Bình An
31|3|11455=Phường Đồ Sơn;10675=Phường Kinh Môn;11203=Xã Ninh Giang;11050=Xã Gia Phúc;11914=Đặc khu Cát Hải
25|3|08686=Xã Tu Vũ;08905=Xã Hội Thịnh;08305=Xã Xuân Viên;08635=Xã Khả Cửu
38|3|15766=Xã An Nông;16438=Xã Lưu Vệ;15658=Xã Xuân Chinh
40|2|17464=Xã Diễn Châu;17713=Xã Đại Đồng;17176=Xã Quỳnh Anh
19|2|05674=Xã Quang Sơn;01912=Xã Chợ Rã;01960=Xã Hiệp Lực
20|2|06349=Xã Hưng Vũ;06220=Xã Công Sơn
22|2|07054=Xã Quảng La;06913=Xã Quảng Tân
08|2|02536=Xã Sơn Dương;01096=Xã Pà Vầy Sủ
15|2|03091=Xã Chiềng Ken;02725=Xã Bản Xèo
14|2|03670=Phường Chiềng Cơi;03814=Xã Chiềng Lao
11|1|03256=Xã Mường Ảng
04|1|01822=Xã Đức Long
42|2|18532=Xã Hương Phố;18328=Xã Thượng Đức
46|1|19960=Phường Phú Bài;20131=Xã Hưng Lộc
48|1|20848=Xã Thăng Điền;20500=Xã Đại Lộc
66|1|22114=Xã Tuy An Bắc
79|1|27004=Phường Tân Bình;26809=Phường Hiệp Bình;27559=Xã Hóc Môn
92|1|31213=Phường Tân Lộc;31666=Xã Tân Thạnh
96|1|32191=Xã Năm Căn`

const rowsOf = (table: string): string[][] =>
  table
    .trim()
    .split('\n')
    .map((line) => line.split('|'))

const provinces = new Map(
  rowsOf(provinceRows).map(([code = '', name = '', births = '']): [string, Province] => [
    code,
    { code, name, birthCodes: births.split(',') },
  ]),
)

const provinceOf = (code: string): Province => {
  const found = provinces.get(code)
  if (!found) throw new Error(`No province ${code} in the table`)
  return found
}

export const wards: readonly Ward[] = rowsOf(wardRows).flatMap(([province = '', weight = '0', list = '']) =>
  list.split(';').map((row): Ward => {
    const [code = '', name = ''] = row.split('=')
    return { code, name, province: provinceOf(province), weight: Number(weight) }
  }),
)

/** Ward by code, for people whose home is part of their story. */
export function wardOf(code: string): Ward {
  const found = wards.find((ward) => ward.code === code)
  if (!found) throw new Error(`No ward ${code} in the table`)
  return found
}

/** Street names found in most towns. */
export const streets = [
  'Trần Phú',
  'Lê Lợi',
  'Nguyễn Trãi',
  'Hai Bà Trưng',
  'Quang Trung',
  'Lý Thường Kiệt',
  'Ngô Quyền',
  'Phan Chu Trinh',
  'Hoàng Hoa Thám',
  'Bạch Đằng',
  'Điện Biên Phủ',
  'Nguyễn Du',
] as const
