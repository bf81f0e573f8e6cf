import { expect, test } from 'vitest'
import { validate } from '#fhir/validation'
import { nativeVisit, ordinaryVisit } from '#testing/native-visits'
import { composeDossier } from './compose-dossier.ts'

const chartOf = (n: number) => ({
  encounter: `tu-ghi-${n}`,
  resources: nativeVisit(ordinaryVisit(n)),
  made: '20250930',
})

test.each([0, 1, 2])('visit %i, recorded in the chart alone, becomes a dossier without an error', (n) => {
  const chart = chartOf(n)
  for (const resource of chart.resources)
    expect(validate(resource).filter(({ severity }) => severity === 'error')).toEqual([])
  const composed = composeDossier(chart)
  expect(composed?.findings()).toEqual([])
})
