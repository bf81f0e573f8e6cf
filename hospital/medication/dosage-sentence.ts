import type { Dosage, Timing } from '#fhir/r4'
import { conceptText, numberText, quantityText } from '#hospital/laboratory'

/** The languages a dosage can be composed in. */
export type Language = 'vi' | 'en'

/** @source http://hl7.org/fhir/R4/valueset-units-of-time.html */
const UNIT: Readonly<Record<string, { readonly vi: string; readonly en: string }>> = {
  s: { vi: 'giây', en: 's' },
  min: { vi: 'phút', en: 'min' },
  h: { vi: 'giờ', en: 'h' },
  d: { vi: 'ngày', en: 'd' },
  wk: { vi: 'tuần', en: 'wk' },
  mo: { vi: 'tháng', en: 'mo' },
  a: { vi: 'năm', en: 'y' },
}

/** @source http://hl7.org/fhir/R4/valueset-event-timing.html */
const WHEN: Readonly<Record<string, { readonly vi: string; readonly en: string }>> = {
  MORN: { vi: 'sáng', en: 'morning' },
  NOON: { vi: 'trưa', en: 'noon' },
  AFT: { vi: 'chiều', en: 'afternoon' },
  EVE: { vi: 'chiều tối', en: 'evening' },
  NIGHT: { vi: 'tối', en: 'night' },
  HS: { vi: 'trước khi ngủ', en: 'at bedtime' },
  WAKE: { vi: 'khi thức dậy', en: 'on waking' },
  AC: { vi: 'trước ăn', en: 'before meals' },
  ACM: { vi: 'trước ăn sáng', en: 'before breakfast' },
  ACD: { vi: 'trước ăn trưa', en: 'before lunch' },
  ACV: { vi: 'trước ăn tối', en: 'before dinner' },
  PC: { vi: 'sau ăn', en: 'after meals' },
  PCM: { vi: 'sau ăn sáng', en: 'after breakfast' },
  PCD: { vi: 'sau ăn trưa', en: 'after lunch' },
  PCV: { vi: 'sau ăn tối', en: 'after dinner' },
  C: { vi: 'trong bữa ăn', en: 'with meals' },
}

const WORDS = {
  times: { vi: ' lần/', en: ' ×/' },
  every: { vi: 'mỗi ', en: 'every ' },
  during: { vi: 'trong ', en: 'for ' },
  asNeeded: { vi: 'khi cần', en: 'as needed' },
} as const

/**
 * How to take it, in one sentence: what the prescriber wrote, else composed from the coded dosage
 * (`uống 1 viên, 2 lần/ngày, sau ăn, trong 7 ngày`). '' when nothing is known.
 */
export const dosageSentence = (dosages: readonly Dosage[] | undefined, language: Language): string =>
  (dosages ?? [])
    .map((dosage) => dosage.text?.trim() || dosage.patientInstruction?.trim() || composed(dosage, language))
    .filter(Boolean)
    .join('; ')

function composed(dosage: Dosage, language: Language): string {
  const repeat = dosage.timing?.repeat
  return [
    [conceptText(dosage.route), doseText(dosage)].filter(Boolean).join(' '),
    frequencyText(repeat, language) || conceptText(dosage.timing?.code),
    repeat?.when?.map((when) => WHEN[when]?.[language] ?? when).join(', '),
    repeat?.timeOfDay?.map((time) => time.slice(0, 5)).join(', '),
    durationText(repeat, language),
    dosage.asNeededCodeableConcept ? conceptText(dosage.asNeededCodeableConcept) : '',
    dosage.asNeededBoolean ? WORDS.asNeeded[language] : '',
    ...(dosage.additionalInstruction ?? []).map(conceptText),
  ]
    .filter(Boolean)
    .join(', ')
}

function doseText(dosage: Dosage): string {
  const given = dosage.doseAndRate?.[0]
  if (given?.doseQuantity) return quantityText(given.doseQuantity)
  const ends = given?.doseRange ? [given.doseRange.low, given.doseRange.high] : []
  const dose = ends.map(quantityText).filter(Boolean).join('–')
  return [dose, quantityText(given?.rateQuantity)].filter(Boolean).join(' ')
}

function frequencyText(repeat: Timing['repeat'], language: Language): string {
  const { frequency, period, periodUnit } = repeat ?? {}
  const unit = UNIT[periodUnit ?? '']?.[language]
  if (!period || !unit) return ''
  if (period === 1) return `${frequency ?? 1}${WORDS.times[language]}${unit}`
  const every = `${WORDS.every[language]}${numberText(period)} ${unit}`
  return frequency && frequency > 1 ? `${frequency} × ${every}` : every
}

function durationText(repeat: Timing['repeat'], language: Language): string {
  const bounds = repeat?.boundsDuration
  const value = bounds?.value ?? repeat?.duration
  const unit = UNIT[bounds?.code ?? bounds?.unit ?? repeat?.durationUnit ?? '']?.[language] ?? bounds?.unit
  return value && unit ? `${WORDS.during[language]}${numberText(value)} ${unit}` : ''
}
