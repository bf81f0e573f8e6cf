import { codeSystems } from '#fhir/naming'
import type { ChargeItem, CodeableConcept, FhirResource, Reference } from '#fhir/r4'
import { insuranceFacts } from '#obligations/health-insurance'
import { insurance, minuteOf, reference } from './native-parts.ts'
import type { NativeLine, NativeVisit } from './native-visit.ts'

/** Group, code, name and unit of what a line is of; drugs and supplies have codes that do not exist. */
const ITEMS = {
  examination: { group: '13', code: '02.1896', name: 'Khám Nội', unit: 'Lần' },
  test: { group: '1', code: '22.0121.1369', name: 'Tổng phân tích tế bào máu ngoại vi', unit: 'Lần' },
  operation: { group: '8', code: '10.0506.0459', name: 'Phẫu thuật cắt ruột thừa', unit: 'Lần' },
  bed: { group: '15', code: 'K03.1917', name: 'Giường Nội khoa', unit: 'Ngày' },
  supply: { group: '10', code: 'N03.99.010', name: 'Bơm tiêm thử', unit: 'Cái' },
  drug: { group: '4', code: '40.904', name: 'Amoxilanh 500', unit: 'Viên' },
} as const

const SYSTEMS = { supply: insurance.supply, drug: insurance.drug } as const

const systemOf = (kind: NativeLine['kind']): string =>
  kind === 'supply' || kind === 'drug' ? SYSTEMS[kind] : codeSystems.technicalService

const conceptOf = (kind: NativeLine['kind']): CodeableConcept => {
  const { code, name } = ITEMS[kind]
  return { coding: [{ system: systemOf(kind), code, display: name }], text: kind === 'drug' ? `${name} 500mg` : name }
}

/** The charge of a line with its order, what was done and its results. */
export function lineResources(line: NativeLine, place: number, visit: NativeVisit): readonly FhirResource[] {
  const ordered = ORDERS[line.kind]?.(line, place, visit) ?? []
  const order = ordered[0] && reference(ordered[0].resourceType, ordered[0].id ?? '')
  return [...ordered, chargeOf(line, place, visit, order)]
}

function chargeOf(line: NativeLine, place: number, visit: NativeVisit, order: Reference | undefined): ChargeItem {
  const { kind, quantity, price, scope = '1' } = line
  const { group, unit } = ITEMS[kind]
  const concept = conceptOf(kind)
  const named = [...(order ? [order] : []), ...(kind === 'bed' ? [reference('Location', 'giuong-h012')] : [])]
  return {
    resourceType: 'ChargeItem',
    id: `${visit.id}-cp-${place}`,
    extension: [insuranceFacts(factsOf(line, scope))],
    status: 'billable',
    code: { ...concept, coding: [...(concept.coding ?? []), { system: insurance.group, code: group }] },
    subject: visit.patient,
    context: visit.encounter,
    occurrenceDateTime: minuteOf(0, 500 + place),
    performer: [{ actor: visit.doctor }],
    performingOrganization: { display: `Khoa ${visit.department}` },
    quantity: { value: quantity / 1000, unit },
    priceOverride: { value: price, currency: 'VND' },
    ...(line.share === undefined ? {} : { factorOverride: line.share / 100 }),
    ...(kind === 'supply' ? { productCodeableConcept: concept } : {}),
    ...(named.length > 0 ? { supportingInformation: named } : {}),
  }
}

function factsOf(line: NativeLine, scope: string): Record<string, string> {
  const { kind, price, insurancePrice = price, rate, sponsored, method = '1' } = line
  return {
    PHAM_VI: scope,
    MA_PTTT: method,
    ...(rate === undefined || scope === '2' ? {} : { TYLE_TT_BH: String(rate) }),
    ...(kind === 'drug' ? { NGUON_CTRA: '1', SO_DANG_KY: 'VD-90404-ZZ' } : { DON_GIA_BH: String(insurancePrice) }),
    ...(kind === 'drug' || kind === 'supply' ? { TT_THAU: 'QD901/ZZ;G1;N1;2025' } : {}),
    ...(kind === 'operation' ? { PP_VO_CAM: '1' } : {}),
    ...(sponsored === undefined ? {} : { T_NGUONKHAC_VTTN: String(sponsored) }),
  }
}

type Orders = (line: NativeLine, place: number, visit: NativeVisit) => readonly [FhirResource, ...FhirResource[]]

const serviceOrder = ({ kind }: NativeLine, place: number, visit: NativeVisit): FhirResource => ({
  resourceType: 'ServiceRequest',
  id: `${visit.id}-yl-${place}`,
  status: 'completed',
  intent: 'order',
  code: conceptOf(kind),
  subject: visit.patient,
  encounter: visit.encounter,
  authoredOn: minuteOf(0, 500 + place),
  requester: visit.doctor,
  performer: [visit.doctor],
  locationReference: [reference('Location', `khoa-${visit.department.toLowerCase()}`)],
  reasonReference: [reference('Condition', `${visit.id}-cd-0`)],
  occurrenceDateTime: minuteOf(0, 520 + place),
})

const ORDERS: Readonly<Partial<Record<NativeLine['kind'], Orders>>> = {
  test: (line, place, visit) => {
    const about = { subject: visit.patient, encounter: visit.encounter, status: 'final' } as const
    const id = `${visit.id}-kq-${place}`
    return [
      serviceOrder(line, place, visit),
      {
        ...about,
        resourceType: 'Observation',
        id,
        code: { coding: [{ system: insurance.indicator, code: 'XN.WBC' }], text: 'WBC' },
        effectiveDateTime: minuteOf(0, 540 + place),
        valueQuantity: { value: 7.2, unit: 'G/L' },
        device: reference('Device', 'may-xn-1'),
      },
      {
        ...about,
        resourceType: 'DiagnosticReport',
        id: `${visit.id}-pkq-${place}`,
        basedOn: [reference('ServiceRequest', `${visit.id}-yl-${place}`)],
        code: conceptOf('test'),
        issued: minuteOf(0, 545 + place),
        resultsInterpreter: [visit.doctor],
        result: [reference('Observation', id)],
      },
    ]
  },
  operation: (line, place, visit) => [
    serviceOrder(line, place, visit),
    {
      resourceType: 'Procedure',
      id: `${visit.id}-tt-${place}`,
      basedOn: [reference('ServiceRequest', `${visit.id}-yl-${place}`)],
      status: 'completed',
      code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-9-cm', code: '47.09' }], text: 'Cắt ruột thừa' },
      subject: visit.patient,
      encounter: visit.encounter,
      performedPeriod: { start: minuteOf(0, 600 + place), end: minuteOf(0, 660 + place) },
      performer: [{ actor: visit.doctor }],
    },
  ],
  drug: ({ quantity }, place, visit) => [
    {
      resourceType: 'MedicationRequest',
      id: `${visit.id}-dt-${place}`,
      status: 'completed',
      intent: 'order',
      medicationCodeableConcept: conceptOf('drug'),
      subject: visit.patient,
      encounter: visit.encounter,
      authoredOn: minuteOf(0, 500 + place),
      requester: visit.doctor,
      dosageInstruction: [
        {
          text: `1 viên/lần * 2 lần/ngày * 5 ngày [${quantity / 1000} viên]`,
          patientInstruction: 'Uống sau ăn',
          route: { coding: [{ system: insurance.route, code: '1.01' }] },
        },
      ],
    },
  ],
}
