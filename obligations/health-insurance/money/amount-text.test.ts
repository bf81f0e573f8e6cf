import { expect, test } from 'vitest'
import { amountText } from './amount-text.ts'

test.each([
  [123_456_700n, '1.234.567 đ', '1,234,567 VND'],
  [123_456_750n, '1.234.567,5 đ', '1,234,567.5 VND'],
  [5n, '0,05 đ', '0.05 VND'],
  [99_900n, '999 đ', '999 VND'],
  [-100_000n, '-1.000 đ', '-1,000 VND'],
])('%s hundredths are %s', (hundredths, vi, en) => {
  expect(amountText(hundredths)).toEqual({ vi, en })
})
