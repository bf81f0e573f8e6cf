import type { Observation } from '#fhir/r4'
import { expect, test } from 'vitest'
import { formerValues, isCorrected } from './corrections.ts'

const version = (status: Observation['status'], value: number | undefined, lastUpdated: string, unit = 'mmol/L') =>
  ({
    resourceType: 'Observation',
    status,
    code: { text: 'Kali' },
    ...(value !== undefined && { valueQuantity: { value, unit } }),
    meta: { lastUpdated },
  }) satisfies Observation

test('the value before the correction comes with the moment it was replaced', () => {
  const versions = [version('corrected', 4.1, '2026-11-20T03:00:00Z'), version('final', 6.5, '2026-11-20T01:00:00Z')]
  expect(formerValues(versions)).toEqual([{ text: '6,5', until: '2026-11-20T03:00:00Z' }])
  expect(formerValues(versions, 2)[0]?.text).toBe('6,50')
})

test('each former value once, the last one first; what was never released or only repeated is none', () => {
  const versions = [
    version('corrected', 4.1, '6'),
    version('corrected', 4.1, '5'),
    version('amended', 5, '4'),
    version('final', 6.5, '3'),
    version('final', undefined, '2'),
    version('preliminary', 9, '1'),
  ]
  expect(formerValues(versions)).toEqual([
    { text: '5', until: '5' },
    { text: '6,5', until: '4' },
  ])
  expect(formerValues(versions.slice(0, 1))).toEqual([])
  expect(formerValues([])).toEqual([])
})

test('a correction of the unit alone shows both', () => {
  const versions = [version('corrected', 4.1, '2'), version('final', 4.1, '1', 'mg/dL')]
  expect(formerValues(versions)).toEqual([{ text: '4,1 mg/dL', until: '2' }])
})

test('amended and corrected results are told apart from final ones', () => {
  expect(
    (['final', 'amended', 'corrected', 'preliminary'] as const).filter((status) => isCorrected({ status })),
  ).toEqual(['amended', 'corrected'])
})
