import type { MedicationRequest } from '#fhir/r4'
import { expect, test } from 'vitest'
import { isInUse, plannedEnd, treatmentDay } from './in-use.ts'

const order = (more: Partial<MedicationRequest> = {}): MedicationRequest => ({
  resourceType: 'MedicationRequest',
  status: 'active',
  intent: 'order',
  subject: { reference: 'Patient/1' },
  authoredOn: '2026-11-20T09:00:00+07:00',
  ...more,
})
const forDays = (value: number) => ({ dispenseRequest: { expectedSupplyDuration: { value, code: 'd' } } })

test('an active order without an end stays in use; a stopped one does not', () => {
  expect(isInUse(order(), '2027-11-24')).toBe(true)
  expect(isInUse(order({ status: 'stopped' }), '2026-11-20')).toBe(false)
  expect(isInUse(order({ status: 'on-hold' }), '2026-11-20')).toBe(true)
})

test('a five-day supply ends with its fifth day', () => {
  expect(plannedEnd(order(forDays(5)))).toBe('2026-11-24')
  expect(isInUse(order(forDays(5)), '2026-11-24')).toBe(true)
  expect(isInUse(order(forDays(5)), '2026-11-25')).toBe(false)
})

test('the first day of treatment is day 1', () => {
  expect(treatmentDay(order(), '2026-11-20')).toBe(1)
  expect(treatmentDay(order(), '2026-11-24')).toBe(5)
  expect(treatmentDay(order(), '2026-11-19')).toBeNull()
  expect(treatmentDay(order(), '2028-11-20')).toBeNull()
})
