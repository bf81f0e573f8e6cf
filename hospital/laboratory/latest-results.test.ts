import type { Observation } from '#fhir/r4'
import { expect, test } from 'vitest'
import { latestResults } from './latest-results.ts'

const result = (name: string, at: string, value: number, flag: string): Observation => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: name },
  effectiveDateTime: at,
  valueQuantity: { value, unit: 'x' },
  interpretation: [{ coding: [{ code: flag }] }],
})

test('the newest of each test, what is dangerous before what is new', () => {
  const latest = latestResults([
    result('Natri', '2024-03-03', 140, 'N'),
    result('Kali', '2024-03-01', 6.9, 'HH'),
    result('Glucose', '2024-03-02', 9, 'H'),
    result('Glucose', '2024-03-01', 5, 'N'),
  ])
  expect(latest.map((one) => [one.row.name, one.at])).toEqual([
    ['Kali', '2024-03-01'],
    ['Glucose', '2024-03-02'],
    ['Natri', '2024-03-03'],
  ])
  expect(latest[1]?.before?.observation.valueQuantity?.value).toBe(5)
})

test('a value that is normal again hides the abnormal one before it', () => {
  const latest = latestResults([result('Kali', '2024-03-02', 4, 'N'), result('Kali', '2024-03-01', 6.9, 'HH')])
  expect(latest.map((one) => one.cell.interpretation)).toEqual(['normal'])
})
