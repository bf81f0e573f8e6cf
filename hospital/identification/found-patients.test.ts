import type { Patient } from '#fhir/r4'
import { expect, test } from 'vitest'
import { foundPatients } from './found-patients.ts'

const person = (id: string, text: string, birthDate: string): Patient => ({
  resourceType: 'Patient',
  id,
  name: [{ text }],
  birthDate,
})

const an = person('1', 'Nguyễn Văn An', '1985-03-15')
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

test('who is called so comes before whose initials these are, and those before longer ones', () => {
  const vanAn = person('5', 'Vũ An Nga', '1970')
  const named = person('6', 'Lê Van', '1990')
  const longer = person('7', 'Võ Anh Ngọc Bích', '1980')
  const found = foundPatients(
    [longer, vanAn, named],
    [
      { kind: 'name', name: 'van' },
      { kind: 'initials', letters: 'van' },
    ],
  )
  expect(found.map((one) => one.patient.id)).toEqual(['6', '5', '7'])
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
