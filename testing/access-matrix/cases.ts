/** Requests of every kind: roles × types × acts × relations × labels, and then everything else that can be different. */
import type { AccessRequest, Act, Label, Reader, Relation, Role } from '#foundation/access-control'

export const ROLES: readonly Role[] = [
  'reception',
  'doctor',
  'nurse',
  'technician',
  'pharmacist',
  'cashier',
  'insurance',
  'records',
  'head',
  'director',
  'administrator',
  'auditor',
  'privacy',
  'integration',
  'patient',
  'representative',
  'guest',
]

export const ACTS: readonly Act[] = ['read', 'search', 'copy', 'print', 'create', 'edit', 'cancel', 'restore']

/** Some of every area, all that a line could name, and types that are in no list. */
export const TYPES: readonly string[] = [
  'Organization',
  'ValueSet',
  'Patient',
  'Encounter',
  'EpisodeOfCare',
  'Appointment',
  'AppointmentResponse',
  'Observation',
  'Condition',
  'QuestionnaireResponse',
  'Composition',
  'DocumentReference',
  'MedicationRequest',
  'MedicationDispense',
  'MedicationAdministration',
  'MedicationStatement',
  'AllergyIntolerance',
  'Immunization',
  'SupplyRequest',
  'SupplyDelivery',
  'ServiceRequest',
  'Specimen',
  'DiagnosticReport',
  'ImagingStudy',
  'Media',
  'Coverage',
  'Invoice',
  'Task',
  'Communication',
  'CommunicationRequest',
  'Provenance',
  'Consent',
  'AuditEvent',
  'Binary',
  'Bundle',
  'List',
]

const MORNING = '2026-03-10T08:00:00+07:00'
const LATER = '2026-04-01T00:00:00Z'
const OVER = '2026-03-10T00:59:00Z'

const TEAM: readonly Label[] = ['HIV', 'PSY', 'ETH', 'SDV', 'SEX', 'EMP', 'CEL', 'R']

export const RELATIONS: readonly (readonly Relation[])[] = [
  [],
  [{ kind: 'department', labels: ['SEX', 'EMP', 'CEL', 'R'], until: LATER }],
  [{ kind: 'care-team', labels: [...TEAM, 'V'], until: LATER }],
  [{ kind: 'ordered', labels: [], until: LATER }],
  [{ kind: 'break-glass', labels: TEAM, until: LATER }],
  [
    { kind: 'author', labels: ['HIV'], until: LATER },
    { kind: 'grant', labels: ['V', 'SEX'], until: LATER },
  ],
  [{ kind: 'department', labels: [...TEAM, 'V'], until: OVER }],
  [
    { kind: 'department', labels: [], until: OVER },
    { kind: 'scheduled', labels: ['R', 'PSY'], until: LATER },
  ],
]

export const LABELS: readonly (readonly Label[])[] = [
  [],
  ['EMP'],
  ['CEL'],
  ['R'],
  ['HIV'],
  ['PSY'],
  ['ETH'],
  ['SDV'],
  ['SEX'],
  ['V'],
  ['HIV', 'V'],
]

const AGENTS: Readonly<Partial<Record<Role, string>>> = {
  patient: 'Patient/p1',
  representative: 'RelatedPerson/r1',
  integration: 'Device/lis',
}

/** Somebody of this role as they usually come. */
export const readerOf = (...roles: readonly Role[]): Reader => {
  const role = roles[0] as Role
  return {
    account: 'account',
    agent: AGENTS[role] ?? 'Practitioner/an',
    name: 'An',
    roles,
    departments: ['Organization/ward-3'],
    session: 'session',
    client: role === 'integration' ? 'lis' : null,
    scopes: role === 'integration' ? ['system/*.cruds'] : null,
    patients: ['patient', 'representative', 'guest'].includes(role) ? ['Patient/p1'] : null,
    purpose: 'TREAT',
    factors: 2,
    network: '10.1.2.3',
  }
}

export const usual = (reader: Reader, type: string, act: Act): AccessRequest => ({
  reader,
  act,
  type,
  labels: [],
  ofPatient: true,
  relations: [],
  withinPatients: true,
  at: MORNING,
})

/** Something about a request that is not as usual. */
type Twist = (request: AccessRequest) => AccessRequest

