/**
 * An act as an AuditEvent.
 * @source http://hl7.org/fhir/R4/auditevent.html, IHE Basic Audit Log Patterns 1.1 (https://profiles.ihe.net/ITI/BALP)
 */
import type { AuditEvent, AuditEventAgent, AuditEventEntity, Coding } from '#fhir/r4'
import type { Act, AuditAction } from '#foundation/audit-log'

const DCM = 'http://dicom.nema.org/resources/ontology/DCM'
const REST = 'http://hl7.org/fhir/restful-interaction'
const EVENT_TYPE = 'http://terminology.hl7.org/CodeSystem/audit-event-type'
const LIFECYCLE = 'http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle'
const PARTICIPATION = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType'
const ENTITY_TYPE = 'http://terminology.hl7.org/CodeSystem/audit-entity-type'
const ENTITY_ROLE = 'http://terminology.hl7.org/CodeSystem/object-role'
const BALP = 'https://profiles.ihe.net/ITI/BALP'

const coding = (system: string, code: string, display: string): Coding => ({ system, code, display })

/** The product, which acts and records. */
const OURSELVES = { reference: 'Device/lanh' }

type Pattern = 'Read' | 'Create' | 'Update' | 'Delete' | 'Query'

interface Kind {
  /** C create, R read or print, U update, D delete, E execute */
  readonly code: 'C' | 'R' | 'U' | 'D' | 'E'
  readonly type: Coding
  readonly subtype: Coding
  /** the IHE pattern, where there is one */
  readonly pattern?: Pattern
}

const restful = (code: Kind['code'], name: string, pattern?: Pattern): Kind => ({
  code,
  type: coding(EVENT_TYPE, 'rest', 'Restful Operation'),
  subtype: coding(REST, name, name),
  ...(pattern && { pattern }),
})

const dicom = (code: Kind['code'], type: readonly [string, string], subtype: Coding): Kind => ({
  code,
  type: coding(DCM, ...type),
  subtype,
})

const APPLICATION = ['110100', 'Application Activity'] as const
const AUDIT_LOG_USED = ['110101', 'Audit Log Used'] as const
const EXPORT = ['110106', 'Export'] as const
const SECURITY_ALERT = ['110113', 'Security Alert'] as const
const USER_AUTHENTICATION = ['110114', 'User Authentication'] as const

/** Everything that can be done, one line each. */
export const KINDS: Readonly<Record<AuditAction, Kind>> = {
  read: restful('R', 'read', 'Read'),
  vread: restful('R', 'vread', 'Read'),
  history: restful('R', 'history'),
  search: restful('E', 'search', 'Query'),
  everything: restful('E', 'operation'),
  create: restful('C', 'create', 'Create'),
  update: restful('U', 'update', 'Update'),
  patch: restful('U', 'patch', 'Update'),
  delete: restful('D', 'delete', 'Delete'),
  transaction: restful('E', 'transaction'),
  export: dicom('R', EXPORT, coding(LIFECYCLE, 'disclose', 'Disclose Record Lifecycle Event')),
  print: dicom('R', EXPORT, coding('urn:lanh:code:audit-action', 'print', 'Print')),
  'sign-in': dicom('E', USER_AUTHENTICATION, coding(DCM, '110122', 'Login')),
  'sign-out': dicom('E', USER_AUTHENTICATION, coding(DCM, '110123', 'Logout')),
  'break-glass': dicom('E', SECURITY_ALERT, coding(DCM, '110127', 'Emergency Override Started')),
  'account-change': dicom('E', SECURITY_ALERT, coding(DCM, '110137', 'User Security Attributes Changed')),
  'policy-change': dicom('E', SECURITY_ALERT, coding(DCM, '110136', 'Security Roles Changed')),
  'client-change': dicom('E', SECURITY_ALERT, coding(DCM, '110129', 'Security Configuration')),
  'key-change': dicom('E', SECURITY_ALERT, coding(DCM, '110129', 'Security Configuration')),
  erase: dicom('D', AUDIT_LOG_USED, coding(LIFECYCLE, 'destroy', 'Destroy/Delete Record Lifecycle Event')),
  'clock-step': dicom('E', SECURITY_ALERT, coding(DCM, '110129', 'Security Configuration')),
  start: dicom('E', APPLICATION, coding(DCM, '110120', 'Application Start')),
  stop: dicom('E', APPLICATION, coding(DCM, '110121', 'Application Stop')),
}

/** AuditEvent.outcome. @source http://hl7.org/fhir/R4/valueset-audit-event-outcome.html */
export const OUTCOMES = { success: '0', refused: '4', failure: '8' } as const

