import { expect, test } from 'vitest'
import { quantityText } from '#hospital/laboratory'
import { keepDecimals } from './keep-decimals.ts'

const read = (json: string) => JSON.parse(keepDecimals(json)) as Record<string, unknown>
const shown = (value: string) => quantityText(read(`{"value":${value},"unit":"g/L"}`))

test('a quantity is shown with the zeros it was written with', () => {
  expect(['7.0', '7', '-4.50', '120', '0.10', '100.00'].map(shown)).toEqual([
    '7,0 g/L',
    '7 g/L',
    '−4,50 g/L',
    '120 g/L',
    '0,10 g/L',
    '100,00 g/L',
  ])
})

test('texts that look like it and other numbers stay as they are', () => {
  const texts = [
    '{"div":"a \\"value\\":7.0, b"}',
    '{"value":"7.0"}',
    '{"value":[7.0]}',
    '{"valueDecimal":7.0}',
    '{"x":7.0}',
  ]
  for (const text of texts) expect(keepDecimals(text)).toBe(text)
  expect(read('{ "value" : 7.0 }')).toMatchObject({ value: 7 })
})
