import type { Coverage } from '#fhir/r4'
import { expect, test } from 'vitest'
import { insuranceState } from './insurance-state.ts'

const coverage = (subscriberId: string, start: string, end: string): Coverage => ({
  resourceType: 'Coverage',
  status: 'active',
  beneficiary: { reference: 'Patient/1' },
  payor: [{ display: 'BHXH' }],
  subscriberId,
  period: { start, end },
})
const today = '2026-11-24'

test('the card in force is shown with its level and last day', () => {
  const cards = [
    coverage('GD4797912345678', '2025-01-01', '2025-12-31'),
    coverage('HT3797912345678', '2026-01-01', '2026-12-31'),
  ]
  expect(insuranceState(cards, today)).toEqual({
    kind: 'valid',
    card: 'HT3797912345678',
    level: '3',
    until: '2026-12-31',
  })
})

test('a card is valid through its last day and not before its first', () => {
  expect(insuranceState([coverage('x', '2026-01-01', '2026-11-24')], today).kind).toBe('valid')
  expect(insuranceState([coverage('x', '2026-01-01', '2026-11-23')], today).kind).toBe('expired')
  expect(insuranceState([coverage('x', '2026-11-25', '2027-11-24')], today).kind).toBe('not-yet')
  expect(insuranceState([], today)).toEqual({ kind: 'none' })
})
