import { expect, test } from 'vitest'
import { quantityText, valueText } from './value-text.ts'
import { QUANTITY_PRECISION, writtenDecimals } from './written-decimals.ts'

const written = (value: number, decimals: number) => ({
  value,
  _value: { extension: [{ url: QUANTITY_PRECISION, valueInteger: decimals }] },
  unit: 'mmol/L',
})

test('zeros that were written are shown, in a value alone as in a column', () => {
  const result = { resourceType: 'Observation', status: 'final', code: {}, valueQuantity: written(7, 1) } as const
  expect(valueText(result)).toBe('7,0')
  expect(valueText(result, 2)).toBe('7,00')
  expect(quantityText(written(4.5, 2))).toBe('4,50 mmol/L')
})

test('without a word about it the number tells; digits are never taken away, nor made up without end', () => {
  expect([writtenDecimals({ value: 4.5 }), writtenDecimals({ value: 7 }), writtenDecimals({})]).toEqual([1, 0, 0])
  expect([writtenDecimals(written(4.55, 1)), writtenDecimals(written(7, 60)), writtenDecimals(written(7, -1))]).toEqual(
    [2, 4, 0],
  )
})
