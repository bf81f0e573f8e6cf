import { expect, test } from 'vitest'
import { glassAge } from './glass-age.ts'

const at = (passed: number) => glassAge('2026-03-01T00:00:00.000Z', Date.parse('2026-03-01T00:00:00.000Z') + passed)

test('age is said in the largest unit that is full; a day unreviewed is late', () => {
  expect(at(59_999)).toEqual({ unit: 'now', count: 0, isLate: false })
  expect(at(60_000)).toEqual({ unit: 'minutes', count: 1, isLate: false })
  expect(at(3_600_000 * 23.9)).toEqual({ unit: 'hours', count: 23, isLate: false })
  expect(at(3_600_000 * 49)).toEqual({ unit: 'days', count: 2, isLate: true })
})

test('a clock of the browser that is behind says now, not minus', () => {
  expect(at(-5_000).unit).toBe('now')
})
