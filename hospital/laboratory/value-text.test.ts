import type { Observation } from '#fhir/r4'
import { expect, test } from 'vitest'
import { rangeText, resultUnit, valueText } from './value-text.ts'

const result = (more: Partial<Observation>): Observation => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'x' },
  ...more,
})

test('values of every kind have a text', () => {
  expect(valueText(result({ valueQuantity: { value: 5.6, unit: 'mmol/L' } }))).toBe('5,6')
  expect(valueText(result({ valueQuantity: { value: 0.5, comparator: '<' } }))).toBe('< 0,5')
  expect(valueText(result({ valueCodeableConcept: { coding: [{ code: 'NEG', display: 'Âm tính' }] } }))).toBe('Âm tính')
  expect(valueText(result({ valueString: 'Trong' }))).toBe('Trong')
  expect(valueText(result({ valueBoolean: false }))).toBe('Không')
  expect(valueText(result({ valueRatio: { numerator: { value: 1 }, denominator: { value: 80 } } }))).toBe('1:80')
  expect(valueText(result({ valueDateTime: '2024-03-14T23:30:00Z' }))).toBe('15/03/2024 06:30')
  expect(valueText(result({}))).toBe('')
})

test('blood pressure is one value with one unit', () => {
  const part = (value: number) => ({ code: {}, valueQuantity: { value, unit: 'mm[Hg]' } })
  const pressure = result({ component: [part(130), part(85)] })
  expect([valueText(pressure), resultUnit(pressure)]).toEqual(['130/85', 'mmHg'])
})

test('a reference range is written from what it has', () => {
  expect(rangeText([{ low: { value: 3.9 }, high: { value: 6.4 } }])).toBe('3,9–6,4')
  expect(rangeText([{ high: { value: 5.2 } }])).toBe('≤ 5,2')
  expect(rangeText([{ low: { value: 1 } }])).toBe('≥ 1')
  expect(rangeText([{ text: 'Âm tính' }])).toBe('Âm tính')
  expect(rangeText(undefined)).toBe('')
})

test('the systolic pressure is read first, whichever the sender put first', () => {
  const part = (code: string, value: number) => ({ code: { coding: [{ code }] }, valueQuantity: { value } })
  expect(valueText(result({ component: [part('8462-4', 82), part('8480-6', 125)] }))).toBe('125/82')
})