const who =
  (change: Partial<Reader>): Twist =>
  (request) => ({ ...request, reader: { ...request.reader, ...change } })

const when =
  (at: string): Twist =>
  (request) => ({ ...request, at })

const scoped = (...scopes: readonly string[]): Twist => who({ scopes })
const both =
  (...twists: readonly Twist[]): Twist =>
  (request) =>
    twists.reduce((changed, twist) => twist(changed), request)
const NOBODYS: Twist = (request) => ({ ...request, ofPatient: false, relations: [] })
const ELSEWHERE: Twist = (request) => ({
  ...request,
  withinPatients: false,
  reader: { ...request.reader, patients: ['Patient/p2'] },
})
const ONE_PATIENT = who({ patients: ['Patient/p1'] })

export const TWISTS: readonly Twist[] = [
  who({ factors: 1 }),
  who({ network: '8.8.8.8' }),
  who({ network: '8.8.8.8', factors: 1 }),
  who({ network: '2001:db8::1', factors: 1 }),
  ...['127.0.0.1', '172.16.0.1', '172.32.0.1', '192.168.1.1', '::1', 'fd00::1', 'fe80::1%eth0', '::ffff:10.0.0.1'].map(
    (network) => who({ network, factors: 1 }),
  ),
  who({ network: 'unknown', factors: 1 }),
  who({ departments: [] }),
  when('2026-03-10T05:59:00+07:00'),
  when('2026-03-10T06:00:00+07:00'),
  when('2026-03-10T19:59:00+07:00'),
  when('2026-03-10T20:00:00+07:00'),
  when('2026-03-14T12:00:00+07:00'),
  when('2026-03-15T12:00:00+07:00'),
  NOBODYS,
  both(NOBODYS, ONE_PATIENT),
  both(NOBODYS, who({ patients: ['Patient/p2'] })),
  ELSEWHERE,
  ONE_PATIENT,
  who({ patients: null }),
  who({ agent: 'Practitioner/an', patients: ['Patient/p1'] }),
  who({ agent: 'Patient/p1', patients: ['Patient/p1'] }),
  who({ scopes: null }),
  scoped(),
  scoped('openid', 'launch'),
  scoped('user/*.rs'),
  scoped('patient/*.rs'),
  both(ONE_PATIENT, scoped('patient/*.cruds')),
  scoped('user/Observation.read', 'user/Task.write'),
  scoped('user/*.*'),
  scoped('system/MedicationRequest.c', 'system/Observation.u', 'system/Appointment.d'),
  scoped('system/*.read'),
  scoped('system/*.sr', 'user/Observation.rs?category=laboratory', 'user/Nonsense.rs'),
]

/** Of people who have two roles at once. */
const PAIRS: readonly (readonly [Role, Role])[] = [
  ['doctor', 'cashier'],
  ['head', 'patient'],
  ['nurse', 'integration'],
  ['reception', 'insurance'],
  ['administrator', 'privacy'],
  ['technician', 'guest'],
]

export function* cases(): Generator<AccessRequest> {
  for (const role of ROLES) yield* casesOf(role)
}

/** Of somebody of this role, and of those who have another one besides. */
export function* casesOf(role: Role): Generator<AccessRequest> {
  const reader = readerOf(role)
  for (const type of TYPES) {
    for (const act of ACTS) {
      const base = usual(reader, type, act)
      for (const relations of RELATIONS) for (const labels of LABELS) yield { ...base, relations, labels }
      for (const twist of TWISTS) {
        yield twist(base)
        yield twist({ ...base, relations: RELATIONS[1] as readonly Relation[] })
      }
    }
  }
  yield* casesOfPairs(PAIRS.filter(([first]) => first === role))
}

function* casesOfPairs(pairs: typeof PAIRS): Generator<AccessRequest> {
  for (const pair of pairs) {
    for (const roles of [pair, pair.toReversed() as [Role, Role]]) {
      for (const type of TYPES) {
        for (const act of ACTS) {
          const base = usual(readerOf(...roles), type, act)
          for (const relations of RELATIONS.slice(0, 2))
            for (const labels of LABELS) yield { ...base, relations, labels }
          yield who({ network: '8.8.8.8', factors: 1 })(base)
        }
      }
    }
  }
}
