import { expect, test } from 'vitest'
import { interpret } from './interpretation.ts'

const range = (low?: number, high?: number) => [
  { ...(low === undefined ? {} : { low: { value: low } }), ...(high === undefined ? {} : { high: { value: high } }) },
]
const said = (code: string) => [{ coding: [{ code }] }]

test('what the laboratory said outweighs our comparison', () => {
  expect(interpret({ interpretation: said('HH'), valueQuantity: { value: 5 }, referenceRange: range(3, 6) })).toBe(
    'critical-high',
  )
  expect(interpret({ interpretation: said('N'), valueQuantity: { value: 9 }, referenceRange: range(3, 6) })).toBe(
    'normal',
  )
})

test('without a word from the laboratory the range decides, its ends belonging to it', () => {
  const judge = (value: number) => interpret({ valueQuantity: { value }, referenceRange: range(3.9, 6.4) })
  expect([judge(3.8), judge(3.9), judge(6.4), judge(6.5)]).toEqual(['low', 'normal', 'normal', 'high'])
  expect(interpret({ valueQuantity: { value: 6 }, referenceRange: range(undefined, 5.2) })).toBe('high')
  expect(interpret({ valueQuantity: { value: 0.8 }, referenceRange: range(1, undefined) })).toBe('low')
})

test('a result beyond the instrument’s scale is judged only where it is certain', () => {
  const judge = (comparator: '<' | '>', value: number) =>
    interpret({ valueQuantity: { value, comparator }, referenceRange: range(3, 6) })
  expect([judge('>', 100), judge('<', 1), judge('<', 5), judge('<', 100)]).toEqual(['high', 'low', 'none', 'none'])
})

test('a treatment range is not the normal range', () => {
  const therapeutic = [{ type: { coding: [{ code: 'treatment' }] }, low: { value: 2 }, high: { value: 3 } }]
  expect(interpret({ valueQuantity: { value: 1 }, referenceRange: therapeutic })).toBe('none')
})

test('positive and detected are abnormal, an unknown word is ignored', () => {
  expect([
    interpret({ interpretation: said('POS') }),
    interpret({ interpretation: said('??') }),
    interpret({}),
  ]).toEqual(['abnormal', 'none', 'none'])
})

test('a panel is as bad as its worst part', () => {
  const part = (value: number) => ({ valueQuantity: { value }, referenceRange: range(60, 139) })
  expect(interpret({ component: [part(150), part(80)] })).toBe('high')
  expect(interpret({ component: [part(120), part(80)] })).toBe('normal')
})
