import { type IssueCode, no, type Refusal, type Sentence } from '#fhir/outcome'

/** Why a patch is refused; the ids are explained in docs/rules/fhir-patch.md. */
const RULES = {
  'FHIR-PATCH-1': {
    code: 'structure',
    message: { vi: 'JSON Patch phải là một mảng các thao tác', en: 'A JSON Patch is an array of operations' },
  },
  'FHIR-PATCH-2': {
    code: 'structure',
    message: { vi: 'Thao tác JSON Patch không hợp lệ', en: 'The patch operation is malformed' },
  },
  'FHIR-PATCH-3': {
    code: 'processing',
    message: { vi: 'Vị trí cần sửa không tồn tại', en: 'The place named by the patch does not exist' },
  },
  'FHIR-PATCH-4': {
    code: 'processing',
    message: { vi: 'Giá trị hiện tại khác giá trị mà bản sửa mong đợi', en: 'A test of the patch failed' },
  },
  'FHIR-PATCH-5': {
    code: 'too-costly',
    message: {
      vi: 'Bản sửa quá lớn hoặc có quá nhiều thao tác',
      en: 'The patch is too large or has too many operations',
    },
  },
  'FHIR-PATCH-6': {
    code: 'processing',
    message: {
      vi: 'Bản sửa không được đổi loại hoặc mã của tài nguyên',
      en: 'A patch must not change the type or the id',
    },
  },
} as const satisfies Record<string, { code: IssueCode; message: Sentence }>

export type PatchRule = keyof typeof RULES

/** @param index of the operation @param detail what exactly, without values of the record */
export function patchRefusal(rule: PatchRule, index?: number, detail?: string): Refusal {
  const { code, message } = RULES[rule]
  const where = [index === undefined ? '' : `[${index}]`, detail ?? ''].filter(Boolean).join(' ')
  return where === ''
    ? no(rule, code, message)
    : no(rule, code, { vi: `${message.vi}: ${where}`, en: `${message.en}: ${where}` })
}
