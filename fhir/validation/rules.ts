import type { IssueCode, Sentence, Severity } from '#fhir/outcome'

/** What a sentence may mention. Codes, element names and addresses only: never a value that could be a person's. */
export interface Detail {
  readonly name?: string
  readonly expected?: string
  readonly found?: string
}

interface Rule {
  readonly severity: Severity
  readonly code: IssueCode
  readonly say: (detail: Detail) => Sentence
}

const rule = (code: IssueCode, say: Rule['say'], severity: Severity = 'error'): Rule => ({ severity, code, say })

/**
 * Every rule of base validation except those written in FHIRPath by the standard (those keep the standard's key,
 * such as `obs-6`, and stand in invariant-sentences.ts). The ids are explained in docs/rules/fhir-validation.md.
 */
export const RULES = {
  'FHIR-STRUCTURE-1': rule('structure', ({ name, expected }) => ({
    vi: `${expected} không có thành phần "${name}"`,
    en: `${expected} has no element "${name}"`,
  })),
  'FHIR-STRUCTURE-2': rule('structure', ({ expected, found }) => ({
    vi: `Sai kiểu JSON: cần ${expected}, nhận được ${found}`,
    en: `Wrong JSON type: expected ${expected}, found ${found}`,
  })),
  'FHIR-STRUCTURE-3': rule('structure', ({ found }) => ({
    vi: `Không được để trống (${found})`,
    en: `Must not be empty (${found})`,
  })),
  'FHIR-STRUCTURE-4': rule('structure', () => ({
    vi: 'Không được dùng null ở đây',
    en: 'null is not allowed here',
  })),
  'FHIR-STRUCTURE-5': rule('structure', () => ({
    vi: 'Phần mở rộng của danh sách phải dài bằng danh sách giá trị',
    en: 'The list of extensions must be as long as the list of values',
  })),
  'FHIR-STRUCTURE-6': rule('structure', ({ found }) => ({
    vi: `Không có loại tài nguyên "${found}" trong FHIR R4`,
    en: `FHIR R4 has no resource type "${found}"`,
  })),
  'FHIR-STRUCTURE-7': rule('structure', () => ({
    vi: 'Thiếu "resourceType"',
    en: '"resourceType" is missing',
  })),
  'FHIR-STRUCTURE-8': rule('too-costly', () => ({
    vi: 'Nội dung lồng nhau quá sâu hoặc quá lớn để kiểm tra',
    en: 'The content is nested too deep, or is too large, to be checked',
  })),
  'FHIR-STRUCTURE-9': rule('business-rule', ({ found }) => ({
    vi: `Mã nội bộ (id) "${found}" bị lặp lại trong cùng một tài nguyên`,
    en: `The element id "${found}" occurs twice in one resource`,
  })),
  'FHIR-STRUCTURE-10': rule(
    'too-costly',
    () => ({
      vi: 'Còn nhiều điểm khác, không liệt kê thêm',
      en: 'There are more problems, which are not listed',
    }),
    'information',
  ),
  'FHIR-CARDINALITY-1': rule('required', ({ name }) => ({
    vi: `Thiếu thành phần bắt buộc "${name}"`,
    en: `The mandatory element "${name}" is missing`,
  })),
  'FHIR-CARDINALITY-2': rule('structure', ({ name, expected }) => ({
    vi: `"${name}" chỉ được có tối đa ${expected} giá trị`,
    en: `"${name}" may have at most ${expected} values`,
  })),
  'FHIR-CHOICE-1': rule('structure', ({ name }) => ({
    vi: `"${name}[x]" chỉ được có một kiểu giá trị`,
    en: `"${name}[x]" may be present in one type only`,
  })),
  'FHIR-PRIMITIVE-1': rule('value', ({ expected }) => ({
    vi: `Giá trị không đúng dạng ${expected}`,
    en: `The value is not a valid ${expected}`,
  })),
  'FHIR-PRIMITIVE-2': rule('value', ({ expected }) => ({
    vi: `Ngày giờ không có thật (${expected})`,
    en: `There is no such date or time (${expected})`,
  })),
  'FHIR-PRIMITIVE-3': rule('too-long', () => ({
    vi: 'Chuỗi dài quá 1 MB',
    en: 'The string is longer than 1 MB',
  })),
  'FHIR-PRIMITIVE-4': rule('value', () => ({
    vi: 'Chuỗi có ký tự điều khiển không được phép',
    en: 'The string contains control characters, which are not allowed',
  })),
  'FHIR-CODE-1': rule('code-invalid', ({ expected }) => ({
    vi: `Mã không thuộc danh mục bắt buộc ${expected}`,
    en: `The code is not in the required value set ${expected}`,
  })),
  'FHIR-CODE-2': rule('code-invalid', ({ found }) => ({
    vi: `Hệ thống mã ${found} không có mã này`,
    en: `The code system ${found} has no such code`,
  })),
  'FHIR-CODE-3': rule('code-invalid', ({ expected }) => ({
    vi: `Cần một mã thuộc danh mục bắt buộc ${expected}`,
    en: `A code of the required value set ${expected} is needed`,
  })),
  'FHIR-CODE-4': rule('value', () => ({
    vi: 'Hệ thống mã phải là địa chỉ tuyệt đối',
    en: 'The system of a code must be an absolute address',
  })),
  'FHIR-CODE-5': rule('value', ({ found }) => ({
    vi: `${found} là danh mục (ValueSet), không phải hệ thống mã`,
    en: `${found} is a value set, not a code system`,
  })),
  'FHIR-CODE-6': rule(
    'code-invalid',
    ({ found }) => ({
      vi: `Không thấy mã này trong hệ thống mã ${found} theo bản R4`,
      en: `The R4 edition of the code system ${found} has no such code`,
    }),
    'warning',
  ),
  'FHIR-CODE-7': rule('code-invalid', ({ found }) => ({
    vi: `${found} chỉ bổ sung cho hệ thống mã khác, không dùng làm hệ thống của một mã`,
    en: `${found} only supplements another code system, and cannot be the system of a code`,
  })),
  'FHIR-ATTACHMENT-1': rule('value', () => ({
    vi: 'Kích thước khai báo khác với kích thước của dữ liệu',
    en: 'The stated size is not the size of the data',
  })),
  'FHIR-REFERENCE-1': rule('structure', ({ expected, found }) => ({
    vi: `Tham chiếu đến ${found}, trong khi chỉ được đến ${expected}`,
    en: `The reference is to a ${found}, but may only be to ${expected}`,
  })),
  'FHIR-REFERENCE-2': rule('structure', ({ found }) => ({
    vi: `Không có loại tài nguyên "${found}" trong FHIR R4`,
    en: `FHIR R4 has no resource type "${found}"`,
  })),
  'FHIR-REFERENCE-3': rule('structure', ({ found, expected }) => ({
    vi: `Reference.type là ${found}, nhưng địa chỉ chỉ đến ${expected}`,
    en: `Reference.type says ${found}, but the address leads to a ${expected}`,
  })),
  'FHIR-REFERENCE-4': rule('value', () => ({
    vi: 'Địa chỉ tham chiếu không hợp lệ',
    en: 'The address of the reference is not valid',
  })),
  'FHIR-REFERENCE-5': rule('value', ({ expected, found }) => ({
    vi: `Địa chỉ chỉ đến ${found}, trong khi phải là ${expected}`,
    en: `The address is that of a ${found}, but should be that of a ${expected}`,
  })),
  'FHIR-EXTENSION-1': rule('extension', () => ({
    vi: 'Phần mở rộng phải có "url" là địa chỉ tuyệt đối',
    en: 'An extension must have an absolute "url"',
  })),
  'FHIR-EXTENSION-2': rule('extension', ({ found }) => ({
    vi: `Phần mở rộng ${found} không được dùng như thế này`,
    en: `The extension ${found} may not be used in this way`,
  })),
  'FHIR-EXTENSION-3': rule('extension', ({ found, expected }) => ({
    vi: `Phần mở rộng ${found} phải có giá trị kiểu ${expected}`,
    en: `The extension ${found} must have a value of type ${expected}`,
  })),
  'FHIR-EXTENSION-4': rule('extension', ({ found }) => ({
    vi: `Phần mở rộng ${found} không dành cho thành phần này`,
    en: `The extension ${found} is not meant for this element`,
  })),
  'FHIR-EXTENSION-5': rule(
    'extension',
    ({ found }) => ({
      vi: `Phần mở rộng ${found} thường không dùng ở đây`,
      en: `The extension ${found} is not usually used here`,
    }),
    'warning',
  ),
  'FHIR-PROFILE-1': rule('structure', ({ expected, found }) => ({
    vi: `Hồ sơ chuẩn ${found} dành cho loại ${expected}`,
    en: `The profile ${found} is for the type ${expected}`,
  })),
  'FHIR-PROFILE-2': rule('required', ({ name, expected, found }) => ({
    vi: `Hồ sơ chuẩn ${found} cần ít nhất ${expected} giá trị "${name}"`,
    en: `The profile ${found} asks for at least ${expected} of "${name}"`,
  })),
  'FHIR-PROFILE-3': rule('business-rule', ({ name, expected, found }) => ({
    vi: `Hồ sơ chuẩn ${found} cho phép tối đa ${expected} giá trị "${name}"`,
    en: `The profile ${found} allows at most ${expected} of "${name}"`,
  })),
  'FHIR-PROFILE-4': rule('value', ({ name, found }) => ({
    vi: `"${name}" khác với giá trị mà hồ sơ chuẩn ${found} quy định`,
    en: `"${name}" differs from the value that the profile ${found} fixes`,
  })),
  'FHIR-PROFILE-5': rule('business-rule', ({ name, expected, found }) => ({
    vi: `Theo hồ sơ chuẩn ${found}, "${name}" phải thuộc kiểu ${expected}`,
    en: `By the profile ${found}, "${name}" must be of type ${expected}`,
  })),
  'FHIR-PROFILE-6': rule('business-rule', ({ name, found }) => ({
    vi: `Giá trị này của "${name}" không thuộc nhóm nào mà hồ sơ chuẩn ${found} cho phép`,
    en: `This value of "${name}" is in none of the slices that the profile ${found} allows`,
  })),
  'FHIR-PROFILE-7': rule('invariant', ({ name, expected, found }) => ({
    vi: `Không thoả quy tắc ${name} của hồ sơ chuẩn ${found}: ${expected}`,
    en: `The rule ${name} of the profile ${found} is broken: ${expected}`,
  })),
  'FHIR-PROFILE-8': rule('too-long', ({ expected }) => ({
    vi: `Văn bản dài quá ${expected} ký tự mà hồ sơ chuẩn cho phép`,
    en: `The text is longer than the ${expected} characters that the profile allows`,
  })),
  'FHIR-PROFILE-9': rule('value', () => ({
    vi: 'Giá trị nằm ngoài khoảng mà hồ sơ chuẩn cho phép',
    en: 'The value is outside the range that the profile allows',
  })),
  'FHIR-PROFILE-10': rule('not-supported', ({ found }) => ({
    vi: `Không có hồ sơ chuẩn ${found} cho loại tài nguyên này`,
    en: `There is no profile ${found} for this type of resource`,
  })),
  'FHIR-PROFILE-11': rule('business-rule', ({ found }) => ({
    vi: `Giá trị này không thoả hồ sơ nào trong các hồ sơ mà ${found} cho phép`,
    en: `The value satisfies none of the profiles that ${found} allows`,
  })),
  'FHIR-NARRATIVE-1': rule('invalid', ({ found }) => ({
    vi: `Phần văn bản không phải XHTML đúng cú pháp: ${found}`,
    en: `The narrative is not well-formed XHTML: ${found}`,
  })),
  'FHIR-BUNDLE-1': rule('invalid', () => ({
    vi: '"fullUrl" phải là địa chỉ tuyệt đối',
    en: 'The "fullUrl" must be an absolute address',
  })),
  'FHIR-BUNDLE-2': rule(
    'invalid',
    () => ({
      vi: '"fullUrl" không khớp với loại và mã của tài nguyên',
      en: 'The "fullUrl" does not agree with the type and id of the resource',
    }),
    'warning',
  ),
  'FHIR-BUNDLE-3': rule('invalid', () => ({
    vi: 'Tham chiếu trong tài liệu không có trong gói',
    en: 'A reference of the document leads to nothing in the bundle',
  })),
  'FHIR-BUNDLE-4': rule('invalid', ({ found }) => ({
    vi: `Liên kết "${found}" chỉ được có một lần`,
    en: `The link "${found}" may occur only once`,
  })),
  'FHIR-BUNDLE-5': rule('invalid', () => ({
    vi: 'Kết quả tìm kiếm phải có mã (id)',
    en: 'Search results must have ids',
  })),
  'FHIR-BUNDLE-6': rule('invalid', ({ expected }) => ({
    vi: `Kết quả tìm kiếm không thuộc loại được tìm (${expected})`,
    en: `A search match is not of the type that was searched for (${expected})`,
  })),
  'FHIR-BUNDLE-7': rule('invalid', () => ({
    vi: 'Mục kết quả "outcome" phải là OperationOutcome',
    en: 'An entry of search mode "outcome" must be an OperationOutcome',
  })),
  'FHIR-BUNDLE-8': rule('required', () => ({
    vi: 'Mục này phải có "fullUrl"',
    en: 'This entry must have a "fullUrl"',
  })),
  'FHIR-FORM-1': rule('business-rule', () => ({
    vi: 'Phiếu không có mục này ở vị trí này (linkId)',
    en: 'The questionnaire has no item with this linkId at this place',
  })),
  'FHIR-FORM-2': rule('structure', ({ name }) => ({
    vi: `Mục kiểu "${name}" không có câu trả lời`,
    en: `An item of type "${name}" has no answers`,
  })),
  'FHIR-FORM-3': rule('required', ({ name }) => ({
    vi: `Chưa trả lời mục bắt buộc "${name}"`,
    en: `The required item "${name}" is not answered`,
  })),
  'FHIR-FORM-4': rule('structure', ({ name }) => ({
    vi: `Mục "${name}" chỉ được trả lời một lần`,
    en: `The item "${name}" may be answered only once`,
  })),
  'FHIR-FORM-5': rule('value', ({ expected, found }) => ({
    vi: `Câu trả lời phải thuộc kiểu ${expected}, không phải ${found}`,
    en: `The answer must be of type ${expected}, not ${found}`,
  })),
  'FHIR-FORM-6': rule('code-invalid', () => ({
    vi: 'Câu trả lời không nằm trong các lựa chọn của phiếu',
    en: 'The answer is not one of the options of the questionnaire',
  })),
  'FHIR-FORM-7': rule('value', () => ({
    vi: 'Câu trả lời quá dài hoặc quá ngắn',
    en: 'The answer is too long or too short',
  })),
  'FHIR-FORM-8': rule('value', () => ({
    vi: 'Câu trả lời nằm ngoài khoảng cho phép',
    en: 'The answer is outside the permitted range',
  })),
  'FHIR-FORM-9': rule('value', ({ expected }) => ({
    vi: `Câu trả lời có quá ${expected} chữ số thập phân`,
    en: `The answer has more than ${expected} decimal places`,
  })),
  'FHIR-FORM-10': rule('value', () => ({
    vi: 'Câu trả lời không đúng mẫu của phiếu',
    en: 'The answer does not have the form that the questionnaire asks for',
  })),
  'FHIR-FORM-11': rule('value', ({ expected }) => ({
    vi: `Tệp đính kèm phải thuộc loại ${expected}`,
    en: `The attachment must be of type ${expected}`,
  })),
  'FHIR-FORM-12': rule('too-long', () => ({
    vi: 'Tệp đính kèm quá lớn',
    en: 'The attachment is too large',
  })),
  'FHIR-FORM-13': rule('invariant', () => ({
    vi: 'Lựa chọn này không được chọn cùng lựa chọn khác',
    en: 'This option excludes the others',
  })),
  'FHIR-FORM-14': rule(
    'business-rule',
    () => ({
      vi: 'Mục này được trả lời dù không cần hỏi (enableWhen)',
      en: 'This item is answered although it was not to be asked (enableWhen)',
    }),
    'warning',
  ),
  'FHIR-DEFINITION-1': rule('business-rule', ({ expected, found }) => ({
    vi: `Tham số tìm kiếm thuộc kiểu ${expected}, không phải ${found}`,
    en: `The search parameter is of type ${expected}, not ${found}`,
  })),
  'FHIR-DEFINITION-2': rule('business-rule', () => ({
    vi: 'Tham số tìm kiếm kiểu "composite" phải có ít nhất hai thành phần',
    en: 'A composite search parameter must have at least two components',
  })),
  'FHIR-DEFINITION-3': rule('business-rule', ({ found }) => ({
    vi: `Số mã khai báo (count) khác với số mã có thật (${found})`,
    en: `The stated count differs from the number of concepts (${found})`,
  })),
  'FHIR-DEFINITION-4': rule('business-rule', () => ({
    vi: 'Bản bổ sung của hệ thống mã phải có content là "supplement"',
    en: 'A code system that supplements another must have the content "supplement"',
  })),
  'FHIR-DEFINITION-5': rule(
    'business-rule',
    ({ found }) => ({
      vi: `"${found}" được khai báo hai lần`,
      en: `"${found}" is declared twice`,
    }),
    'warning',
  ),
  'FHIR-DEFINITION-6': rule(
    'value',
    () => ({
      vi: 'Địa chỉ hệ thống mã phải là địa chỉ tuyệt đối, không phải tham chiếu nội bộ',
      en: 'The address of a code system must be absolute, not a local reference',
    }),
    'warning',
  ),
  'FHIR-DEFINITION-7': rule('business-rule', ({ expected, found }) => ({
    vi: `Thuộc tính này của hệ thống mã phải có kiểu ${expected}, không phải ${found}`,
    en: `This property of a code system is of type ${expected}, not ${found}`,
  })),
  'FHIR-DEFINITION-8': rule('business-rule', ({ found }) => ({
    vi: `Biểu thức nói về ${found}, nhưng tham số tìm kiếm không dành cho loại này`,
    en: `The expression is about ${found}, which is not a base of the search parameter`,
  })),
  'FHIR-DEFINITION-9': rule('business-rule', ({ name }) => ({
    vi: `Kiểu được mô tả không có thành phần "${name}"`,
    en: `The type that is described has no element "${name}"`,
  })),
} as const satisfies Record<string, Rule>

export type RuleId = keyof typeof RULES
