/** Invented visits as a hospital records them in FHIR: no dossier was ever imported of them. */
import { codeSystems, extensionUrls, identifierSystems } from '#fhir/naming'
import type {
  Condition,
  Coverage,
  Encounter,
  FhirResource,
  Location,
  Organization,
  Patient,
  Practitioner,
  PractitionerRole,
  Reference,
} from '#fhir/r4'
import { insuranceFacts } from '#obligations/health-insurance'
import { notesAndPapers } from './native-papers.ts'
import { lineResources } from './native-lines.ts'
import { FACILITY, insurance, minuteOf, reference } from './native-parts.ts'

/** A line of the bill. Quantities in thousandths, prices in đồng. */
export interface NativeLine {
  readonly kind: 'examination' | 'test' | 'operation' | 'bed' | 'supply' | 'drug'
  readonly quantity: number
  readonly price: number
  /** what the insurance pays for one; the price where absent */
  readonly insurancePrice?: number
  /** TYLE_TT_DV of a service, percent */
  readonly share?: number
  /** TYLE_TT_BH, percent */
  readonly rate?: number
  /** '1' covered, '2' outside the scope */
  readonly scope?: '1' | '2'
  /** MA_PTTT */
  readonly method?: '1' | '2' | '3'
  /** đồng that a domestic sponsor pays */
  readonly sponsored?: number
}

export interface NativePlan {
  readonly n: number
  /** MA_LOAI_KCB */
  readonly kind: '01' | '03'
  readonly nights: number
  /** third character of the card; null: not insured */
  readonly digit: '1' | '2' | '3' | '4' | null
  /** MA_DOITUONG_KCB */
  readonly reason: string
  /** ICD-10 codes, the main disease first */
  readonly diseases: readonly (readonly [code: string, name: string])[]
  readonly lines: readonly NativeLine[]
  /** days until the patient comes again; null: nothing is booked */
  readonly again: number | null
}

/** What everything of the visit refers to. */
export interface NativeVisit {
  readonly plan: NativePlan
  readonly id: string
  readonly patient: Reference
  readonly encounter: Reference
  readonly doctor: Reference
  readonly department: string
}

/** An ordinary visit, complete. @param n 0, 1, 2 …; every third stays for some nights */
export function ordinaryVisit(n: number): NativePlan {
  const stays = n % 3 === 2
  const lines: NativeLine[] = [
    { kind: 'examination', quantity: 1000, price: 42_100 },
    { kind: 'test', quantity: 1000, price: 46_200 },
    { kind: 'drug', quantity: 20_000, price: 1250 },
    { kind: 'drug', quantity: 10_000, price: 450, rate: 70 },
    { kind: 'drug', quantity: 2000, price: 8000, scope: '2' },
    { kind: 'supply', quantity: 2000, price: 35_000 },
  ]
  const stay: NativeLine[] = [
    { kind: 'operation', quantity: 1000, price: 2_561_000, insurancePrice: 2_461_000, share: 80 },
    { kind: 'bed', quantity: 2000, price: 187_100 },
  ]
  return {
    n,
    kind: stays ? '03' : '01',
    nights: stays ? 2 : 0,
    digit: '4',
    reason: '1.1',
    diseases: [
      ['K29.7', 'Viêm dạ dày'],
      ['I10', 'Tăng huyết áp'],
    ],
    lines: stays ? [...lines, ...stay] : lines,
    again: n % 2 === 0 ? 10 : null,
  }
}

/** The hospital, the patient and all of one visit; ids say whose they are. */
export function nativeVisit(plan: NativePlan): readonly FhirResource[] {
  const id = `tu-ghi-${plan.n}`
  const visit: NativeVisit = {
    plan,
    id,
    patient: reference('Patient', `nguoi-benh-${plan.n}`),
    encounter: reference('Encounter', id),
    doctor: reference('Practitioner', 'bs-1'),
    department: plan.nights > 0 ? 'K03' : 'K01',
  }
  return [
    ...hospital(),
    patientOf(visit),
    ...(plan.digit === null ? [] : [coverageOf(visit, plan.digit)]),
    encounterOf(visit),
    ...conditionsOf(visit),
    weightOf(visit),
    ...plan.lines.flatMap((line, place) => lineResources(line, place, visit)),
    ...notesAndPapers(visit),
  ]
}

