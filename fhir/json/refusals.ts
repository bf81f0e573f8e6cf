import { type IssueCode, no, type Refusal, type Sentence } from '#fhir/outcome'
import type { Place } from './place.ts'

interface Rule {
  readonly code: IssueCode
  readonly message: Sentence
}

/** What the reader of JSON refuses. The ids are explained in docs/rules/fhir-json.md. */
const RULES = {
  'FHIR-JSON-1': {
    code: 'structure',
    message: { vi: 'Dữ liệu không phải văn bản UTF-8 hợp lệ', en: 'The bytes are not valid UTF-8' },
  },
  'FHIR-JSON-2': {
    code: 'structure',
    message: { vi: 'Dữ liệu bắt đầu bằng dấu BOM', en: 'The text begins with a byte order mark' },
  },
  'FHIR-JSON-3': {
    code: 'structure',
    message: { vi: 'JSON sai cú pháp', en: 'This is not JSON' },
  },
  'FHIR-JSON-4': {
    code: 'structure',
    message: { vi: 'Một đối tượng JSON có hai thành phần trùng tên', en: 'An object has two members of the same name' },
  },
  'FHIR-JSON-5': {
    code: 'structure',
    message: { vi: 'JSON lồng nhau quá sâu (hơn 64 tầng)', en: 'The JSON is nested deeper than 64 levels' },
  },
  'FHIR-JSON-6': {
    code: 'structure',
    message: { vi: 'Chuỗi có nửa ký tự Unicode đứng một mình', en: 'A string has a lone surrogate' },
  },
  'FHIR-JSON-7': {
    code: 'value',
    message: {
      vi: 'Chuỗi có ký tự điều khiển (chỉ cho phép tab và xuống dòng)',
      en: 'A string has a control character other than tab, line feed and carriage return',
    },
  },
  'FHIR-JSON-8': {
    code: 'value',
    message: { vi: 'Số vượt quá giới hạn biểu diễn', en: 'A number is too large to be represented' },
  },
  'FHIR-JSON-9': {
    code: 'structure',
    message: { vi: 'Tên thành phần "__proto__" không được phép', en: 'The member name "__proto__" is not allowed' },
  },
  'FHIR-JSON-10': {
    code: 'structure',
    message: {
      vi: 'Nội dung phải là một đối tượng JSON có "resourceType"',
      en: 'The content must be a JSON object with a "resourceType"',
    },
  },
  'FHIR-JSON-11': {
    code: 'structure',
    message: { vi: '"id" phải là chuỗi và "meta" phải là đối tượng', en: '"id" must be a string and "meta" an object' },
  },
  'FHIR-JSON-12': {
    code: 'structure',
    message: {
      vi: 'Tên thành phần không được viết bằng ký tự thoát',
      en: 'A member name is written with escapes; FHIR names need none',
    },
  },
  'FHIR-JSON-13': {
    code: 'too-costly',
    message: { vi: 'JSON có quá nhiều giá trị (hơn 5 triệu)', en: 'The JSON has more than 5 million values' },
  },
} as const satisfies Record<string, Rule>

export type JsonRule = keyof typeof RULES

/** @param place where in the text; named in the sentences, because a machine's JSON is read with an editor */
export function jsonRefusal(rule: JsonRule, place?: Place, at?: string): Refusal {
  const { code, message } = RULES[rule]
  if (place === undefined) return no(rule, code, message, at)
  const { line, column, offset } = place
  return no(
    rule,
    code,
    {
      vi: `${message.vi} (dòng ${line}, cột ${column}, vị trí ${offset})`,
      en: `${message.en} (line ${line}, column ${column}, offset ${offset})`,
    },
    at,
  )
}
