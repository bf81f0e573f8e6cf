import { hash } from 'node:crypto'
import { expect, test } from 'vitest'
import { validate } from '#fhir/validation'
import { insuranceDossier } from '#testing/insurance-dossiers'
import type { TableId } from '../format/table.ts'
import type { Dossier, Values } from '../types.ts'
import { toDossier } from './to-dossier.ts'
import { toResources } from './to-resources.ts'

const identify = (kind: string, ...parts: string[]): string =>
  hash('sha256', JSON.stringify([kind, ...parts]), 'hex').slice(0, 32)

const withRow = (dossier: Dossier, table: TableId, values: Values): Dossier => ({
  ...dossier,
  tables: { ...dossier.tables, [table]: [...(dossier.tables[table] ?? []), { values, unknown: null }] },
})

const IMPLANT = {
  MA_LK: insuranceDossier(0).visit,
  STT: '90',
  MA_VAT_TU: 'N06.99.010.ZZ',
  TEN_VAT_TU: 'Khớp háng thử',
  MA_NHOM: '10',
  SO_LUONG: '1.000',
  DON_VI_TINH: 'Cái',
  NGAY_YL: '202508010900',
}

test('an implant is a device of the hospital, and who got it is said by its delivery', () => {
  const resources = toResources(withRow(insuranceDossier(0), 'XML3', IMPLANT), identify)
  const device = resources.find((each) => each.resourceType === 'Device' && each.type?.text === 'Khớp háng thử')
  const delivery = resources.find((each) => each.resourceType === 'SupplyDelivery')
  const patient = resources.find((each) => each.resourceType === 'Patient')
  expect(delivery).toMatchObject({
    patient: { reference: `Patient/${patient?.id}` },
    suppliedItem: { quantity: { value: 1 }, itemReference: { reference: `Device/${device?.id}` } },
    occurrenceDateTime: '2025-08-01T09:00:00+07:00',
  })
  expect([device, delivery].flatMap((each) => validate(each!)).filter(({ severity }) => severity === 'error')).toEqual(
    [],
  )
  const other = toResources(withRow(insuranceDossier(1), 'XML3', { ...IMPLANT, TEN_VAT_TU: 'tên khác' }), identify)
  expect(other.filter(({ resourceType, id }) => resourceType === 'Device' && id === device?.id)).toHaveLength(1)
})

test('other supplies are charged and no more', () => {
  const resources = toResources(withRow(insuranceDossier(0), 'XML3', { ...IMPLANT, MA_VAT_TU: 'N03.99.010' }), identify)
  expect(resources.filter(({ resourceType }) => resourceType === 'SupplyDelivery')).toEqual([])
})

test('the day of an appointment paper is an appointment that waits for its hour', () => {
  const paper = {
    MA_LK: insuranceDossier(1).visit,
    SO_GIAYHEN_KL: 'GH-1',
    NGAY_HEN_KL: '20251001',
    NGAY_CT: '20250901',
  }
  const dossier = withRow(insuranceDossier(1), 'XML14', paper)
  const resources = toResources(dossier, identify)
  const booked = resources.find((each) => each.resourceType === 'Appointment')
  expect(booked).toMatchObject({ status: 'proposed', requestedPeriod: [{ start: '2025-10-01', end: '2025-10-01' }] })
  expect(validate(booked!).filter(({ severity }) => severity === 'error')).toEqual([])
  const papers = resources.filter((each) => each.resourceType === 'Composition')
  expect(papers.flatMap(({ section }) => section?.[0]?.entry ?? [])).toEqual([
    { reference: `Appointment/${booked?.id}` },
  ])
  expect(toDossier(resources)).toEqual(dossier)
})