function hospital(): readonly FhirResource[] {
  const facility: Organization = {
    resourceType: 'Organization',
    id: 'benh-vien-thu',
    identifier: [{ system: identifierSystems.facilityCode, value: FACILITY }],
    name: 'Bệnh viện thử (không có thật)',
  }
  const departments = ['K01', 'K03'].map((code): Location => ({
    resourceType: 'Location',
    id: `khoa-${code.toLowerCase()}`,
    identifier: [{ system: identifierSystems.departmentCode, value: code }],
    name: `Khoa ${code}`,
    managingOrganization: reference('Organization', 'benh-vien-thu'),
  }))
  const bed: Location = {
    resourceType: 'Location',
    id: 'giuong-h012',
    identifier: [{ system: insurance.bed, value: 'H012' }],
    name: 'Giường H012',
    partOf: reference('Location', 'khoa-k03'),
  }
  const people = [
    ['bs-1', '000911/ZZ-GPHN', 'BS. Ngô Kim Tâm'],
    ['gd-1', '000910/ZZ-GPHN', 'BS. Lý Bình An'],
  ] as const
  const practitioners = people.map(([id, value, text]): Practitioner => ({
    resourceType: 'Practitioner',
    id,
    qualification: [
      { identifier: [{ system: identifierSystems.practisingLicence, value }], code: { text: 'Giấy phép hành nghề' } },
    ],
    name: [{ text }],
  }))
  const signatory: PractitionerRole = {
    resourceType: 'PractitionerRole',
    id: 'gd-1-vt',
    practitioner: reference('Practitioner', 'gd-1'),
    organization: reference('Organization', 'benh-vien-thu'),
    code: [{ coding: [{ system: codeSystems.staffRole, code: 'insurance-signatory' }] }],
  }
  const machine: FhirResource = {
    resourceType: 'Device',
    id: 'may-xn-1',
    identifier: [{ system: insurance.machine, value: 'XN.1.ZZ0001' }],
  }
  return [facility, ...departments, bed, ...practitioners, signatory, machine]
}

function patientOf({ plan: { n }, patient }: NativeVisit): Patient {
  const concept = (system: string, code: string) => ({ valueCodeableConcept: { coding: [{ system, code }] } })
  return {
    resourceType: 'Patient',
    id: patient.reference!.split('/')[1]!,
    extension: [
      { url: extensionUrls.ethnicGroup, ...concept(codeSystems.ethnicGroup, '01') },
      { url: extensionUrls.occupation, ...concept(codeSystems.occupation, '63') },
      {
        url: 'http://hl7.org/fhir/StructureDefinition/patient-nationality',
        extension: [{ url: 'code', ...concept('urn:iso:std:iso:3166', 'VN') }],
      },
    ],
    identifier: [
      { system: identifierSystems.patientCode, value: `BN8${String(n).padStart(8, '0')}` },
      { system: identifierSystems.personalId, value: `001185${String(n).padStart(6, '0')}` },
    ],
    name: [{ use: 'official', text: 'Đỗ Thị Minh Thử', family: 'Đỗ', given: ['Thị Minh', 'Thử'] }],
    telecom: [{ system: 'phone', value: '0950000001' }],
    gender: 'female',
    birthDate: '1985-03-12',
    address: [
      {
        use: 'home',
        text: 'Số 9, Phường Ba Đình, Thành phố Hà Nội',
        extension: [
          {
            url: extensionUrls.administrativeAddress,
            extension: [
              { url: 'state', ...concept(codeSystems.administrativeUnit2025, '01') },
              { url: 'ward', ...concept(codeSystems.administrativeUnit2025, '00004') },
            ],
          },
        ],
      },
    ],
  }
}

