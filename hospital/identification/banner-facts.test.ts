import type { Encounter, Patient } from '#fhir/r4'
import { expect, test } from 'vitest'
import { bannerFacts, type BannerRecords } from './banner-facts.ts'

const patient: Patient = {
  resourceType: 'Patient',
  id: 'p1',
  name: [
    { use: 'old', text: 'Tên Cũ' },
    { use: 'official', family: 'Nguyễn', given: ['Thị', 'Hoà'] },
  ],
  birthDate: '1950-02-03',
}
const records = (more: Partial<BannerRecords> = {}): BannerRecords => ({
  patient,
  allergies: [],
  coverages: [],
  encounters: [],
  flags: [],
  weights: [],
  ...more,
})
const stay = (more: Partial<Encounter>): Encounter => ({
  resourceType: 'Encounter',
  status: 'in-progress',
  class: { code: 'IMP' },
  ...more,
})
const today = '2026-11-24'

test('the official name is written family first, never the old one', () => {
  expect(bannerFacts(records(), today).name).toBe('Nguyễn Thị Hoà')
})

test('the age of someone who died stops at death', () => {
  const dead = { ...patient, deceasedDateTime: '2020-02-02T10:00:00+07:00' }
  expect(bannerFacts(records({ patient: dead }), today).age?.value).toBe(69)
  expect(bannerFacts(records({ patient: { ...patient, deceasedBoolean: true } }), today).diedOn).toBe('')
})

test('the place is read from the department down to the bed, places already left aside', () => {
  const place = (display: string, code: string, status: 'active' | 'completed' = 'active') => ({
    location: { display },
    status,
    physicalType: { coding: [{ code }] },
  })
  const encounter = stay({
    location: [
      place('Giường 12', 'bd'),
      place('Khoa Cấp cứu', 'wa', 'completed'),
      place('Khoa Nội', 'wa'),
      place('Phòng 3', 'ro'),
    ],
  })
  expect(bannerFacts(records({ encounters: [encounter] }), today).place).toEqual(['Khoa Nội', 'Phòng 3', 'Giường 12'])
})

test('a bed without its department is preceded by the department that serves the stay', () => {
  const encounter = stay({
    serviceProvider: { display: 'Khoa Nội' },
    location: [{ location: { display: 'Giường 1' } }],
  })
  expect(bannerFacts(records({ encounters: [encounter] }), today).place).toEqual(['Khoa Nội', 'Giường 1'])
})

test('without locations the department that serves the stay is the place', () => {
  const encounter = stay({ serviceProvider: { display: 'Khoa Nhi' } })
  expect(bannerFacts(records({ encounters: [encounter] }), today).place).toEqual(['Khoa Nhi'])
})

test('an empty record still has a code to read aloud', () => {
  const facts = bannerFacts(records({ patient: { resourceType: 'Patient', id: 'p9' } }), today)
  expect(facts).toMatchObject({ name: '', age: null, code: 'p9', place: [], allergy: { kind: 'not-asked' } })
})

test('an invented person is known by the security label of test data', () => {
  const label = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST' }
  const invented = { ...patient, meta: { security: [label] } }
  expect(bannerFacts(records({ patient: invented }), today).isInvented).toBe(true)
  expect(bannerFacts(records(), today).isInvented).toBe(false)
})
