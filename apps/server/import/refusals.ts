import { type IssueCode, no, type Refusal, type Sentence } from '#fhir/outcome'

/** What the import itself refuses, whatever the resources say. Explained in docs/rules/import.md. */
const RULES = {
  'IMPORT-1': {
    code: 'structure',
    message: { vi: 'Tệp không phải là tài nguyên FHIR', en: 'The file is not a FHIR resource' },
  },
  'IMPORT-2': {
    code: 'not-supported',
    message: {
      vi: 'Chỉ nhập Bundle loại transaction hoặc collection',
      en: 'Only Bundles of type transaction or collection are imported',
    },
  },
  'IMPORT-3': {
    code: 'not-supported',
    message: {
      vi: 'Khi nhập tệp chỉ nhận POST và PUT không điều kiện; hãy gửi Bundle này tới /fhir/R4',
      en: 'An import takes unconditional POST and PUT only; send this Bundle to /fhir/R4 instead',
    },
  },
  'IMPORT-4': {
    code: 'required',
    message: { vi: 'Mục không có tài nguyên', en: 'The entry has no resource' },
  },
  'IMPORT-5': {
    code: 'duplicate',
    message: { vi: 'Hai mục có cùng fullUrl hoặc cùng mã', en: 'Two entries have the same fullUrl or the same id' },
  },
  'IMPORT-6': {
    code: 'not-found',
    message: {
      vi: 'Tham chiếu tới một mục không có trong Bundle',
      en: 'A reference to an entry that is not in the Bundle',
    },
  },
  'IMPORT-7': {
    code: 'too-long',
    message: { vi: 'Một tài nguyên dài quá 64 MB', en: 'One resource is longer than 64 MB' },
  },
  'IMPORT-8': {
    code: 'structure',
    message: { vi: 'Tệp nén bị hỏng hoặc bị cắt ngang', en: 'The compressed file is damaged or cut off' },
  },
  'IMPORT-9': {
    code: 'value',
    message: {
      vi: 'Mã chỉ gồm chữ không dấu, số, "-" và ".", dài 1 đến 64 ký tự, khác "." và ".."',
      en: 'An id has 1 to 64 ASCII letters, digits, "-" and ".", and is not "." or ".."',
    },
  },
  'IMPORT-10': {
    code: 'structure',
    message: {
      vi: 'Tên tệp có đuôi .gz nhưng nội dung không phải gzip',
      en: 'The name ends in .gz, the content is not gzip',
    },
  },
} as const satisfies Readonly<Record<string, { readonly code: IssueCode; readonly message: Sentence }>>

/** @param at where in the file: `entry[3]`, `line 7` */
export function importRefusal(rule: keyof typeof RULES, at?: string): Refusal {
  const { code, message } = RULES[rule]
  return no(rule, code, message, at)
}

/**
 * Says where in the file a resource's refusals are.
 * @param place `Bundle.entry[3].resource` or `line 7`; a FHIRPath inside the resource follows it
 */
export const placed = (place: string, refusals: readonly Refusal[]): readonly Refusal[] =>
  refusals.map((refusal) => ({ ...refusal, at: refusal.at ? `${place}: ${refusal.at}` : place }))
