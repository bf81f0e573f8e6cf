import { expect, test } from 'vitest'
import { bytesText, moneyText, sumOfMoney } from './money-text.ts'

test('money is read in Vietnamese, exactly', () => {
  expect(['0', '0.00', '999', '1000', '1234567.50', '90071992547409931.25', '-1500', '007'].map(moneyText)).toEqual([
    '0',
    '0',
    '999',
    '1.000',
    '1.234.567,50',
    '90.071.992.547.409.931,25',
    '−1.500',
    '7',
  ])
  expect(moneyText('')).toBe('')
  expect(moneyText('1e5')).toBe('1e5')
})

test('sums lose no đồng', () => {
  expect(sumOfMoney(['0.10', '0.20'])).toBe('0.30')
  expect(sumOfMoney(['90071992547409931.25', '0.01', 'x'])).toBe('90071992547409931.26')
  expect(sumOfMoney(['1', '-2.5'])).toBe('-1.50')
  expect(sumOfMoney([])).toBe('0.00')
})

test('sizes of files', () => {
  expect([500, 1536, 5 * 1024 * 1024].map(bytesText)).toEqual(['500 B', '1,5 KB', '5,0 MB'])
})
