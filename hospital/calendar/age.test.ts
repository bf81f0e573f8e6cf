import { expect, test } from 'vitest'
import { ageOn } from './age.ts'

test('a newborn is counted in days', () => {
  expect(ageOn('2024-03-01', '2024-03-01')).toEqual({ value: 0, unit: 'day', approximate: false })
  expect(ageOn('2024-01-01', '2024-02-29')).toEqual({ value: 59, unit: 'day', approximate: false })
})

test('a small child is counted in months until the sixth birthday', () => {
  expect(ageOn('2024-01-01', '2024-03-01')).toEqual({ value: 2, unit: 'month', approximate: false })
  expect(ageOn('2018-03-02', '2024-03-01')).toEqual({ value: 71, unit: 'month', approximate: false })
  expect(ageOn('2018-03-01', '2024-03-01')).toEqual({ value: 6, unit: 'year', approximate: false })
})

test('a birthday counts from its day, not before', () => {
  expect(ageOn('1985-06-15', '2024-06-14')?.value).toBe(38)
  expect(ageOn('1985-06-15', '2024-06-15')?.value).toBe(39)
  expect(ageOn('2000-02-29', '2024-02-28')?.value).toBe(23)
})

test('a birth date known only to the year or the month says so', () => {
  expect(ageOn('1950', '2024-06-14')).toEqual({ value: 74, unit: 'year', approximate: true })
  expect(ageOn('1950-08', '2024-06-14')).toEqual({ value: 73, unit: 'year', approximate: true })
  expect(ageOn('2024-05', '2024-06-14')).toEqual({ value: 1, unit: 'month', approximate: true })
})

test('the day is the hospital’s day, not that of Greenwich', () => {
  expect(ageOn('2000-06-15', '2024-06-14T17:30:00Z')?.value).toBe(24)
})

test('an unknown or future birth date has no age', () => {
  expect(ageOn(undefined, '2024-06-14')).toBeNull()
  expect(ageOn('2025-01-01', '2024-06-14')).toBeNull()
  expect(ageOn('unknown', '2024-06-14')).toBeNull()
})
