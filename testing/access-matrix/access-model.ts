/**
 * Who may do what, written down a second time: from the text of the law and of the hospital's rules, role by role, in the
 * words of a ward. It knows neither the policy's tables nor how the product decides, and takes only the form of a request
 * from it. What the product allows and this refuses is a leak.
 */
import type { AccessRequest, Label, Role } from '#foundation/access-control'

/** What the ward calls the things that the record holds. */
type Thing =
  | 'catalogue'
  | 'identity'
  | 'stay'
  | 'booking'
  | 'note'
  | 'measurement'
  | 'answers'
  | 'paper'
  | 'prescription'
  | 'dispensing'
  | 'given'
  | 'order'
  | 'specimen'
  | 'result'
  | 'card'
  | 'bill'
  | 'message'
  | 'task'
  | 'signature'
  | 'permission'
  | 'trail'
  | 'file'

const THINGS: Readonly<Record<string, Thing>> = {
  Organization: 'catalogue',
  Practitioner: 'catalogue',
  ValueSet: 'catalogue',
  Questionnaire: 'catalogue',
  Patient: 'identity',
  RelatedPerson: 'identity',
  Encounter: 'stay',
  EpisodeOfCare: 'stay',
  Appointment: 'booking',
  AppointmentResponse: 'booking',
  Observation: 'measurement',
  QuestionnaireResponse: 'answers',
  Composition: 'paper',
  DocumentReference: 'paper',
  MedicationRequest: 'prescription',
  MedicationDispense: 'dispensing',
  SupplyRequest: 'dispensing',
  SupplyDelivery: 'dispensing',
  MedicationAdministration: 'given',
  MedicationStatement: 'given',
  AllergyIntolerance: 'given',
  Immunization: 'given',
  ServiceRequest: 'order',
  Specimen: 'specimen',
  DiagnosticReport: 'result',
  ImagingStudy: 'result',
  Media: 'result',
  Coverage: 'card',
  Invoice: 'bill',
  Claim: 'bill',
  Task: 'task',
  Communication: 'message',
  Provenance: 'signature',
  Consent: 'permission',
  AuditEvent: 'trail',
  Binary: 'file',
  Bundle: 'file',
}

/** What nobody has named is treated as a note: as narrowly as what a doctor writes. */
const thingOf = (type: string): Thing => THINGS[type] ?? 'note'

const isVisit = (thing: Thing) => thing === 'stay' || thing === 'booking'
const isNote = (thing: Thing) =>
  thing === 'note' || thing === 'measurement' || thing === 'answers' || thing === 'message'
const isMedication = (thing: Thing) => thing === 'prescription' || thing === 'dispensing' || thing === 'given'
const isInvestigation = (thing: Thing) => thing === 'order' || thing === 'specimen' || thing === 'result'
const isRecord = (thing: Thing) =>
  isVisit(thing) || isNote(thing) || thing === 'paper' || isMedication(thing) || isInvestigation(thing)
const isWork = (thing: Thing) => thing === 'task' || thing === 'signature'

/** The situation somebody is in, as the rules below speak of it. */
interface Situation {
  readonly request: AccessRequest
  readonly thing: Thing
  /** has to do with the patient now, or there is no patient */
  readonly treats: boolean
  /** the patient lies in a department where they are on duty */
  readonly inMyDepartment: boolean
  /** signed in with two factors */
  readonly strong: boolean
  readonly inHospital: boolean
  readonly onDuty: boolean
  /** Monday to Saturday, from six to eight in the evening */
  readonly officeHours: boolean
  /** a patient or a representative, signed in as such */
  readonly asPatient: boolean
  /** an application whose scopes were agreed */
  readonly withScopes: boolean
}

const looks = ({ request: { act } }: Situation) => act === 'read' || act === 'search'
const writes = ({ request: { act } }: Situation) => act === 'create' || act === 'edit'
const withdraws = ({ request: { act } }: Situation) => act === 'cancel' || act === 'restore'
const prints = ({ request: { act } }: Situation) => act === 'print'
const copies = ({ request: { act } }: Situation) => act === 'copy'

/** Everybody looks up wards, people who work there, and catalogues. */
const looksUp = (s: Situation) => looks(s) && s.thing === 'catalogue'

/** Staff see work lists and give work; a signature is somebody's own and needs two factors. */
const worksTogether = (s: Situation) => isWork(s.thing) && (looks(s) || (writes(s) && s.thing !== 'signature'))
const signs = (s: Situation) => s.thing === 'signature' && s.request.act === 'create' && s.strong

