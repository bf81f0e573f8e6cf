import type { Patient } from '#fhir/r4'
import { expect, test } from 'vitest'
import { foundPatients } from './found-patients.ts'

const person = (id: string, text: string, birthDate: string, phone?: string): Patient => ({
  resourceType: 'Patient',
  id,
  name: [{ text }],
  birthDate,
  ...(phone ? { telecom: [{ system: 'phone', value: phone }] } : {}),
})

const an = person('1', 'Nguyễn Văn An', '1985-03-15', '0912344567')
const anToo = person('2', 'Nguyễn Vân An', '1950')
const binh = person('3', 'Nguyễn Văn Bình', '1960-01-01')

test('two people whose names differ only in marks are both marked', () => {
  const found = foundPatients([an, binh, anToo], [{ kind: 'name', name: 'nguyen van' }])
  expect(found.map((one) => [one.patient.id, one.sameName])).toEqual([
    ['2', true],
    ['1', true],
    ['3', false],
  ])
})

test('the exact name comes first, and nobody twice', () => {
  const found = foundPatients([an, binh, binh], [{ kind: 'name', name: 'nguyễn văn bình' }])
  expect(found.map((one) => one.patient.id)).toEqual(['3', '1'])
})

test('the typed last four digits narrow the list', () => {
  const found = foundPatients([an, anToo], [{ kind: 'name', name: 'nguyen', endsIn: '4567' }])
  expect(found.map((one) => one.patient.id)).toEqual(['1'])
})

test('people without a name are listed and are not each other’s namesakes', () => {
  const found = foundPatients(
    [
      { resourceType: 'Patient', id: '8' },
      { resourceType: 'Patient', id: '9' },
    ],
    [],
  )
  expect(found.map((one) => one.sameName)).toEqual([false, false])
})
