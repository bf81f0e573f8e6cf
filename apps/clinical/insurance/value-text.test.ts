import { expect, test } from 'vitest'
import { valueText } from './value-text.ts'

test('values are read as people write them, and left alone where they do not fit', () => {
  expect(valueText('XML1', 'NGAY_VAO', '202603011030')).toBe('01/03/2026 10:30')
  expect(valueText('XML1', 'NGAY_VAO', 'hôm qua')).toBe('hôm qua')
  expect(valueText('XML1', 'T_BHTT', '1234567.50')).toBe('1.234.567,50')
  expect(valueText('XML2', 'SO_LUONG', '1.500')).toBe('1,5')
  expect(valueText('XML2', 'SO_LUONG', '1.000')).toBe('1')
  expect(valueText('XML1', 'MA_LK', '202603011030')).toBe('202603011030')
  expect(valueText('XML1', 'KHONG_CO', '1.5')).toBe('1.5')
})
