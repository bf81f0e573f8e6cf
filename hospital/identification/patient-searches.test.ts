import { expect, test } from 'vitest'
import { patientSearches } from './patient-searches.ts'

const parametersOf = (search: string | undefined) => Object.fromEntries(new URLSearchParams(search?.split('?')[1]))

test('a name with a birth year is one search with both', () => {
  const searches = patientSearches({ kind: 'name', name: 'nguyễn văn a', born: '1985' })
  expect(searches.map(parametersOf)).toEqual([{ name: 'nguyễn văn a', birthdate: '1985', _count: '30' }])
})

test('a code is looked for among patients and among insurance cards', () => {
  const searches = patientSearches({ kind: 'code', codes: ['gd4797912345678', 'GD4797912345678'] })
  expect(searches.map((search) => search.split('?')[0])).toEqual(['Patient', 'Coverage'])
  expect(parametersOf(searches[1])).toMatchObject({
    identifier: 'gd4797912345678,GD4797912345678',
    _include: 'Coverage:beneficiary',
  })
})

test('initials and last digits are asked by their own parameters', () => {
  const initials = patientSearches({ kind: 'initials', letters: 'nva', born: '1985' })
  expect(initials.map(parametersOf)).toEqual([{ initials: 'nva', birthdate: '1985', _count: '30' }])
  const ending = patientSearches({ kind: 'ending', digits: '4567' })
  expect(ending.map(parametersOf)).toEqual([
    { 'last-digits': '4567', _count: '30' },
    { 'last-digits': '4567', _count: '30', _include: 'Coverage:beneficiary' },
  ])
})

test('digits behind a name are the end of a number of the person or of their insurance card', () => {
  const searches = patientSearches({ kind: 'name', name: 'an', endsIn: '4567' })
  expect(searches.map(parametersOf)).toEqual([
    { name: 'an', 'last-digits': '4567', _count: '30' },
    { 'last-digits': '4567', 'beneficiary.name': 'an', _count: '30', _include: 'Coverage:beneficiary' },
  ])
})

test('typed separators stay text', () => {
  expect(parametersOf(patientSearches({ kind: 'name', name: 'a,b|c$d&e=f' })[0]).name).toBe('a\\,b\\|c\\$d&e=f')
})
