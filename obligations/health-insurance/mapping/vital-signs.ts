import { codeSystems } from '#fhir/naming'
import type { CodeableConcept, Observation, Quantity } from '#fhir/r4'
import { some } from './parts.ts'
import type { Visit } from './table-mapping.ts'
import { writtenNumberOf } from './written-number.ts'

/** A sign that a note may name: its letters in the note, its LOINC number, its unit. */
interface Sign {
  readonly letters: string
  readonly loinc: string
  readonly name: string
  readonly unit: string
  readonly ucum: string
}

const PULSE: Sign = { letters: 'M', loinc: '8867-4', name: 'Mạch', unit: 'lần/phút', ucum: '/min' }
const TEMPERATURE: Sign = { letters: 'T', loinc: '8310-5', name: 'Nhiệt độ', unit: '°C', ucum: 'Cel' }
const BREATHS: Sign = { letters: 'NT', loinc: '9279-1', name: 'Nhịp thở', unit: 'lần/phút', ucum: '/min' }
const WEIGHT: Sign = { letters: '', loinc: '29463-7', name: 'Cân nặng', unit: 'kg', ucum: 'kg' }
const SYSTOLIC: Sign = { letters: '', loinc: '8480-6', name: 'Huyết áp tâm thu', unit: 'mmHg', ucum: 'mm[Hg]' }
const DIASTOLIC: Sign = { ...SYSTOLIC, loinc: '8462-4', name: 'Huyết áp tâm trương' }

const conceptOf = ({ loinc, name }: Pick<Sign, 'loinc' | 'name'>): CodeableConcept => ({
  coding: [{ system: codeSystems.loinc, code: loinc }],
  text: name,
})

const quantityOf = (text: string | undefined, { unit, ucum }: Sign): Quantity | undefined => {
  const written = writtenNumberOf(text)
  return written && { ...written, unit, system: codeSystems.ucum, code: ucum }
}

/** What a group of signs looks like in a note. @source 4750/QĐ-BYT, table 5: CSST<M75_T37_HA120/70_NT18> */
const GROUP = /CSST<([^>]{1,200})>/

/** The signs measured that a note speaks of. @param at R4 dateTime */
export function vitalSignsIn(
  note: string | undefined,
  at: string | undefined,
  key: string,
  visit: Visit,
): Observation[] {
  const parts = (GROUP.exec(note ?? '')?.[1] ?? '').split('_').map((part) => part.trim())
  const valueAfter = (letters: string): string | undefined =>
    parts.find((part) => new RegExp(`^${letters}\\d`).test(part))?.slice(letters.length)
  const single = [PULSE, TEMPERATURE, BREATHS].map((sign) =>
    measured(conceptOf(sign), sign.loinc, at, key, visit, {
      valueQuantity: quantityOf(valueAfter(sign.letters), sign),
    }),
  )
  const pressure = pressureOf(valueAfter('HA'), at, key, visit)
  return [...single, pressure].filter((observation) => observation !== undefined)
}

/** Weight in kg of the summary, taken on arrival. */
export const weightOf = (
  kilograms: string | undefined,
  at: string | undefined,
  visit: Visit,
): Observation | undefined =>
  Number(kilograms) > 0
    ? measured(conceptOf(WEIGHT), WEIGHT.loinc, at, 'XML1', visit, { valueQuantity: quantityOf(kilograms, WEIGHT) })
    : undefined

function pressureOf(
  text: string | undefined,
  at: string | undefined,
  key: string,
  visit: Visit,
): Observation | undefined {
  const [systolic, diastolic] = (text ?? '').split('/')
  const component = [
    { code: conceptOf(SYSTOLIC), valueQuantity: quantityOf(systolic, SYSTOLIC) },
    { code: conceptOf(DIASTOLIC), valueQuantity: quantityOf(diastolic, DIASTOLIC) },
  ]
  if (component.some(({ valueQuantity }) => valueQuantity === undefined)) return undefined
  const code = conceptOf({ loinc: '85354-9', name: 'Huyết áp' })
  return measured(code, '85354-9', at, key, visit, { component: component.map(some) })
}

function measured(
  code: CodeableConcept,
  loinc: string,
  at: string | undefined,
  key: string,
  { id, subject, inVisit }: Visit,
  value: Pick<Observation, 'valueQuantity' | 'component'>,
): Observation | undefined {
  if (value.valueQuantity === undefined && value.component === undefined) return undefined
  return some<Observation>({
    resourceType: 'Observation',
    id: id('Observation', 'vital-signs', key, loinc),
    status: 'final',
    category: [{ coding: [{ system: codeSystems.observationCategory, code: 'vital-signs' }] }],
    code,
    subject,
    encounter: inVisit,
    effectiveDateTime: at,
    ...value,
  })
}
