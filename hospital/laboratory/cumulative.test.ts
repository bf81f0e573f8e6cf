import type { Observation } from '#fhir/r4'
import { expect, test } from 'vitest'
import { cumulativeTable } from './cumulative.ts'
import { trendOf } from './trend.ts'

const loinc = (code: string, text: string) => ({ coding: [{ system: 'http://loinc.org', code }], text })
const glucose = loinc('14749-6', 'Glucose')
const haemoglobin = loinc('718-7', 'Huyết sắc tố')

const result = (
  code: Observation['code'],
  at: string,
  value: number,
  more: Partial<Observation> = {},
): Observation => ({
  resourceType: 'Observation',
  status: 'final',
  code,
  effectiveDateTime: at,
  valueQuantity: { value, unit: 'mmol/L' },
  ...more,
})

test('tests stand in the order of the forms, times newest first', () => {
  const table = cumulativeTable([
    result(loinc('0-0', 'Xét nghiệm lạ'), '2024-03-01T08:00:00+07:00', 1),
    result(glucose, '2024-03-01T08:00:00+07:00', 5.6),
    result(haemoglobin, '2024-03-03T08:00:00+07:00', 120),
  ])
  expect(table.groups.map((group) => [group.group, group.rows.map((row) => row.name)])).toEqual([
    ['haematology', ['Huyết sắc tố']],
    ['biochemistry', ['Glucose']],
    ['other', ['Xét nghiệm lạ']],
  ])
  expect(table.times).toEqual(['2024-03-03T08:00:00+07:00', '2024-03-01T08:00:00+07:00'])
})

test('the same test in another unit is another row', () => {
  const inMilligrams = result(glucose, '2024-03-02', 100, { valueQuantity: { value: 100, unit: 'mg/dL' } })
  const rows = cumulativeTable([result(glucose, '2024-03-01', 5.6), inMilligrams]).groups[0]?.rows
  expect(rows?.map((row) => row.unit).sort()).toEqual(['mg/dL', 'mmol/L'])
})

test('a row keeps the decimals of its most precise value, and range of the newest', () => {
  const rows = cumulativeTable([
    result(glucose, '2024-03-02', 6, { referenceRange: [{ low: { value: 3.9 }, high: { value: 6.4 } }] }),
    result(glucose, '2024-03-01', 5.62, { referenceRange: [{ low: { value: 4 }, high: { value: 7 } }] }),
  ]).groups[0]?.rows
  expect(rows?.[0]).toMatchObject({ decimals: 2, range: '3,9–6,4' })
})

test('cancelled and mistaken results never reach the table; corrected ones say so', () => {
  const table = cumulativeTable([
    result(glucose, '2024-03-02', 60, { status: 'entered-in-error' }),
    result(glucose, '2024-03-01', 6, { status: 'corrected' }),
  ])
  expect(table.times).toEqual(['2024-03-01'])
  expect(table.groups[0]?.rows[0]?.cells.get('2024-03-01')?.[0]?.corrected).toBe(true)
})

test('the trend holds one unit, oldest first, with the newest range', () => {
  const trend = trendOf(
    [
      result(glucose, '2024-03-02', 6, { referenceRange: [{ high: { value: 6.4 } }] }),
      result(glucose, '2024-03-03', 101, { valueQuantity: { value: 101, unit: 'mg/dL' } }),
      result(glucose, '2024-03-01', 5),
      result(glucose, '2024-03-04', 7, { status: 'cancelled' }),
    ],
    'mmol/L',
  )
  expect(trend.points.map((point) => point.value)).toEqual([5, 6])
  expect(trend).toMatchObject({ unit: 'mmol/L', low: undefined, high: 6.4 })
})
