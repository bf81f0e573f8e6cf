import { expect, test } from 'vitest'
import type { Coverage, FhirResource } from '#fhir/r4'
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

test.each<[what: string, type: FhirResource['resourceType'], field: string, resource: string]>([
  ['a weight', 'Observation', 'CAN_NANG', 'Encounter/tu-ghi-0'],
  ['anything charged', 'ChargeItem', 'T_TONGCHI_BV', 'Encounter/tu-ghi-0'],
  ['the hospital', 'Organization', 'MA_CSKCB', 'Encounter/tu-ghi-0'],
])('without %s nothing is made up, and the finding says where it belongs', (_what, type, field, resource) => {
  const chart = chartOf(0)
  const composed = composeDossier({ ...chart, resources: chart.resources.filter((each) => each.resourceType !== type) })
  expect(composed?.dossier.tables.XML1?.[0]?.values[field]).toBe('')
  expect(composed?.findings()).toContainEqual(expect.objectContaining({ table: 'XML1', field, resource }))
})

test('a line that lacks a price leaves the totals empty, and is named by its charge', () => {
  const chart = chartOf(0)
  const resources = chart.resources.map((each) => {
    if (each.resourceType !== 'ChargeItem' || !each.id?.endsWith('-0')) return each
    const { priceOverride: _price, ...rest } = each
    return rest
  })
  const composed = composeDossier({ ...chart, resources })
  expect(composed?.dossier.tables.XML1?.[0]?.values.T_TONGCHI_BV).toBe('')
  expect(composed?.findings()).toContainEqual(
    expect.objectContaining({ table: 'XML3', row: 1, field: 'DON_GIA_BV', resource: 'ChargeItem/tu-ghi-0-cp-0' }),
  )
})

test('results that no report gathers are in the dossier as those of a report are', () => {
  const chart = chartOf(2)
  const reported = composeDossier(chart)?.dossier.tables.XML4?.map(({ values }) => values) ?? []
  expect(reported.length).toBeGreaterThan(0)
  const reports = chart.resources.filter((each) => each.resourceType === 'DiagnosticReport')
  const category = [
    { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
  ]
  const alone = chart.resources.flatMap((each): FhirResource[] => {
    if (each.resourceType === 'DiagnosticReport') return []
    const report = reports.find(({ result }) => result?.some(({ reference }) => reference === `Observation/${each.id}`))
    if (each.resourceType !== 'Observation' || !report) return [each]
    const { basedOn, issued, resultsInterpreter } = report
    return [{ ...each, category, basedOn, issued, performer: resultsInterpreter } as FhirResource]
  })
  expect(composeDossier({ ...chart, resources: alone })?.dossier.tables.XML4?.map(({ values }) => values)).toEqual(
    reported,
  )
  // a report that is not finished holds its values back, and a vital sign is no result
  const held = [...alone, ...reports.map((each) => ({ ...each, status: 'preliminary' }) as FhirResource)]
  expect(composeDossier({ ...chart, resources: held })?.dossier.tables.XML4).toBeUndefined()
})

test('a price in another money is no price', () => {
  const chart = chartOf(0)
  const resources = chart.resources.map((each) =>
    each.resourceType === 'ChargeItem' ? { ...each, priceOverride: { value: 10, currency: 'USD' } } : each,
  )
  expect(composeDossier({ ...chart, resources })?.dossier.tables.XML3?.[0]?.values.DON_GIA_BV).toBe('')
})

test('a visit that the chart does not have is no dossier', () => {
  expect(composeDossier({ ...chartOf(0), encounter: 'nobody' })).toBeNull()
})

test.each<[said: string, coverage: Partial<Coverage>, share: string]>([
  ['a card of 80 %', {}, '80'],
  ['a co-payment that is waived', { costToBeneficiary: waivedFrom('2025-06-01') }, '100'],
  ['a waiver that begins later', { costToBeneficiary: waivedFrom('2025-12-01') }, '80'],
  ['a card that ended before', { period: { start: '2024-01-01', end: '2025-09-03' }, status: 'cancelled' }, '0'],
])('%s decides what the fund pays', (_said, more, share) => {
  const chart = chartOf(2)
  const resources = chart.resources.map((each) => (each.resourceType === 'Coverage' ? { ...each, ...more } : each))
  const composed = composeDossier({ ...chart, resources })
  expect(composed?.dossier.tables.XML3?.[0]?.values.MUC_HUONG).toBe(share)
})

function waivedFrom(start: string): Coverage['costToBeneficiary'] {
  const system = 'urn:lanh:code:insurance-co-payment-exception'
  const exception = [{ type: { coding: [{ system, code: 'co-payment-exempt' }] }, period: { start } }]
  return [{ valueQuantity: { value: 20, unit: '%' }, exception }]
}
