import { expect, test } from 'vitest'
import { indexEntries, promotedDate, selfHash } from '#fhir/search'
import { searchParameter } from '#fhir/definitions'
import { bitsOf } from './labels.ts'
import { RELATION_KINDS, RELATION_LINES, relationKind, relationsOf } from './relations.ts'

const DAY = 86_400_000
const at = Date.parse('2026-03-10T08:00:00+07:00')

const encounter = (more: object) =>
  indexEntries({
    resourceType: 'Encounter',
    id: 'e1',
    status: 'in-progress',
    subject: { reference: 'Patient/p1' },
    serviceProvider: { reference: 'Organization/ward-3' },
    participant: [{ individual: { reference: 'Practitioner/an' } }],
    ...more,
  })

test('every line names a reference of its type that is indexed, and a dated type', () => {
  for (const { type, parameter } of RELATION_LINES) {
    expect([type, parameter, searchParameter(type, parameter)?.type]).toEqual([type, parameter, 'reference'])
    expect(promotedDate(type)).not.toBeNull()
  }
})

test('an open stay gives its ward and its doctor a relation that goes on', () => {
  const start = '2026-03-01T00:00:00+07:00'
  expect(relationsOf('Encounter', encounter({ period: { start } }), at)).toEqual([
    {
      holder: selfHash('Practitioner', 'an'),
      kind: 'participant',
      labels: bitsOf(['HIV', 'PSY', 'ETH', 'SDV', 'SEX', 'EMP', 'CEL', 'R']),
      since: Date.parse(start) - DAY,
      until: at + 400 * DAY,
    },
    {
      holder: selfHash('Organization', 'ward-3'),
      kind: 'department',
      labels: bitsOf(['SEX', 'EMP', 'CEL', 'R']),
      since: Date.parse(start) - DAY,
      until: at + 400 * DAY,
    },
  ])
})

test('a stay that ended gives it for thirty days more, and then nothing', () => {
  const end = '2026-03-05T10:00:00+07:00'
  const entries = encounter({ period: { start: '2026-03-01T00:00:00+07:00', end } })
  const until = Date.parse(end) + 30 * DAY
  const held = relationsOf('Encounter', entries, at)
  expect(held).toHaveLength(2)
  for (const each of held) expect(Math.abs(each.until - until)).toBeLessThan(1000)
  expect(relationsOf('Encounter', entries, until + 1000)).toEqual([])
})

test('an end far away is no end, and what has no date begins when it is written', () => {
  const far = encounter({ period: { start: '2026-03-01', end: '2999-01-01' } })
  expect(relationsOf('Encounter', far, at).map(({ until }) => until)).toEqual([at + 400 * DAY, at + 400 * DAY])
  const undated = relationsOf('Encounter', encounter({}), at)
  expect(undated.map(({ since, until }) => [since, until])).toEqual(Array(2).fill([at - DAY, at + 400 * DAY]))
})

test('what was cancelled or entered by mistake, and what is of no patient, gives none', () => {
  expect(relationsOf('Encounter', encounter({ status: 'cancelled' }), at)).toEqual([])
  expect(relationsOf('Encounter', encounter({ status: 'entered-in-error' }), at)).toEqual([])
  expect(relationsOf('Encounter', encounter({ subject: undefined }), at)).toEqual([])
})

test.each([
  ['CareTeam', { participant: [{ member: { reference: 'Practitioner/an' } }] }, 'care-team'],
  ['ServiceRequest', { requester: { reference: 'Practitioner/an' }, authoredOn: '2026-03-09' }, 'ordered'],
  ['ServiceRequest', { performer: [{ reference: 'Practitioner/an' }], authoredOn: '2026-03-09' }, 'ordered'],
  ['MedicationRequest', { requester: { reference: 'Practitioner/an' }, authoredOn: '2026-03-09' }, 'ordered'],
  ['Procedure', { performer: [{ actor: { reference: 'Practitioner/an' } }] }, 'participant'],
  ['Composition', { author: [{ reference: 'Practitioner/an' }], date: '2026-03-09' }, 'author'],
  [
    'EpisodeOfCare',
    { patient: { reference: 'Patient/p1' }, careManager: { reference: 'Practitioner/an' } },
    'participant',
  ],
])('%s gives a relation to whom it names', (resourceType, more, kind) => {
  const entries = indexEntries({ resourceType, id: 'x', subject: { reference: 'Patient/p1' }, ...more })
  const held = relationsOf(resourceType, entries, at)
  expect(held.map((each) => [each.holder, each.kind])).toEqual([[selfHash('Practitioner', 'an'), kind]])
})

test('an appointment gives one to whoever is to see the patient', () => {
  const entries = indexEntries({
    resourceType: 'Appointment',
    id: 'x',
    status: 'booked',
    start: '2026-03-12T08:00:00+07:00',
    participant: [{ actor: { reference: 'Patient/p1' } }, { actor: { reference: 'Practitioner/an' } }],
  })
  const held = relationsOf('Appointment', entries, at).filter(({ holder }) => holder === selfHash('Practitioner', 'an'))
  expect(held).toMatchObject([{ kind: 'scheduled', since: Date.parse('2026-03-12T08:00:00+07:00') - 3 * DAY }])
})

test('numbers of kinds go back and forth', () => {
  for (const [kind, number] of Object.entries(RELATION_KINDS)) expect(relationKind(number)).toBe(kind)
  expect(() => relationKind(55)).toThrow('55')
})

test('types without lines cost next to nothing', () => {
  const entries = indexEntries({ resourceType: 'Observation', id: 'o', subject: { reference: 'Patient/p1' } })
  const started = process.cpuUsage().user
  for (let i = 0; i < 100_000; i++) relationsOf('Observation', entries, at)
  expect((process.cpuUsage().user - started) / 100_000).toBeLessThan(1)
})
