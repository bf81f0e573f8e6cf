/** What can be wrong with a signature. Ids are kept in docs/rules/health-insurance.md and never reused. */
import { no, type IssueCode, type Refusal } from '#fhir/outcome'

const RULES = {
  'SIG-1': [
    'structure',
    'Tệp không phải XML đúng dạng (hoặc có DOCTYPE)',
    'The file is not well-formed XML, or has a DOCTYPE',
  ],
  'SIG-2': ['required', 'Tệp chưa được ký số', 'The file is not signed'],
  'SIG-3': ['duplicate', 'Tệp có nhiều chữ ký số; chỉ được có một', 'The file has several signatures; one is allowed'],
  'SIG-4': [
    'structure',
    'Chữ ký số không nằm trong CHUKYDONVI của tệp',
    'The signature does not lie in the CHUKYDONVI of the file',
  ],
  'SIG-5': ['security', 'Chữ ký số không bao trùm toàn bộ tệp', 'The signature does not cover the whole file'],
  'SIG-6': [
    'not-supported',
    'Thuật toán của chữ ký số không được chấp nhận',
    'An algorithm of the signature is not accepted',
  ],
  'SIG-7': ['security', 'Nội dung tệp đã bị thay đổi sau khi ký', 'The content was changed after it was signed'],
  'SIG-8': [
    'security',
    'Giá trị chữ ký số không đúng với chứng thư',
    'The signature was not made with the key of the certificate',
  ],
  'SIG-9': [
    'required',
    'Chữ ký số không kèm chứng thư đọc được',
    'The signature carries no certificate that can be read',
  ],
  'SIG-10': ['expired', 'Chứng thư số đã hết hạn', 'The certificate has expired'],
  'SIG-11': ['expired', 'Chứng thư số chưa có hiệu lực', 'The certificate is not valid yet'],
  'SIG-12': [
    'security',
    'Chứng thư số không thuộc tổ chức được tin cậy',
    'The certificate was not issued by anybody trusted',
  ],
  'SIG-13': ['security', 'Khóa của chứng thư quá ngắn', 'The key of the certificate is too short'],
  'SIG-14': [
    'structure',
    'Chữ ký số không đúng cấu trúc XMLDSig',
    'The signature does not have the structure of XMLDSig',
  ],
  'SIG-15': [
    'informational',
    'Ký bằng chứng thư thử nghiệm, không có giá trị pháp lý',
    'Signed with a test certificate, without legal value',
  ],
  'SIG-16': [
    'informational',
    'Chưa đối chiếu chứng thư với danh sách tin cậy',
    'The certificate was not compared with any list of trusted ones',
  ],
} as const satisfies Readonly<Record<string, readonly [IssueCode, string, string]>>

export type SignatureRule = keyof typeof RULES

/** One finding; an error unless told otherwise. */
export function signatureFinding(rule: SignatureRule, severity: 'error' | 'warning' = 'error'): Refusal {
  const [code, vi, en] = RULES[rule]
  return { ...no(rule, code, { vi, en }), severity }
}
