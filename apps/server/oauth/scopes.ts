/**
 * SMART scopes: `patient/Observation.rs`, `user/*.cruds`, `system/Patient.r`, with `?category=` for a few types.
 * @source https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html
 */
import { resourceTypes } from '#fhir/definitions'
import type { Sentence } from '#fhir/outcome'

export type Level = 'patient' | 'user' | 'system'

export interface ResourceScope {
  readonly level: Level
  /** resource type, or `*` */
  readonly type: string
  /** letters of `cruds`, in this order, at least one */
  readonly acts: string
  /** `system|code` of the category everything is limited to; null without such a limit */
  readonly category: string | null
}

/** Scopes that are not about resources. */
export const PLAIN_SCOPES: Readonly<Record<string, Sentence>> = {
  openid: { vi: 'Biết ai đang đăng nhập', en: 'Know who is signed in' },
  profile: { vi: 'Biết tên người đăng nhập', en: 'Know their name' },
  fhirUser: { vi: 'Biết hồ sơ nhân viên hoặc người bệnh của người đăng nhập', en: 'Know their record in the hospital' },
  launch: { vi: 'Mở từ bệnh án đang xem', en: 'Open from the chart on screen' },
  'launch/patient': { vi: 'Biết người bệnh được chọn', en: 'Know which patient was chosen' },
  'launch/encounter': { vi: 'Biết lượt khám được chọn', en: 'Know which visit was chosen' },
  online_access: {
    vi: 'Giữ quyền đến khi đăng xuất, nhiều nhất 12 giờ',
    en: 'Keep access until you sign out, twelve hours at most',
  },
  offline_access: {
    vi: 'Giữ quyền 30 ngày, cả khi đã đăng xuất',
    en: 'Keep access for 30 days, also after signing out',
  },
}

const OBSERVATION = 'http://terminology.hl7.org/CodeSystem/observation-category|'
const CONDITION = 'http://terminology.hl7.org/CodeSystem/condition-category|'

/** Categories a scope may be limited to. @source US Core 6.1 scopes, IPS sections */
const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  Condition: ['encounter-diagnosis', 'problem-list-item']
    .map((code) => CONDITION + code)
    .concat('http://hl7.org/fhir/us/core/CodeSystem/condition-category|health-concern'),
  Observation: ['laboratory', 'social-history', 'survey', 'vital-signs', 'imaging', 'procedure'].map(
    (code) => OBSERVATION + code,
  ),
}

const SHAPE = /^(patient|user|system)\/(\*|[A-Z][A-Za-z]+)\.(c?r?u?d?s?)(?:\?category=(\S+))?$/
const TYPES: ReadonlySet<string> = new Set(resourceTypes)

/** @returns undefined where the text is no scope of this server for resources */
export function resourceScope(text: string): ResourceScope | undefined {
  const [, level, type = '', acts = '', category] = SHAPE.exec(text) ?? []
  if (acts === '' || (type !== '*' && !TYPES.has(type))) return undefined
  // What is limited to a category can be read and searched: a write says only afterwards what category it was of.
  const limited = category !== undefined && (!/^r?s?$/.test(acts) || !CATEGORIES[type]?.includes(category))
  return limited ? undefined : { level: level as Level, type, acts, category: category ?? null }
}

/** Every category a scope may name, as scopes end: for the discovery document. */
export const granularScopes = (): readonly string[] =>
  Object.entries(CATEGORIES).flatMap(([type, all]) => all.map((category) => `patient/${type}.rs?category=${category}`))

const covers = (wide: ResourceScope, narrow: ResourceScope): boolean =>
  wide.level === narrow.level &&
  (wide.type === '*' || wide.type === narrow.type) &&
  [...narrow.acts].every((act) => wide.acts.includes(act)) &&
  (wide.category === null || wide.category === narrow.category)

/** Whether a client that may have `allowed` may ask for this one. */
export function isAllowed(asked: string, allowed: readonly string[]): boolean {
  if (asked in PLAIN_SCOPES) return allowed.includes(asked)
  const scope = resourceScope(asked)
  return scope !== undefined && allowed.some((text) => coversText(text, scope))
}

function coversText(text: string, scope: ResourceScope): boolean {
  const wide = resourceScope(text)
  return wide !== undefined && covers(wide, scope)
}

/** `a b  c` as a list without repetitions. */
export const scopeList = (text: string | undefined): readonly string[] => [
  ...new Set((text ?? '').split(' ').filter(Boolean)),
]

/** Whether these scopes are about one patient, who must then be known. */
export const needsPatient = (scopes: readonly string[]): boolean =>
  scopes.some((scope) => scope === 'launch/patient' || scope.startsWith('patient/'))

const ACTS: Readonly<Record<string, Sentence>> = {
  c: { vi: 'ghi mới', en: 'create' },
  r: { vi: 'đọc', en: 'read' },
  u: { vi: 'sửa', en: 'change' },
  d: { vi: 'xóa', en: 'delete' },
  s: { vi: 'tìm', en: 'search' },
}

const LEVELS: Readonly<Record<Level, Sentence>> = {
  patient: { vi: 'của người bệnh này', en: 'of this patient' },
  user: { vi: 'trong phạm vi quyền của bạn', en: 'within your own rights' },
  system: { vi: 'trong toàn bệnh viện', en: 'of the whole hospital' },
}

/** Types that apps ask for most, in words; the others by the name that FHIR gives them. */
const TYPE_WORDS: Readonly<Record<string, Sentence>> = {
  AllergyIntolerance: { vi: 'dị ứng', en: 'allergies' },
  Appointment: { vi: 'lịch hẹn', en: 'appointments' },
  Condition: { vi: 'chẩn đoán', en: 'diagnoses' },
  DiagnosticReport: { vi: 'phiếu kết quả', en: 'reports' },
  DocumentReference: { vi: 'tài liệu', en: 'documents' },
  Encounter: { vi: 'lượt khám', en: 'visits' },
  Immunization: { vi: 'tiêm chủng', en: 'immunizations' },
  MedicationRequest: { vi: 'đơn thuốc', en: 'prescriptions' },
  MedicationAdministration: { vi: 'thuốc đã dùng', en: 'medication given' },
  Observation: { vi: 'chỉ số và xét nghiệm', en: 'observations' },
  Patient: { vi: 'thông tin người bệnh', en: 'patient details' },
  Practitioner: { vi: 'thông tin nhân viên', en: 'staff details' },
  Procedure: { vi: 'thủ thuật', en: 'procedures' },
  ServiceRequest: { vi: 'chỉ định', en: 'orders' },
  '*': { vi: 'mọi dữ liệu', en: 'all data' },
}

/** What the person who consents reads. */
export function sentenceOf(text: string): Sentence {
  const scope = resourceScope(text)
  if (!scope) return PLAIN_SCOPES[text] ?? { vi: text, en: text }
  const say = (language: 'vi' | 'en') => {
    const acts = [...scope.acts].map((act) => ACTS[act]![language]).join(', ')
    const what = TYPE_WORDS[scope.type]?.[language] ?? scope.type
    const category = scope.category === null ? '' : ` (${scope.category.split('|')[1]})`
    const sentence = `${acts} ${what}${category} ${LEVELS[scope.level][language]}`
    return sentence[0]!.toUpperCase() + sentence.slice(1)
  }
  return { vi: say('vi'), en: say('en') }
}
