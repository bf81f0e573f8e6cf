import type { AllergyIntolerance } from '#fhir/r4'
import { expect, test } from 'vitest'
import { allergyState } from './allergy-state.ts'

const record = (text: string, more: Partial<AllergyIntolerance> = {}): AllergyIntolerance => ({
  resourceType: 'AllergyIntolerance',
  patient: { reference: 'Patient/1' },
  code: { text },
  ...more,
})
const clinical = (code: string) => ({ clinicalStatus: { coding: [{ code }] } })

test('never asked and asked with none are different', () => {
  expect(allergyState([]).kind).toBe('not-asked')
  expect(allergyState([record('Không dị ứng', { code: { coding: [{ code: '716186003' }] } })]).kind).toBe('none-known')
  expect(allergyState([record('Không có tiền sử dị ứng')]).kind).toBe('none-known')
})

test('a known allergy outweighs “none known”, and severe ones lead', () => {
  const state = allergyState([
    record('Không dị ứng'),
    record('Tôm', { criticality: 'low' }),
    record('Penicillin', { reaction: [{ manifestation: [{ text: 'Phản vệ' }], severity: 'severe' }] }),
  ])
  expect(state).toMatchObject({ kind: 'known', severe: true })
  expect(state.kind === 'known' && state.allergies.map((allergy) => allergy.code?.text)).toEqual(['Penicillin', 'Tôm'])
})

test('resolved, refuted and mistaken records do not count', () => {
  expect(
    allergyState([
      record('Sữa', clinical('resolved')),
      record('Aspirin', { verificationStatus: { coding: [{ code: 'entered-in-error' }] } }),
    ]).kind,
  ).toBe('not-asked')
})