/** What doctors, nurses and heads have in common: they find everybody and read whom they treat (law 15/2023, 69.3). */
const treats = (s: Situation) => {
  if (looks(s) && (s.thing === 'identity' || s.thing === 'card')) return true
  const ofTheChart = isRecord(s.thing) || s.thing === 'permission'
  if (looks(s)) return ofTheChart && s.treats
  return prints(s) && ofTheChart && s.treats && s.inHospital
}

/** Doctors write all of the chart; prescribing is as good as signing and needs two factors. */
const practises = (s: Situation) => {
  if (!writes(s) || !s.treats) return false
  if (isMedication(s.thing)) return s.strong
  return isRecord(s.thing) || s.thing === 'permission'
}

const MAY: Readonly<Record<Role, (s: Situation) => boolean>> = {
  reception: (s) => {
    if (looksUp(s) || worksTogether(s)) return true
    const ofTheDesk = s.thing === 'identity' || isVisit(s.thing) || s.thing === 'card'
    if (looks(s) || writes(s)) return ofTheDesk || s.thing === 'permission'
    if (withdraws(s)) return s.thing === 'booking'
    return prints(s) && ofTheDesk && s.inHospital
  },
  doctor: (s) => looksUp(s) || worksTogether(s) || signs(s) || treats(s) || practises(s),
  nurse: (s) => {
    if (looksUp(s) || worksTogether(s) || signs(s) || treats(s)) return true
    if (!writes(s) || !s.treats) return false
    if (s.thing === 'given') return s.strong
    return (
      isVisit(s.thing) || isNote(s.thing) || s.thing === 'paper' || s.thing === 'specimen' || s.thing === 'permission'
    )
  },
  head: (s) => {
    if (looksUp(s) || worksTogether(s) || signs(s) || treats(s) || practises(s)) return true
    if (!s.inMyDepartment || !s.strong) return false
    if (withdraws(s)) return (isRecord(s.thing) || s.thing === 'permission') && s.onDuty
    return copies(s) && (isRecord(s.thing) || s.thing === 'identity') && s.inHospital
  },
  technician: (s) => {
    if (looksUp(s) || worksTogether(s) || signs(s)) return true
    if (looks(s)) {
      if (s.thing === 'identity' || isVisit(s.thing) || isInvestigation(s.thing)) return true
      return (isNote(s.thing) || s.thing === 'paper' || isMedication(s.thing)) && s.treats
    }
    if (writes(s)) {
      if (s.thing === 'specimen' || s.thing === 'result') return true
      return s.thing === 'measurement' && (s.request.act === 'create' || s.treats)
    }
    return prints(s) && isInvestigation(s.thing) && s.inHospital
  },
  pharmacist: (s) => {
    if (looksUp(s) || worksTogether(s) || signs(s)) return true
    if (looks(s)) {
      if (s.thing === 'identity' || isVisit(s.thing) || isMedication(s.thing) || s.thing === 'card') return true
      return (isNote(s.thing) || s.thing === 'paper' || isInvestigation(s.thing)) && s.treats
    }
    if (writes(s)) return s.thing === 'dispensing' && s.strong
    return prints(s) && isMedication(s.thing) && s.inHospital
  },
  cashier: (s) => {
    if (looksUp(s) || worksTogether(s)) return true
    const seen = s.thing === 'identity' || isVisit(s.thing) || s.thing === 'card' || s.thing === 'bill'
    if (looks(s)) return seen
    if (writes(s)) return s.thing === 'bill'
    if (withdraws(s)) return s.thing === 'bill' && s.strong
    return prints(s) && seen && s.inHospital
  },
  insurance: (s) => {
    if (looksUp(s) || worksTogether(s)) return true
    const ofTheClaim =
      s.thing === 'identity' || s.thing === 'card' || s.thing === 'bill' || s.thing === 'file' || isRecord(s.thing)
    if (looks(s)) return ofTheClaim
    if (writes(s)) return s.thing === 'card' || s.thing === 'bill' || s.thing === 'file'
    if (copies(s)) return ofTheClaim && s.inHospital
    return prints(s) && s.thing === 'bill' && s.inHospital
  },
  records: (s) => {
    if (looksUp(s) || worksTogether(s) || signs(s)) return true
    const archived =
      s.thing === 'identity' ||
      s.thing === 'card' ||
      s.thing === 'bill' ||
      s.thing === 'permission' ||
      s.thing === 'file' ||
      isRecord(s.thing)
    if (looks(s)) return archived
    if (copies(s) || prints(s)) return archived && s.inHospital && s.strong && s.officeHours
    return (writes(s) || withdraws(s)) && (s.thing === 'paper' || s.thing === 'file') && s.strong
  },
  director: (s) => {
    if (looksUp(s) || signs(s)) return true
    if (!looks(s)) return false
    if (isWork(s.thing) || isVisit(s.thing) || s.thing === 'card' || s.thing === 'bill') return true
    return (s.thing === 'identity' || s.thing === 'permission' || isRecord(s.thing)) && s.treats
  },
  administrator: (s) => looksUp(s) || ((writes(s) || withdraws(s)) && s.thing === 'catalogue' && s.strong),
  auditor: (s) => {
    if (looksUp(s)) return true
    if (s.thing !== 'trail') return false
    return looks(s) || ((copies(s) || prints(s)) && s.inHospital && s.strong)
  },
  privacy: (s) => {
    if (looksUp(s) || worksTogether(s)) return true
    if (looks(s)) return s.thing === 'identity' || s.thing === 'permission' || s.thing === 'trail'
    if (s.request.act === 'edit') return s.thing === 'permission'
    return (copies(s) || prints(s)) && s.thing === 'trail' && s.inHospital && s.strong
  },
  integration: (s) => {
    if (!s.withScopes || s.thing === 'trail') return false
    if (copies(s)) return !isWork(s.thing)
    return looks(s) || writes(s) || s.request.act === 'cancel'
  },
  patient: (s) => {
    if (looksUp(s)) return true
    if (!s.asPatient) return false
    if (looks(s)) return !isWork(s.thing) && s.thing !== 'file'
    return s.request.act === 'create' && patientWrites(s.thing)
  },
  representative: (s) => {
    if (looksUp(s)) return true
    if (!s.asPatient) return false
    if (looks(s)) return s.thing === 'identity' || s.thing === 'paper'
    return s.request.act === 'create' && patientWrites(s.thing)
  },
  guest: (s) => {
    if (looksUp(s)) return true
    const named = s.request.reader.patients !== null
    return looks(s) && (s.thing === 'identity' || isRecord(s.thing)) && named && s.treats && s.strong
  },
}

