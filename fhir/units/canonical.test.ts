import { describe, expect, test } from 'vitest'
import { calendarUnit, canonicalQuantity } from './canonical.ts'

describe('canonicalQuantity', () => {
  test.each([
    [100, 'mg/dL', 1, 'g/L'],
    [37, 'Cel', 98.6, '[degF]'],
    [760, 'mm[Hg]', 101.325, 'kPa'],
    [1.2, '/s', 72, '{beats}/min'],
    [50, '%', 0.5, '1'],
    [2.5, 'kg', 2500, 'g'],
  ])('%s %s is %s %s', (value, code, other, unit) => {
    const a = canonicalQuantity(value, code)
    const b = canonicalQuantity(other, unit)
    expect(a.unit).toBe(b.unit)
    expect(Math.abs(a.value / b.value - 1)).toBeLessThan(1e-4)
  })

  test('what UCUM does not know or cannot convert is comparable with itself only', () => {
    for (const code of ['viên', '[iU]/L', 'lbs', '', 'x'.repeat(500), '((', '__proto__']) {
      const { value, unit } = canonicalQuantity(5, code)
      expect(value).toBe(5)
      expect(unit).toBe(code === '' ? '' : `=${code}`)
    }
  })

  test('different dimensions stay apart', () => {
    expect(canonicalQuantity(1, 'kg').unit).not.toBe(canonicalQuantity(1, 'm').unit)
  })
})

test('calendar words are UCUM codes', () => {
  expect(['days', 'year', 'minutes', 'mg'].map(calendarUnit)).toEqual(['d', 'a', 'min', 'mg'])
})
