import type { Finding } from '#obligations/health-insurance'

type Told = Pick<Finding, 'rule' | 'message' | 'english' | 'wayOut'>

const refused = (told: Told): Finding => ({
  ...told,
  severity: 'reject',
  table: null,
  row: null,
  field: null,
  source: 'Lành',
})

/** The system would not let us read the file. @param code its own name for the reason, such as EACCES */
export const unreadable = (code: string): Finding =>
  refused({
    rule: 'BHXH-1',
    message: `Không đọc được tệp (${code})`,
    english: `The file cannot be read (${code})`,
    wayOut: 'Kiểm tra tệp còn đó và người dùng này được phép đọc',
  })

/** @see importLarge */
export const withoutFacility = (): Finding =>
  refused({
    rule: 'BHXH-9',
    message: 'Tệp lớn phải ghi MACSKCB trước các hồ sơ',
    english: 'A large file has to say MACSKCB before its dossiers',
    wayOut: 'Xuất mỗi hồ sơ một tệp, như hướng dẫn của BHXH, rồi nhập lại',
  })

/** The record refused what became of the file. @param why its own sentences @param english the same in English */
export const notStored = (rule: string, why: string, english: string): Finding =>
  refused({
    rule: 'BHXH-3',
    message: `Bệnh án không nhận dữ liệu của tệp: ${why} (${rule})`,
    english: `The record does not take what the file says: ${english} (${rule})`,
    wayOut: 'Sửa trường được nêu rồi nhập lại tệp',
  })

/** Somebody ended the import while this file was under way. */
export const cancelled = (): Finding =>
  refused({
    rule: 'BHXH-4',
    message: 'Việc nhập đã bị dừng; không có gì của tệp này được lưu',
    english: 'The import was cancelled; nothing of this file is stored',
    wayOut: 'Tiếp tục lần nhập này khi cần',
  })

/** A dossier in the file cannot be told from others. */
export const withoutVisit = (): Finding => ({
  ...refused({
    rule: 'BHXH-5',
    message: 'Hồ sơ không có MA_LK nên không thể lưu',
    english: 'A dossier has no MA_LK and cannot be stored',
    wayOut: 'Bổ sung MA_LK trong XML1 rồi nhập lại tệp',
  }),
  table: 'XML1',
  field: 'MA_LK',
})

/** There is nobody whose chart the dossier could be. */
export const damaged = (): Finding => ({
  ...refused({
    rule: 'BHXH-6',
    message: 'Hồ sơ không có bảng XML1 nên không biết là của người bệnh nào',
    english: 'A dossier has no table XML1: nobody knows whose it is',
    wayOut: 'Xuất lại hồ sơ đủ bảng XML1 rồi nhập lại tệp',
  }),
  table: 'XML1',
})

/** A later state of the same dossier is stored already. */
export const outdated = (): Finding => ({
  ...refused({
    rule: 'BHXH-7',
    message: 'Đã có bản lập sau của hồ sơ này; bản này chỉ được lưu nguyên văn',
    english: 'A later state of this dossier is stored; this one is only kept as received',
    wayOut: 'Không cần làm gì nếu bản lập sau là bản đúng',
  }),
  severity: 'warning',
})

/** What comes was exported from this record: its visit is here, and the chart says more than the file. */
export const composedHere = (): Finding => ({
  ...refused({
    rule: 'BHXH-10',
    message: 'Hồ sơ này do Lành lập từ bệnh án đang có; tệp chỉ được lưu nguyên văn, bệnh án không đổi',
    english: 'Lành composed this dossier from a visit of this record; the file is kept as received, the chart stays',
    wayOut: 'Muốn sửa thì sửa trong bệnh án rồi lập lại hồ sơ',
  }),
  severity: 'warning',
})

/** A fault of ours. @param fault its message, which holds no data of patients */
export const faulty = (fault: string): Finding =>
  refused({
    rule: 'BHXH-8',
    message: 'Lành gặp lỗi khi xử lý tệp; không có gì của tệp này được lưu',
    english: `Lành failed on this file; nothing of it is stored (${fault})`,
    wayOut: 'Gửi thông báo này cho người phát triển; các tệp khác vẫn được nhập',
  })
