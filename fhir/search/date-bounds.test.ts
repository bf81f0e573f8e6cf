import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dateBounds } from './date-bounds.ts'

const iso = (ms: number) => new Date(ms).toISOString()

describe('dateBounds', () => {
  test.each([
    ['2024', '2023-12-31T17:00:00.000Z', '2024-12-31T16:59:59.999Z'],
    ['2024-02', '2024-01-31T17:00:00.000Z', '2024-02-29T16:59:59.999Z'],
    ['2024-02-29', '2024-02-28T17:00:00.000Z', '2024-02-29T16:59:59.999Z'],
    ['2024-02-29T08:30', '2024-02-29T01:30:00.000Z', '2024-02-29T01:30:59.999Z'],
    ['2024-02-29T08:30:15', '2024-02-29T01:30:15.000Z', '2024-02-29T01:30:15.999Z'],
    ['2024-02-29T08:30:15Z', '2024-02-29T08:30:15.000Z', '2024-02-29T08:30:15.999Z'],
    ['2024-02-29T08:30:15.1-05:00', '2024-02-29T13:30:15.100Z', '2024-02-29T13:30:15.199Z'],
    ['2024-02-29T08:30:15.123456+07:00', '2024-02-29T01:30:15.123Z', '2024-02-29T01:30:15.123Z'],
    ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59.000Z', '2016-12-31T23:59:59.999Z'],
    ['0099', '0098-12-31T17:00:00.000Z', '0099-12-31T16:59:59.999Z'],
    ['1900-02-28', '1900-02-27T17:00:00.000Z', '1900-02-28T16:59:59.999Z'],
  ])('%s is from %s to %s', (text, low, high) => {
    const bounds = dateBounds(text)!
    expect([iso(bounds.low), iso(bounds.high)]).toEqual([low, high])
  })

  test.each([
    '',
    '24',
    '2024-13',
    '2024-00',
    '2023-02-29',
    '1900-02-29',
    '2024-04-31',
    '2024-01-01T',
    '2024-01-01T24:00',
    '2024-01-01T10',
    '2024-01-01T10:60',
    '2024-01-01T10:00+15:00',
    '2024-1-1',
    '2024-01-01 10:00',
    '0000',
  ])('%j is no date', (text) => expect(dateBounds(text)).toBeNull())

  test('every instant is its own first millisecond, and days follow one another without a gap', () => {
    const moment = fc.date({
      min: new Date('0001-01-02T00:00:00Z'),
      max: new Date('9999-12-30T00:00:00Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(moment, (date) => {
        expect(dateBounds(date.toISOString())).toEqual({ low: date.getTime(), high: date.getTime() })
        const day = dateBounds(date.toISOString().slice(0, 10))!
        const next = dateBounds(new Date(date.getTime() + 86_400_000).toISOString().slice(0, 10))!
        expect(day.high + 1).toBe(next.low)
        expect(next.low - day.low).toBe(86_400_000)
      }),
    )
  })
})
