import type { Rule } from '../rule.ts'
import type { FindingSeverity } from '../types.ts'

const ENVELOPE = 'Công văn 1245/BHXH-CNTT (03/05/2024), cấu trúc GIAMDINHHS'
const TABLES = 'QĐ 3176/QĐ-BYT, QĐ 4750/QĐ-BYT, QĐ 130/QĐ-BYT'
const SAFETY = 'An toàn dữ liệu: XML 1.0, không nhận DTD'
const LEGACY = 'QĐ 4210/QĐ-BYT (20/09/2017), hết hiệu lực 30/06/2024'

const rule = (
  number: number,
  severity: FindingSeverity,
  source: string,
  vi: string,
  en: string,
  wayOut: string,
  field: string | null = null,
): Rule => ({ id: `BHYT-READ-${number}`, severity, source, vi, en, wayOut, table: null, field })

const EXPORT_AGAIN = 'Xuất lại hồ sơ từ phần mềm gốc rồi nạp lại; không sửa tay tệp XML.'
const KEEP = 'Không cần làm gì: giá trị được giữ lại. Nên báo nhà cung cấp phần mềm cập nhật theo quyết định hiện hành.'

/** Everything the reader can say of a file's form. A `reject` refuses the whole file; nothing of it is stored. */
export const readRules = {
  encoding: rule(1, 'reject', ENVELOPE, 'Tệp không phải mã UTF-8', 'the file is not UTF-8', EXPORT_AGAIN),
  malformed: rule(
    2,
    'reject',
    ENVELOPE,
    'Tệp không phải XML hợp lệ hoặc bị cắt',
    'the file is no well-formed XML or is cut',
    EXPORT_AGAIN,
  ),
  doctype: rule(
    3,
    'reject',
    SAFETY,
    'XML có khai báo DOCTYPE hoặc thực thể, không được nhận',
    'the XML has a DOCTYPE or entities of its own, which are never taken',
    EXPORT_AGAIN,
  ),
  tooDeep: rule(
    4,
    'reject',
    SAFETY,
    'XML lồng nhau quá sâu hoặc một phần tử quá lớn',
    'the XML is nested too deeply or an element is too large',
    EXPORT_AGAIN,
  ),
  unknownRoot: rule(
    5,
    'reject',
    ENVELOPE,
    'Tệp không phải hồ sơ GIAMDINHHS hay thông điệp CHI_TIEU_TRANG_THAI_KCB',
    'the file is neither a GIAMDINHHS envelope nor a check-in message',
    'Chọn đúng tệp XML gửi cổng giám định BHYT.',
  ),
  noDossier: rule(
    6,
    'reject',
    ENVELOPE,
    'Không có HOSO nào trong DANHSACHHOSO',
    'there is no HOSO in DANHSACHHOSO',
    EXPORT_AGAIN,
  ),
  base64: rule(
    7,
    'reject',
    ENVELOPE,
    'NOIDUNGFILE không phải base64 trọn vẹn',
    'NOIDUNGFILE is no complete base64',
    EXPORT_AGAIN,
  ),
  innerEncoding: rule(
    8,
    'reject',
    ENVELOPE,
    'Nội dung bảng không phải mã UTF-8',
    'the inner document is not UTF-8',
    EXPORT_AGAIN,
  ),
  innerMalformed: rule(
    9,
    'reject',
    ENVELOPE,
    'Nội dung bảng không phải XML hợp lệ',
    'the inner document is no well-formed XML',
    EXPORT_AGAIN,
  ),
  innerRoot: rule(
    10,
    'reject',
    TABLES,
    'Nội dung không phải của bảng ghi ở LOAIHOSO',
    'the inner document is not the table that LOAIHOSO names',
    EXPORT_AGAIN,
  ),
  count: rule(
    11,
    'error',
    ENVELOPE,
    'SOLUONGHOSO khác số hồ sơ có trong tệp',
    'SOLUONGHOSO differs from the dossiers in the file',
    EXPORT_AGAIN,
    'SOLUONGHOSO',
  ),
  noCount: rule(12, 'warning', ENVELOPE, 'Thiếu SOLUONGHOSO', 'SOLUONGHOSO is missing', KEEP, 'SOLUONGHOSO'),
  unknownTable: rule(
    13,
    'error',
    ENVELOPE,
    'LOAIHOSO không có trong các quyết định',
    'no decision knows this LOAIHOSO',
    'Kiểm tra LOAIHOSO: chỉ nhận XML1 đến XML15, trừ XML12.',
    'LOAIHOSO',
  ),
  tableTwice: rule(
    14,
    'error',
    ENVELOPE,
    'Bảng xuất hiện hai lần trong một hồ sơ',
    'a table stands twice in one dossier',
    EXPORT_AGAIN,
  ),
  sameVisit: rule(
    15,
    'error',
    ENVELOPE,
    'Hai hồ sơ trong tệp có cùng MA_LK',
    'two dossiers of the file have the same MA_LK',
    EXPORT_AGAIN,
    'MA_LK',
  ),
  unknownField: rule(
    16,
    'warning',
    TABLES,
    'Thẻ không có trong quyết định, được giữ nguyên',
    'no decision knows this element; it is kept',
    KEEP,
  ),
  formerName: rule(
    17,
    'warning',
    'QĐ 3176/QĐ-BYT',
    'Tên trường cũ trước QĐ 3176, đã đổi sang tên mới',
    'a name from before decision 3176, renamed',
    KEEP,
  ),
  nestedInField: rule(
    18,
    'error',
    TABLES,
    'Trong trường có phần tử con, phần tử con không được nhận',
    'an element stands inside a field; it is not taken',
    EXPORT_AGAIN,
  ),
  fieldTwice: rule(
    19,
    'error',
    TABLES,
    'Trường xuất hiện hai lần trong một dòng',
    'a field stands twice in one row',
    EXPORT_AGAIN,
  ),
  legacy: rule(
    20,
    'warning',
    LEGACY,
    'Hồ sơ theo QĐ 4210: tên cũ được đổi, các trường của quyết định sau không có',
    'a dossier of decision 4210: old names are mapped, fields of later decisions are absent',
    'Chỉ dùng để tra cứu; không gửi lại hồ sơ này.',
  ),
  noSummary: rule(
    21,
    'error',
    TABLES,
    'Hồ sơ thiếu bảng XML1',
    'the dossier has no XML1',
    'Bổ sung bảng XML1: mỗi hồ sơ phải có đúng một bảng tổng hợp.',
  ),
  lost: rule(
    22,
    'reject',
    ENVELOPE,
    'Số bảng đọc được khác số FILEHOSO trong tệp',
    'the tables read differ from the FILEHOSO of the file',
    EXPORT_AGAIN,
  ),
} as const satisfies Readonly<Record<string, Rule>>
