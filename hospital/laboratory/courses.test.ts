import type { Observation } from '#fhir/r4'
import { expect, test } from 'vitest'
import { coursesOf } from './courses.ts'
import { cumulativeTable } from './cumulative.ts'

const base = (code: string, at: string): Observation => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code }], text: code },
  effectiveDateTime: at,
})
const pulse = (at: string, value: number): Observation => ({
  ...base('8867-4', at),
  valueQuantity: { value, unit: 'lần/phút' },
  referenceRange: [{ low: { value: 60 }, high: { value: 100 } }],
})
const pressure = (at: string, upper: number, lower: number): Observation => ({
  ...base('85354-9', at),
  component: [
    { code: { text: 'Tâm thu' }, valueQuantity: { value: upper, unit: 'mmHg' } },
    { code: { text: 'Tâm trương' }, valueQuantity: { value: lower, unit: 'mmHg' } },
  ],
})

test('lines share their times, oldest first, with gaps where nothing was measured', () => {
  const { times, courses } = coursesOf(
    cumulativeTable([
      pulse('2024-03-01T08:00:00+07:00', 80),
      pulse('2024-03-03T08:00:00+07:00', 110),
      pressure('2024-03-02T08:00:00+07:00', 120, 80),
      pressure('2024-03-03T08:00:00+07:00', 130, 85),
    ]),
  )
  expect(times).toEqual(['01', '02', '03'].map((day) => Date.parse(`2024-03-${day}T08:00:00+07:00`) / 1000))
  expect(courses.map((course) => course.lines.map((line) => [line.label, line.values]))).toEqual([
    [['8867-4', [80, null, 110]]],
    [
      ['Tâm thu', [null, 120, 130]],
      ['Tâm trương', [null, 80, 85]],
    ],
  ])
  expect(courses[0]?.lines[0]).toMatchObject({ low: 60, high: 100, interpretations: ['normal', null, 'high'] })
})

test('a single value is no course', () => {
  expect(coursesOf(cumulativeTable([pulse('2024-03-01', 80)])).courses).toEqual([])
})
