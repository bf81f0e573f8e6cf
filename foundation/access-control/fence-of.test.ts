import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ALL_AREAS, AREA_BITS } from './areas.ts'
import { decide } from './decide.ts'
import { CLOSED_FENCE, fenceAllows } from './fence.ts'
import { fenceOf } from './fence-of.ts'
import { ALL_LABELS, bitsOf } from './labels.ts'
import { DEFAULT_POLICY } from './policy/default-policy.ts'
import type { Area, Reader, Relation, RelationKind, Role } from './types.ts'

const TYPE_OF: Readonly<Record<Area, string>> = {
  directory: 'Organization',
  person: 'Patient',
  visit: 'Encounter',
  clinical: 'Observation',
  document: 'Composition',
  medication: 'MedicationRequest',
  diagnostic: 'DiagnosticReport',
  coverage: 'Coverage',
  finance: 'Invoice',
  definition: 'ValueSet',
  work: 'Task',
  consent: 'Consent',
  attachment: 'Binary',
  audit: 'AuditEvent',
}

const ROLES: readonly Role[] = [...new Set(DEFAULT_POLICY.lines.flatMap(({ roles }) => roles))]
const KINDS: readonly RelationKind[] = ['department', 'care-team', 'author', 'break-glass', 'grant']
const AGENTS = ['Practitioner/an', 'Patient/p1', 'RelatedPerson/r1', 'Device/lis']

const reader: fc.Arbitrary<Reader> = fc.record({
  account: fc.constant('a'),
  agent: fc.constantFrom(...AGENTS),
  name: fc.constant('An'),
  roles: fc.subarray([...ROLES], { minLength: 0, maxLength: 3 }),
  departments: fc.constantFrom([], ['Organization/ward-3']),
  session: fc.constant(null),
  client: fc.constant(null),
  scopes: fc.constantFrom(null, [], ['user/*.rs'], ['patient/*.rs'], ['system/*.cruds']),
  patients: fc.constantFrom(null, ['Patient/p1'], ['Patient/p2']),
  purpose: fc.constant('TREAT' as const),
  factors: fc.constantFrom(1 as const, 2 as const),
  network: fc.constantFrom('10.0.0.7', '8.8.8.8', '::1', 'unknown'),
})

const relation: fc.Arbitrary<Relation> = fc.record({
  kind: fc.constantFrom(...KINDS),
  labels: fc.subarray([...ALL_LABELS]),
  until: fc.constant('2027-01-01T00:00:00Z'),
})

const row = fc.record({
  area: fc.constantFrom(...ALL_AREAS),
  labels: fc.subarray([...ALL_LABELS], { maxLength: 3 }),
  patient: fc.constantFrom(null, 'Patient/p1'),
  relations: fc.array(relation, { maxLength: 2 }),
})

const at = '2026-03-10T08:00:00+07:00'

test('the fence shows a row exactly where the policy allows reading it', () => {
  fc.assert(
    fc.property(reader, row, (who, { area, labels, patient, relations }) => {
      const request = {
        reader: who,
        type: TYPE_OF[area],
        labels,
        ofPatient: patient !== null,
        relations: patient === null ? [] : relations,
        withinPatients: who.patients === null || (patient !== null && who.patients.includes(patient)),
        at,
      }
      const shown = fenceAllows(fenceOf(DEFAULT_POLICY, who, at), {
        area: AREA_BITS[area],
        labels: bitsOf(labels),
        patient,
        relations: request.relations.map((each) => bitsOf(each.labels)),
      })
      expect(decide(DEFAULT_POLICY, { ...request, act: 'read' }).allowed).toBe(shown)
      if (patient !== null) expect(decide(DEFAULT_POLICY, { ...request, act: 'search' }).allowed).toBe(shown)
    }),
    { numRuns: 20_000 },
  )
})

const nobody: Reader = {
  account: null,
  agent: 'Practitioner/an',
  name: 'An',
  roles: [],
  departments: ['Organization/ward-3'],
  session: null,
  client: null,
  scopes: null,
  patients: null,
  purpose: 'TREAT',
  factors: 2,
  network: '10.0.0.7',
}

test('holders are the agent and the departments on duty, and nobody without a role sees anything', () => {
  const fence = fenceOf(DEFAULT_POLICY, nobody, at)
  expect(fence).toEqual({ ...CLOSED_FENCE, holders: ['Practitioner/an', 'Organization/ward-3'], only: null })
})

test('grants are held for a purpose, by those who may hold any', () => {
  const holders = (change: Partial<Reader>) =>
    fenceOf(DEFAULT_POLICY, { ...nobody, departments: [], ...change }, at).holders
  const guest: Partial<Reader> = { roles: ['guest'], agent: 'Person/clerk', patients: ['Patient/p1'] }
  expect(holders({ ...guest, purpose: 'HLEGAL' })).toEqual(['Person/clerk', 'Person/clerk#HLEGAL'])
  expect(holders({ ...guest, purpose: 'SYSDEV' })).toEqual(['Person/clerk'])
  expect(holders({ roles: ['doctor'], purpose: 'HLEGAL' })).toEqual(['Practitioner/an'])
})

test('from outside with one factor the fence is closed', () => {
  const outside: Reader = { ...nobody, roles: ['doctor'], factors: 1, network: '8.8.8.8' }
  expect(fenceOf(DEFAULT_POLICY, outside, at)).toEqual(CLOSED_FENCE)
  expect(fenceOf(DEFAULT_POLICY, { ...outside, factors: 2 }, at).care).toBeGreaterThan(0)
})

test('scopes close the areas of which they name no type', () => {
  const scoped: Reader = { ...nobody, roles: ['doctor'], scopes: ['user/Observation.rs', 'user/MedicationRequest.c'] }
  const { open, care } = fenceOf(DEFAULT_POLICY, scoped, at)
  expect([open, care]).toEqual([0, AREA_BITS.clinical])
})

test('whoever sees the record room sees no audit, and the administrator nothing of patients', () => {
  const bits = (role: Role) => fenceOf(DEFAULT_POLICY, { ...nobody, roles: [role] }, at)
  expect(bits('records').open & AREA_BITS.audit).toBe(0)
  expect(bits('administrator')).toMatchObject({ open: AREA_BITS.directory | AREA_BITS.definition })
  expect(bits('auditor').open).toBe(AREA_BITS.directory | AREA_BITS.definition | AREA_BITS.audit)
})