const patientWrites = (thing: Thing) =>
  thing === 'booking' || thing === 'answers' || thing === 'message' || thing === 'permission'

/** Who sees sensitive content because of their work, whoever the patient is. */
const KNOWS: Readonly<Record<Label, readonly Role[]>> = {
  V: [],
  PSY: ['insurance', 'records', 'patient'],
  ETH: ['insurance', 'records', 'patient'],
  SDV: ['insurance', 'records', 'patient'],
  HIV: ['insurance', 'records', 'patient', 'technician', 'pharmacist'],
  SEX: ['insurance', 'records', 'patient', 'technician', 'pharmacist'],
  R: [
    'insurance',
    'records',
    'patient',
    'technician',
    'pharmacist',
    'reception',
    'cashier',
    'privacy',
    'integration',
    'guest',
    'representative',
  ],
  EMP: [
    'insurance',
    'records',
    'patient',
    'technician',
    'pharmacist',
    'reception',
    'cashier',
    'privacy',
    'integration',
    'guest',
    'representative',
    'doctor',
    'nurse',
    'head',
    'director',
  ],
  CEL: [
    'insurance',
    'records',
    'patient',
    'technician',
    'pharmacist',
    'reception',
    'cashier',
    'privacy',
    'integration',
    'guest',
    'representative',
    'doctor',
    'nurse',
    'head',
    'director',
  ],
}

const holdsNow = ({ relations, ofPatient, at }: AccessRequest) =>
  ofPatient ? relations.filter(({ until }) => new Date(until) > new Date(at)) : []

/** Whoever writes something new may say that it is secret; to see it takes the work or one tie that covers all of it. */
function keepsSecrecy(request: AccessRequest): boolean {
  if (request.act === 'create') return true
  const secret = request.labels.filter((label) => !KNOWS[label].some((role) => request.reader.roles.includes(role)))
  return secret.length === 0 || holdsNow(request).some(({ labels }) => secret.every((label) => labels.includes(label)))
}

