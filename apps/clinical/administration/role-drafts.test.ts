import { expect, test } from 'vitest'
import type { RoleLine } from '#apps/server'
import { draftOf, rolesGiven } from './role-drafts.ts'

const line: RoleLine = {
  role: 'nurse',
  department: 'Organization/khoa-noi',
  since: '2026-03-01T02:15:00.000Z',
  until: '2026-09-30T17:00:00.000Z',
  holds: true,
}

test('a role is written in days of the hospital; the last day is included', () => {
  expect(draftOf(line)).toEqual({
    role: 'nurse',
    department: 'Organization/khoa-noi',
    since: '2026-03-01',
    until: '2026-09-30',
  })
})

test('what was not touched goes back to the moment it came from', () => {
  expect(rolesGiven([draftOf(line)], [line])).toEqual([
    { role: 'nurse', department: 'Organization/khoa-noi', since: line.since, until: line.until },
  ])
})

test('a new day ends at the midnight after it, and nothing written means now and without end', () => {
  expect(rolesGiven([{ role: 'doctor', department: '', since: '', until: '2026-12-31' }])).toEqual([
    { role: 'doctor', department: null, since: null, until: '2026-12-31T17:00:00.000Z' },
  ])
  expect(rolesGiven([{ role: 'doctor', department: '', since: '2026-12-01', until: '' }])).toEqual([
    { role: 'doctor', department: null, since: '2026-11-30T17:00:00.000Z', until: null },
  ])
})