export function toAuditEvent({ seq, statement, detail }: Act): AuditEvent {
  const { action, at, outcome, rule, purpose } = statement
  const kind = KINDS[action]
  const profile = profileOf(kind, { seq, statement, detail })
  return {
    resourceType: 'AuditEvent',
    id: seq,
    meta: { versionId: '1', lastUpdated: at, ...(profile && { profile: [profile] }) },
    type: kind.type,
    subtype: [kind.subtype],
    action: kind.code,
    recorded: at,
    outcome: OUTCOMES[outcome],
    ...(rule && { outcomeDesc: rule }),
    purposeOfEvent: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: purpose }] }],
    agent: agentsOf({ seq, statement, detail }, kind),
    source: {
      observer: OURSELVES,
      type: [coding('http://terminology.hl7.org/CodeSystem/security-source-type', '4', 'Application Server')],
    },
    entity: [...entitiesOf({ seq, statement, detail }), requestEntity(statement.request)],
  }
}

/** The pattern is claimed only where it is kept: one thing, at most one patient, done with success. */
function profileOf({ pattern }: Kind, { statement, detail }: Act): string | null {
  const { outcome, patients, entities, more } = statement
  const isOneThing = pattern === 'Query' ? detail?.query !== undefined : entities.length === 1 && more === undefined
  if (pattern === undefined || outcome !== 'success' || !isOneThing || patients.length > 1 || !detail) return null
  return `${BALP}/StructureDefinition/IHE.BasicAudit.${patients.length === 1 ? 'Patient' : ''}${pattern}`
}

const SOURCE = coding(DCM, '110153', 'Source Role ID')
const DESTINATION = coding(DCM, '110152', 'Destination Role ID')

/** In which parts client, server and person take part. The data flow from the source to the destination. */
const PARTS: Readonly<Record<Pattern, readonly [client: Coding, server: Coding, person: Coding]>> = {
  Read: [DESTINATION, SOURCE, coding(PARTICIPATION, 'IRCP', 'information recipient')],
  Query: [SOURCE, DESTINATION, coding(PARTICIPATION, 'IRCP', 'information recipient')],
  Create: [SOURCE, DESTINATION, coding(PARTICIPATION, 'AUT', 'author (originator)')],
  Update: [SOURCE, DESTINATION, coding(PARTICIPATION, 'AUT', 'author (originator)')],
  Delete: [
    coding(DCM, '110150', 'Application'),
    coding('http://terminology.hl7.org/CodeSystem/provenance-participant-type', 'custodian', 'Custodian'),
    coding(PARTICIPATION, 'CST', 'custodian'),
  ],
}

function agentsOf({ statement, detail }: Act, { pattern = 'Query' }: Kind): AuditEventAgent[] {
  const [client, server, person] = PARTS[pattern]
  const address = detail?.network ?? ''
  return [
    {
      type: { coding: [person] },
      ...(statement.roles.length > 0 && { role: statement.roles.map(roleOf) }),
      who: { reference: statement.agent },
      ...(statement.account && { altId: statement.account }),
      requestor: true,
    },
    {
      type: { coding: [client] },
      who: { identifier: { system: 'urn:lanh:client', value: statement.client ?? 'lanh' } },
      requestor: false,
      ...(address && { network: { address, type: '2' } }),
    },
    { type: { coding: [server] }, who: OURSELVES, requestor: false, network: { address: 'lanh', type: '1' } },
  ]
}

const roleOf = (role: string) => ({ coding: [{ system: 'urn:lanh:code:role', code: role }] })

function entitiesOf({ statement, detail }: Act): AuditEventEntity[] {
  const { patients, entities, more } = statement
  const query = detail?.query
  return [
    ...patients.map((patient) => ({
      what: { reference: patient },
      type: coding(ENTITY_TYPE, '1', 'Person'),
      role: coding(ENTITY_ROLE, '1', 'Patient'),
    })),
    ...entities.map((entity) => ({
      what: { reference: entity },
      type: coding(ENTITY_TYPE, '2', 'System Object'),
      role: coding(ENTITY_ROLE, '4', 'Domain Resource'),
    })),
    ...(query === undefined ? [] : [queryEntity(query)]),
    ...(more === undefined && detail?.reason === undefined ? [] : [remarkEntity(more, detail?.reason)]),
  ]
}

const queryEntity = (query: string): AuditEventEntity => ({
  type: coding(ENTITY_TYPE, '2', 'System Object'),
  role: coding(ENTITY_ROLE, '24', 'Query'),
  query: Buffer.from(query).toString('base64'),
})

/** What has no place of its own: how many more things there were, and why in the person's words. */
const remarkEntity = (more: number | undefined, reason: string | undefined): AuditEventEntity => ({
  type: coding(ENTITY_TYPE, '4', 'Other'),
  detail: [
    ...(more === undefined ? [] : [{ type: 'more', valueString: String(more) }]),
    ...(reason === undefined ? [] : [{ type: 'reason', valueString: reason }]),
  ],
})

const requestEntity = (request: string): AuditEventEntity => ({
  what: { identifier: { value: request } },
  type: coding(`${BALP}/CodeSystem/BasicAuditEntityType`, 'XrequestId', 'transaction'),
})
