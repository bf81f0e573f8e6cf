import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isBirth, isDay, isMinute } from './moments.ts'

test.each(['20250228', '20240229', '20000229', '18500101'])('%s is a day', (text) => expect(isDay(text)).toBe(true))

test.each([
  '20250229',
  '19000229',
  '20251301',
  '20250001',
  '20250100',
  '2025010',
  '202501011',
  '2025-1-1',
  '2025010x',
  '',
])('"%s" is no day', (text) => expect(isDay(text)).toBe(false))

test.each(['202502280000', '202502282359'])('%s is a minute', (text) => expect(isMinute(text)).toBe(true))

test.each(['202502282400', '202502280060', '202502290000', '20250228000', '20250228 000', '20250228-100'])(
  '"%s" is no minute',
  (text) => expect(isMinute(text)).toBe(false),
)

test('of a birth only the year may be known', () => {
  expect(['194400000000', '194402290000', '194402291230'].map(isBirth)).toEqual([true, true, true])
  expect(['194400010000', '194502290000', '19440229', '184900000000'].map(isBirth)).toEqual([
    false,
    false,
    false,
    false,
  ])
})

test('days that the calendar has are days', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1850-01-01'), max: new Date('2200-12-31'), noInvalidDate: true }), (date) =>
      isDay(date.toISOString().slice(0, 10).replaceAll('-', '')),
    ),
  )
})
