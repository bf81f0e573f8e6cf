import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decimalsOf, numberText } from './number-text.ts'

test('the comma is decimal and long figures are grouped', () => {
  expect([numberText(37.5), numberText(120), numberText(2024), numberText(150000), numberText(1234567.5)]).toEqual([
    '37,5',
    '120',
    '2024',
    '150.000',
    '1.234.567,5',
  ])
})

test('computed tails are cut, small figures keep what matters', () => {
  expect([
    numberText(75.55529258694807),
    numberText(0.041234567),
    numberText(0.005),
    numberText(0),
    numberText(1.016),
  ]).toEqual(['75,56', '0,041', '0,005', '0', '1,016'])
})

test('a column keeps its decimals', () => {
  expect([numberText(5, 1), numberText(5.25, 1), numberText(-0.04, 1)]).toEqual(['5,0', '5,3', '0,0'])
})

test('a negative figure carries a real minus sign', () => {
  expect(numberText(-2.5)).toBe('−2,5')
})

test('any figure reads back to itself within its decimals', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (value) => {
      const read = Number(numberText(value).replaceAll('.', '').replace(',', '.').replace('−', '-'))
      expect(Math.abs(read - value)).toBeLessThanOrEqual(0.5 * 10 ** -decimalsOf(value) + 0.005)
    }),
  )
})