/** Addresses of the hospital in this test: ten, the machine itself, and the private ones of version six. */
const isInHospital = (network: string) =>
  /^(10\.|127\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|::ffff:10\.|::1$|f[cd]|fe80:)/.test(network)

/** A application does what it was told that it may, in the old words or the new ones. */
function appMay({ reader: { scopes, patients }, act, type }: AccessRequest): boolean {
  if (scopes === null) return true
  const contexts = patients === null ? 'user|system' : 'user|system|patient'
  const [letters, word] = {
    read: ['c?ru?d?s?', 'read'],
    search: ['c?r?u?d?s', 'read'],
    copy: ['c?ru?d?s?', 'read'],
    print: ['c?ru?d?s?', 'read'],
    create: ['cr?u?d?s?', 'write'],
    edit: ['c?r?ud?s?', 'write'],
    restore: ['c?r?ud?s?', 'write'],
    cancel: ['c?r?u?ds?', 'write'],
  }[act] as [string, string]
  const wanted = new RegExp(`^(${contexts})/(${type}|\\*)\\.(${letters}|${word}|\\*)$`)
  return scopes.some((scope) => wanted.test(scope))
}

/** Whoever is let in for certain patients sees those, and what is nobody's; the trail of everybody is not for them. */
function staysWithThePatient({ reader, act, type, ofPatient, withinPatients }: AccessRequest): boolean {
  if (reader.patients === null) return true
  if (ofPatient) return withinPatients
  return thingOf(type) === 'catalogue' || (act === 'search' && thingOf(type) !== 'trail')
}

/** From outside everybody of the staff shows a second factor; patients come in their own way, machines with a key. */
function comesInProperly({ reader }: AccessRequest): boolean {
  const ownWay = ['patient', 'representative', 'integration']
  return isInHospital(reader.network) || reader.factors === 2 || reader.roles.every((role) => ownWay.includes(role))
}

/** The hour on the hospital's clock, which is seven hours before the world's. */
function isOfficeHours(at: string): boolean {
  const local = new Date(new Date(at).getTime() + 7 * 3_600_000)
  return local.getUTCDay() !== 0 && local.getUTCHours() >= 6 && local.getUTCHours() < 20
}

const situationOf = (request: AccessRequest): Situation => {
  const { reader } = request
  const ties = holdsNow(request)
  return {
    request,
    thing: thingOf(request.type),
    treats: !request.ofPatient || ties.length > 0,
    inMyDepartment: ties.some(({ kind }) => kind === 'department'),
    strong: reader.factors === 2,
    inHospital: isInHospital(reader.network),
    onDuty: reader.departments.length > 0,
    officeHours: isOfficeHours(request.at),
    asPatient: reader.patients !== null && ['Patient', 'RelatedPerson'].includes(reader.agent.split('/')[0] ?? ''),
    withScopes: reader.scopes !== null,
  }
}

/** Whether the law and the hospital's rules let somebody do this. */
export function mayByRule(request: AccessRequest): boolean {
  if (!appMay(request) || !staysWithThePatient(request) || !comesInProperly(request)) return false
  const situation = situationOf(request)
  return request.reader.roles.some((role) => MAY[role](situation)) && keepsSecrecy(request)
}

/**
 * What somebody may open by breaking the glass, null where they may not: people of the care side, for every reason what
 * is merely delicate; what a law keeps secret doctors and heads at any time, nurses in an emergency; the very restricted
 * heads alone.
 */
export function glassByRule(roles: readonly Role[], reason: string | null): readonly Label[] | null {
  const any = (...wanted: readonly Role[]) => wanted.some((role) => roles.includes(role))
  if (!any('doctor', 'nurse', 'head', 'technician', 'pharmacist')) return null
  const secret = any('doctor', 'head') || (any('nurse') && (reason === 'emergency' || reason === null))
  return [
    'SEX',
    'EMP',
    'CEL',
    'R',
    ...(secret ? (['HIV', 'PSY', 'ETH', 'SDV'] as const) : []),
    ...(any('head') ? (['V'] as const) : []),
  ]
}

/** Whether breaking the glass would make the difference. */
export function glassHelpsByRule(request: AccessRequest): boolean {
  const labels = glassByRule(request.reader.roles, null)
  if (labels === null || !request.ofPatient) return false
  const opened = { kind: 'break-glass', labels, until: '2999-01-01T00:00:00Z' } as const
  return mayByRule({ ...request, relations: [...request.relations, opened] })
}
