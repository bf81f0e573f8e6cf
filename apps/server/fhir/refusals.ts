import { type IssueCode, no, type Refusal, type Sentence } from '#fhir/outcome'

interface Rule {
  readonly status: number
  readonly code: IssueCode
  readonly message: Sentence
}

/** What the REST interface itself refuses, whatever the resource says. Explained in docs/rules/fhir-http.md. */
const RULES = {
  'FHIR-HTTP-1': {
    status: 404,
    code: 'not-found',
    message: { vi: 'Không có loại tài nguyên này trong FHIR R4', en: 'FHIR R4 has no such resource type' },
  },
  'FHIR-HTTP-2': {
    status: 404,
    code: 'not-found',
    message: { vi: 'Không tìm thấy bản ghi', en: 'There is no such resource' },
  },
  'FHIR-HTTP-3': {
    status: 410,
    code: 'deleted',
    message: { vi: 'Bản ghi đã bị xóa', en: 'The resource has been deleted' },
  },
  'FHIR-HTTP-4': {
    status: 405,
    code: 'not-supported',
    message: { vi: 'Địa chỉ này không nhận phương thức HTTP đã dùng', en: 'This address does not take this method' },
  },
  'FHIR-HTTP-5': {
    status: 406,
    code: 'not-supported',
    message: { vi: 'Máy chủ chỉ trả lời bằng JSON (FHIR 4.0)', en: 'Answers are given in JSON (FHIR 4.0) only' },
  },
  'FHIR-HTTP-6': {
    status: 415,
    code: 'not-supported',
    message: { vi: 'Không đọc được kiểu nội dung này', en: 'Content of this type is not read here' },
  },
  'FHIR-HTTP-7': {
    status: 400,
    code: 'invalid',
    message: {
      vi: 'Loại tài nguyên trong nội dung khác với địa chỉ',
      en: 'The type in the body is not that of the address',
    },
  },
  'FHIR-HTTP-8': {
    status: 400,
    code: 'invalid',
    message: {
      vi: 'Mã trong nội dung phải có và bằng mã ở địa chỉ',
      en: 'The id in the body must be that of the address',
    },
  },
  'FHIR-HTTP-9': {
    status: 400,
    code: 'invalid',
    message: {
      vi: 'Mã chỉ gồm chữ không dấu, số, "-" và ".", dài 1 đến 64 ký tự, khác "." và ".."',
      en: 'An id has 1 to 64 ASCII letters, digits, "-" and ".", and is not "." or ".."',
    },
  },
  'FHIR-HTTP-10': {
    status: 412,
    code: 'conflict',
    message: {
      vi: 'Bản ghi đã được người khác sửa; hãy tải lại rồi sửa tiếp',
      en: 'The current version is not the one named by If-Match; reload and edit again',
    },
  },
  'FHIR-HTTP-11': {
    status: 412,
    code: 'multiple-matches',
    message: { vi: 'Điều kiện khớp với nhiều bản ghi', en: 'The condition matches several resources' },
  },
  'FHIR-HTTP-12': {
    status: 412,
    code: 'duplicate',
    message: { vi: 'Bản ghi đã tồn tại', en: 'The resource exists already, which If-None-Match forbids' },
  },
  'FHIR-HTTP-13': {
    status: 400,
    code: 'invalid',
    message: { vi: 'Tham số hoặc tiêu đề HTTP sai định dạng', en: 'A parameter or header is malformed' },
  },
  'FHIR-HTTP-14': {
    status: 413,
    code: 'too-long',
    message: { vi: 'Nội dung quá lớn', en: 'The body is too large' },
  },
  'FHIR-HTTP-15': {
    status: 400,
    code: 'required',
    message: { vi: 'Thiếu nội dung', en: 'A body is required' },
  },
  'FHIR-HTTP-16': {
    status: 400,
    code: 'structure',
    message: { vi: 'Bundle không thực hiện được', en: 'The Bundle cannot be processed' },
  },
  'FHIR-HTTP-17': {
    status: 400,
    code: 'duplicate',
    message: { vi: 'Hai mục của Bundle cùng ghi một bản ghi', en: 'Two entries of the Bundle write the same resource' },
  },
  'FHIR-HTTP-18': {
    status: 412,
    code: 'not-found',
    message: {
      vi: 'Tham chiếu có điều kiện phải khớp đúng một bản ghi',
      en: 'A conditional reference must match exactly one resource',
    },
  },
  'FHIR-HTTP-19': {
    status: 409,
    code: 'conflict',
    message: {
      vi: 'Bản ghi vừa được người khác sửa cùng lúc; hãy gửi lại',
      en: 'Somebody else wrote the resource at the same moment; send again',
    },
  },
  'FHIR-HTTP-20': {
    status: 500,
    code: 'exception',
    message: { vi: 'Máy chủ gặp lỗi; hãy thử lại', en: 'The server failed; try again' },
  },
  'FHIR-HTTP-21': {
    status: 404,
    code: 'not-found',
    message: { vi: 'Không có thao tác này', en: 'There is no such interaction or operation' },
  },
  'FHIR-HTTP-22': {
    status: 400,
    code: 'invalid',
    message: { vi: 'Địa chỉ có ký tự không hợp lệ', en: 'The address has characters that it may not have' },
  },
  'FHIR-HTTP-23': {
    status: 412,
    code: 'incomplete',
    message: {
      vi: 'Điều kiện phải có ít nhất một tham số tìm kiếm',
      en: 'A condition needs at least one search parameter',
    },
  },
  'FHIR-HTTP-24': {
    status: 503,
    code: 'transient',
    message: { vi: 'Cơ sở dữ liệu tạm thời không trả lời; hãy thử lại', en: 'The database does not answer; try again' },
  },
  'FHIR-HTTP-25': {
    status: 421,
    code: 'security',
    message: {
      vi: 'Máy chủ này không có tên miền đã dùng trong địa chỉ',
      en: 'This server does not go by the host name in the address',
    },
  },
  'FHIR-HTTP-26': {
    status: 413,
    code: 'too-costly',
    message: { vi: 'Bundle có quá nhiều mục', en: 'The Bundle has too many entries' },
  },
  'FHIR-HTTP-27': {
    status: 400,
    code: 'duplicate',
    message: { vi: 'Hai mục của Bundle có cùng fullUrl', en: 'Two entries of the Bundle have the same fullUrl' },
  },
  'FHIR-HTTP-28': {
    status: 413,
    code: 'too-costly',
    message: {
      vi: 'Transaction có quá nhiều điều kiện khác nhau; hãy chia thành nhiều Bundle',
      en: 'The transaction has too many different conditions; send it as several Bundles',
    },
  },
  'FHIR-HTTP-29': {
    status: 413,
    code: 'too-costly',
    message: {
      vi: 'Câu trả lời của Bundle quá lớn; hãy đọc bản ghi này bằng một yêu cầu riêng',
      en: 'The answer to the Bundle would be too large; read this resource by a request of its own',
    },
  },
  'FHIR-HTTP-30': {
    status: 400,
    code: 'invalid',
    message: {
      vi: 'Liên kết trang đã chứa toàn bộ tìm kiếm, không nhận thêm tham số',
      en: 'A page link holds the whole search; it takes no further parameters',
    },
  },
  'FHIR-HTTP-31': {
    status: 413,
    code: 'too-long',
    message: {
      vi: 'Tìm kiếm quá dài để có liên kết tới trang sau; hãy hỏi ít giá trị hơn hoặc tăng _count',
      en: 'The search is too long for a link to its next page; ask for fewer values or raise _count',
    },
  },
  'FHIR-HTTP-32': {
    status: 503,
    code: 'too-costly',
    message: {
      vi: 'Câu hỏi này mất quá nhiều thời gian; hãy thu hẹp tìm kiếm',
      en: 'This question takes too long; narrow the search',
    },
  },
} as const satisfies Record<string, Rule>

export type HttpRule = keyof typeof RULES

/** The status of each rule, for `statusOf`. */
export const statusOfRule: Readonly<Record<string, number>> = {
  ...Object.fromEntries(Object.entries(RULES).map(([rule, { status }]) => [rule, status])),
  'FHIR-PATCH-5': 413,
}

/** @param detail what exactly: names and places, never values of the record @param at FHIRPath or parameter name */
export function httpRefusal(rule: HttpRule, detail?: string, at?: string): Refusal {
  const { code, message } = RULES[rule]
  return detail === undefined
    ? no(rule, code, message, at)
    : no(rule, code, { vi: `${message.vi}: ${detail}`, en: `${message.en}: ${detail}` }, at)
}
