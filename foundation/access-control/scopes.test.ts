import { expect, test } from 'vitest'
import { readableTypes, scopeAllows, scopeOf } from './scopes.ts'

test.each([
  ['patient/Observation.rs', { context: 'patient', type: 'Observation', letters: 'rs' }],
  ['user/*.cruds', { context: 'user', type: '*', letters: 'cruds' }],
  ['system/Patient.read', { context: 'system', type: 'Patient', letters: 'rs' }],
  ['user/Patient.write', { context: 'user', type: 'Patient', letters: 'cud' }],
  ['user/Patient.*', { context: 'user', type: 'Patient', letters: 'cruds' }],
])('%s is understood', (scope, granted) => expect(scopeOf(scope)).toEqual(granted))

test.each([
  'openid',
  'launch/patient',
  'patient/Observation.sr',
  'patient/Observation.rr',
  'patient/Observation.',
  'patient/Nonsense.rs',
  'patient/observation.rs',
  'patient/Observation.rs?category=laboratory',
  'Patient/Observation.rs',
  'other/Observation.rs',
  ' user/Observation.rs',
  'user/Observation.rs\n',
  'user/constructor.rs',
])('%j grants nothing', (scope) => {
  expect(scopeOf(scope)).toBeNull()
  expect(scopeAllows([scope], 'read', 'Observation', true)).toBe(false)
})

test('our own screens have no scopes, and an empty list grants nothing', () => {
  expect(scopeAllows(null, 'edit', 'Observation', false)).toBe(true)
  expect(scopeAllows([], 'read', 'Observation', true)).toBe(false)
})

test('scopes of patient/ mean nothing where no patient was chosen', () => {
  expect(scopeAllows(['patient/*.rs'], 'read', 'Observation', true)).toBe(true)
  expect(scopeAllows(['patient/*.rs'], 'read', 'Observation', false)).toBe(false)
})

test.each([
  ['read', 'r'],
  ['search', 's'],
  ['copy', 'r'],
  ['print', 'r'],
  ['create', 'c'],
  ['edit', 'u'],
  ['restore', 'u'],
  ['cancel', 'd'],
] as const)('%s needs %s and nothing else', (act, letter) => {
  expect(scopeAllows([`user/Task.${letter}`], act, 'Task', false)).toBe(true)
  const others = 'cruds'.replace(letter, '')
  expect(scopeAllows([`user/Task.${others}`], act, 'Task', false)).toBe(false)
  expect(scopeAllows(['user/Observation.cruds'], act, 'Task', false)).toBe(false)
})

test('types that may be read', () => {
  expect(readableTypes(null, false)).toBeNull()
  expect([...(readableTypes(['user/Task.rs', 'user/Group.c', 'patient/Flag.rs'], false) ?? [])]).toEqual(['Task'])
})