function coverageOf({ plan: { n }, patient }: NativeVisit, digit: string): Coverage {
  const card = `DN${digit}0188${String(n).padStart(8, '0')}`
  return {
    resourceType: 'Coverage',
    id: `the-${n}`,
    identifier: [{ system: identifierSystems.insuranceCard, value: card }],
    status: 'active',
    subscriberId: card,
    beneficiary: patient,
    period: { start: '2025-01-01', end: '2025-12-31' },
    payor: [{ display: 'Bảo hiểm xã hội Việt Nam' }],
    class: [{ type: { coding: [{ system: insurance.coverageClass, code: 'registered-facility' }] }, value: FACILITY }],
  }
}

function encounterOf(visit: NativeVisit): Encounter {
  const { plan, id, patient, department, doctor } = visit
  const { nights } = plan
  const until = minuteOf(nights, nights > 0 ? 840 : 660)
  const classes = { code: nights > 0 ? 'IMP' : 'AMB', system: codeSystems.encounterClass }
  return {
    resourceType: 'Encounter',
    id,
    extension: [
      insuranceFacts({
        KET_QUA_DTRI: '2',
        PP_DIEU_TRI: 'Điều trị nội khoa',
        ...(nights > 0 ? { LY_DO_VNT: 'Đau bụng tăng, cần theo dõi' } : {}),
      }),
    ],
    identifier: [
      { system: identifierSystems.visitNumber, value: `TG${FACILITY}.${plan.n}` },
      { system: identifierSystems.recordNumber, value: `BA8-${plan.n}` },
      ...(nights > 0 ? [{ system: identifierSystems.archiveNumber, value: `LT8-${plan.n}` }] : []),
    ],
    status: 'finished',
    class: classes,
    ...(nights > 0
      ? {
          classHistory: [
            { class: { ...classes, code: 'AMB' }, period: { start: minuteOf(0, 480), end: minuteOf(0, 540) } },
            { class: classes, period: { start: minuteOf(0, 540), end: until } },
          ],
        }
      : {}),
    type: [{ coding: [{ system: insurance.visitKind, code: plan.kind }] }],
    subject: patient,
    participant: [{ individual: doctor }],
    period: { start: minuteOf(0, 480), end: until },
    reasonCode: [{ text: 'Đau bụng' }],
    diagnosis: [
      { condition: reference('Condition', `${id}-vao`), use: roleOf('AD'), rank: 1 },
      ...plan.diseases.map((_disease, place) => ({
        condition: reference('Condition', `${id}-cd-${place}`),
        use: roleOf(place === 0 ? 'DD' : 'CM'),
        rank: Math.max(1, place),
      })),
    ],
    hospitalization: {
      admitSource: { coding: [{ system: insurance.visitReason, code: plan.reason }] },
      dischargeDisposition: { coding: [{ system: insurance.discharge, code: '1' }] },
    },
    location: [
      { location: reference('Location', 'khoa-k01'), period: { start: minuteOf(0, 480) } },
      ...(nights > 0
        ? [{ location: reference('Location', `khoa-${department.toLowerCase()}`), period: { start: minuteOf(0, 540) } }]
        : []),
    ],
    serviceProvider: reference('Organization', 'benh-vien-thu'),
  }
}

const roleOf = (code: string) => ({ coding: [{ system: codeSystems.diagnosisRole, code }] })

function conditionsOf({ plan, id, patient, encounter }: NativeVisit): readonly Condition[] {
  const admission: Condition = {
    resourceType: 'Condition',
    id: `${id}-vao`,
    code: { text: 'Theo dõi đau bụng' },
    subject: patient,
    encounter,
  }
  const final = plan.diseases.map(([code, text], place): Condition => ({
    resourceType: 'Condition',
    id: `${id}-cd-${place}`,
    code: { coding: [{ system: codeSystems.icd10, code }], text },
    subject: patient,
    encounter,
  }))
  return [admission, ...final]
}

const weightOf = ({ id, patient, encounter }: NativeVisit): FhirResource => ({
  resourceType: 'Observation',
  id: `${id}-can-nang`,
  status: 'final',
  code: { coding: [{ system: codeSystems.loinc, code: '29463-7' }] },
  subject: patient,
  encounter,
  effectiveDateTime: minuteOf(0, 481),
  valueQuantity: { value: 52.5, unit: 'kg', system: codeSystems.ucum, code: 'kg' },
})
