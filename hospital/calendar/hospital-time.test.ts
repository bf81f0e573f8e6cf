import { expect, test } from 'vitest'
import {
  dateText,
  dateTimeText,
  dayOfInstant,
  daysBetween,
  hospitalDay,
  instantOf,
  periodText,
  shortDateText,
  timeText,
} from './hospital-time.ts'

test('an instant is written in Vietnam’s time, whatever its offset', () => {
  expect(dateTimeText('2024-03-14T23:30:00Z')).toBe('15/03/2024 06:30')
  expect(dateTimeText('2024-03-15T06:30:00+07:00')).toBe('15/03/2024 06:30')
  expect(dateTimeText('2023-12-31T12:00:00-05:00')).toBe('01/01/2024 00:00')
})

test('only what is known is written', () => {
  expect([dateText('2024'), dateText('2024-03'), dateText('2024-03-15'), dateText(undefined)]).toEqual([
    '2024',
    '03/2024',
    '15/03/2024',
    '',
  ])
  expect([timeText('2024-03-15'), timeText('2024-03-15T00:00:00Z'), timeText(undefined)]).toEqual(['', '07:00', ''])
})

test('something unreadable is left out rather than shown as Invalid Date', () => {
  expect(dateTimeText('soon')).toBe('')
})

test('days are counted by the hospital’s midnights', () => {
  expect(hospitalDay('2024-03-14T17:00:00Z')).toBe('2024-03-15')
  expect(dayOfInstant(Date.parse('2024-03-14T16:59:59Z'))).toBe('2024-03-14')
  expect(daysBetween('2024-03-14T16:59:00Z', '2024-03-14T17:01:00Z')).toBe(1)
  expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2)
})

test('a day starts at midnight in Vietnam', () => {
  expect(instantOf('2024-03-15')).toBe(Date.parse('2024-03-14T17:00:00Z'))
  expect(instantOf('2024')).toBe(Date.parse('2023-12-31T17:00:00Z'))
})

test('a day keeps its year unless it is this one', () => {
  expect(shortDateText('2026-01-13', '2026-11-24')).toBe('13/01')
  expect(shortDateText('2018-01-13', '2026-11-24')).toBe('13/01/2018')
  expect(shortDateText('2018', '2026-11-24')).toBe('2018')
})

test('a period within one day names the day once', () => {
  expect(periodText('2024-03-15T07:30:00+07:00', '2024-03-15T08:10:00+07:00')).toBe('15/03/2024 07:30 – 08:10')
  expect(periodText('2024-03-15T07:30:00+07:00', '2024-03-16')).toBe('15/03/2024 07:30 – 16/03/2024')
  expect(periodText('2024-03-15', undefined)).toBe('15/03/2024')
  expect(periodText('2024-03-15', '2024-03-15')).toBe('15/03/2024')
})
