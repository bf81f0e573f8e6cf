import type { CodeableConcept, Observation, ObservationComponent, ObservationReferenceRange, Quantity } from '#fhir/r4'
import { dateTimeText } from '#hospital/calendar'
import { normalRange } from './interpretation.ts'
import { numberText } from './number-text.ts'
import { writtenDecimals } from './written-decimals.ts'

type Valued = Observation | ObservationComponent

/** What a coded thing is called: the author's words before the code list's, before the bare code. */
export const conceptText = (concept: CodeableConcept | undefined): string =>
  concept?.text?.trim() ||
  concept?.coding?.find((coding) => coding.display)?.display ||
  concept?.coding?.[0]?.code ||
  ''

/** UCUM spellings that a reader knows in another form; anything else is shown as it came. */
const UNITS: Readonly<Record<string, string>> = {
  '10*9/L': '10⁹/L',
  '10*12/L': '10¹²/L',
  '10*3/uL': '10³/µL',
  '10*6/uL': '10⁶/µL',
  Cel: '°C',
  'mm[Hg]': 'mmHg',
  '/min': 'lần/phút',
  '{score}': 'điểm',
  '{#}': '',
  '[pH]': '',
  '1': '',
  umol: 'µmol',
  'umol/L': 'µmol/L',
  'ug/L': 'µg/L',
  'ug/dL': 'µg/dL',
  'kg/m2': 'kg/m²',
  m2: 'm²',
  'mL/min/{1.73_m2}': 'mL/phút/1,73 m²',
  'meq/L': 'mEq/L',
  'm[IU]/L': 'mIU/L',
  '[IU]/L': 'IU/L',
  'u[IU]/mL': 'µIU/mL',
}

/** The unit as a reader knows it; '' where there is none. */
export const unitText = (quantity: Pick<Quantity, 'unit' | 'code'> | undefined): string => {
  const unit = quantity?.unit ?? quantity?.code ?? ''
  return UNITS[unit] ?? unit
}

const COMPARATORS: Readonly<Record<string, string>> = { '<': '< ', '<=': '≤ ', '>': '> ', '>=': '≥ ' }

/** A quantity without its unit. */
export const quantityNumber = (quantity: Quantity | undefined, decimals?: number): string =>
  quantity?.value === undefined
    ? ''
    : (COMPARATORS[quantity.comparator ?? ''] ?? '') + numberText(quantity.value, decimals ?? writtenDecimals(quantity))

/** A quantity with its unit. */
export const quantityText = (quantity: Quantity | undefined): string =>
  [quantityNumber(quantity), unitText(quantity)].filter(Boolean).join(' ')

/** Systolic stands before diastolic, however the sender ordered them: 125/82 must never read 82/125. */
const PRESSURES = ['8480-6', '8462-4']

const inOrder = (parts: readonly ObservationComponent[]): readonly ObservationComponent[] => {
  const place = (part: ObservationComponent) =>
    PRESSURES.findIndex((code) => part.code.coding?.some((coding) => coding.code === code))
  return parts.toSorted((a, b) => place(a) - place(b))
}

/** The value of a result without its unit; parts of a panel (blood pressure) joined by a slash. */
export function valueText(result: Valued, decimals?: number): string {
  if (result.valueQuantity) return quantityNumber(result.valueQuantity, decimals)
  const own = ownText(result)
  if (own) return own
  const parts = 'component' in result ? inOrder(result.component ?? []) : []
  return parts
    .map((part) => valueText(part))
    .filter(Boolean)
    .join('/')
}

function ownText(result: Valued): string {
  if (result.valueCodeableConcept) return conceptText(result.valueCodeableConcept)
  if (result.valueString !== undefined) return result.valueString
  if (result.valueInteger !== undefined) return numberText(result.valueInteger)
  if (result.valueBoolean !== undefined) return result.valueBoolean ? 'Có' : 'Không'
  if (result.valueDateTime !== undefined) return dateTimeText(result.valueDateTime)
  if (result.valueRange)
    return [result.valueRange.low, result.valueRange.high].map((end) => quantityNumber(end)).join('–')
  if (result.valueRatio) {
    return [result.valueRatio.numerator, result.valueRatio.denominator].map((part) => quantityNumber(part)).join(':')
  }
  return ''
}

/** The unit of a result, or of the parts of a panel when they share one. */
export function resultUnit(observation: Observation): string {
  if (observation.valueQuantity) return unitText(observation.valueQuantity)
  const units = new Set((observation.component ?? []).map((part) => unitText(part.valueQuantity)).filter(Boolean))
  return units.size === 1 ? [...units].join('') : ''
}

/** `3,9–6,4`, `< 5,2`, `≥ 1`, or the laboratory's own words. '' when none was given. */
export function rangeText(ranges: readonly ObservationReferenceRange[] | undefined): string {
  const range = normalRange(ranges)
  const low = quantityNumber(range?.low)
  const high = quantityNumber(range?.high)
  if (low && high) return `${low}–${high}`
  if (high) return `≤ ${high}`
  if (low) return `≥ ${low}`
  return range?.text?.replace(/\s*-\s*/, '–') ?? ''
}
