import { codeSystems } from '#fhir/naming'
import type { ChargeItem, CodeableConcept, Procedure, ServiceRequest, SupplyDelivery } from '#fhir/r4'
import { servicesTable } from '../format/xml3-services.ts'
import type { Row, Values } from '../types.ts'
import { chargeOf, chargePlaces, keptOnCharge } from './charge.ts'
import { insuranceSystems } from './code-systems.ts'
import { momentOf, writtenOf } from './moments.ts'
import { codeOf, codingOf, conceptOf, listed, listOf, periodOf, quantityOf, some } from './parts.ts'
import { exact, type MadeRow, type Place, shown, type TableMapping, type Visit } from './table-mapping.ts'

/** @source 5937/QĐ-BYT, MA_NHOM */
const OPERATIONS: ReadonlySet<string | undefined> = new Set(['8', '18'])
/** Supplies, transport, examination, beds and meals are charged, nobody orders them. */
const CHARGED_ONLY: ReadonlySet<string | undefined> = new Set(['10', '11', '12', '13', '14', '15', '16', '19'])

const PLACES: Readonly<Record<string, Place>> = {
  MA_DICH_VU: exact<ServiceRequest>('ServiceRequest.code.coding[0].code', ({ code }) =>
    codeOf(code, codeSystems.technicalService),
  ),
  TEN_DICH_VU: exact<ServiceRequest>('ServiceRequest.code.text', ({ code }) => code?.text),
  MA_PTTT_QT: shown('Procedure.code (ICD-9-CM)'),
  MA_VAT_TU: shown('ChargeItem.productCodeableConcept; of an implant (N06) also Device.type and SupplyDelivery'),
  TEN_VAT_TU: shown('ChargeItem.productCodeableConcept.text'),
  MA_NHOM: shown('Procedure for 8 and 18, no ServiceRequest for 10 to 16 and 19'),
  DON_VI_TINH: exact<ChargeItem>('ChargeItem.quantity.unit', ({ quantity }) => quantity?.unit),
  ...chargePlaces('DON_GIA_BV'),
  THANH_TIEN_BV: shown('Claim.item.net'),
  MA_KHOA: shown('ServiceRequest.locationReference'),
  MA_GIUONG: shown('Location, one a bed'),
  MA_BAC_SI: shown('ServiceRequest.requester, ChargeItem.performer'),
  NGUOI_THUC_HIEN: shown('ServiceRequest.performer, Procedure.performer'),
  MA_BENH: shown('ServiceRequest.reasonCode'),
  NGAY_YL: exact<ServiceRequest>('ServiceRequest.authoredOn', ({ authoredOn }) => writtenOf(authoredOn)),
  NGAY_TH_YL: exact<ServiceRequest>('ServiceRequest.occurrenceDateTime', ({ occurrenceDateTime }) =>
    writtenOf(occurrenceDateTime),
  ),
  NGAY_KQ: shown('Procedure.performedPeriod.end'),
  MA_MAY: shown('Device, one a machine; Procedure.usedReference'),
}

/** XML3: an order and what was done of it, and the line of the bill. */
export const serviceMapping: TableMapping = {
  table: 'XML3',
  becomes:
    'ServiceRequest (services only) and ChargeItem; Procedure (MA_NHOM 8, 18); SupplyDelivery (implants); Claim.item',
  places: PLACES,
  keptOn: keptOnCharge(servicesTable),
  make: makeService,
}

function makeService({ values }: Row, key: string, visit: Visit): MadeRow {
  const isSupply = (values.MA_VAT_TU ?? '').trim() !== ''
  const ordered = isSupply || CHARGED_ONLY.has(values.MA_NHOM) ? null : requestOf(values, key, visit)
  const code = isSupply ? supplyOf(values) : serviceOf(values)
  const orderers = visit.named.people(values.MA_BAC_SI)
  const order = ordered ? { reference: `ServiceRequest/${ordered.id}` } : undefined
  const id = visit.id('ChargeItem', 'XML3', key)
  const charge = some<ChargeItem>({
    ...chargeOf(values, { id, code, price: values.DON_GIA_BV, orderers, order }, visit),
    productCodeableConcept: isSupply ? code : undefined,
  })
  const places = visit.named.beds(values.MA_GIUONG)
  const machines = visit.named.machines(values.MA_MAY)
  if (places.length > 0) charge.supportingInformation = [...(charge.supportingInformation ?? []), ...places]
  const isOperation = ordered !== null && OPERATIONS.has(values.MA_NHOM)
  const implanted = isSupply ? implantOf(values, key, visit) : null
  if (implanted) charge.service = [{ reference: `SupplyDelivery/${implanted.id}` }]
  return {
    carriers: ordered ? [ordered, charge] : [charge],
    others: [
      ...(isOperation ? [procedureOf(values, ordered, machines, key, visit)] : []),
      ...(implanted ? [implanted] : []),
    ],
  }
}

/** Replacements and implants. @source Thông tư 04/2017/TT-BYT, phụ lục: nhóm N06 */
const IMPLANT = /^N06\b/

/** That the patient got an implant: which kind stands in a Device that all who got one share. */
function implantOf(values: Values, key: string, { id, subject, named }: Visit): SupplyDelivery | null {
  if (!IMPLANT.test(values.MA_VAT_TU ?? '')) return null
  const [device] = named.implants(values.MA_VAT_TU, values.TEN_VAT_TU)
  if (!device) return null
  return some<SupplyDelivery>({
    resourceType: 'SupplyDelivery',
    id: id('SupplyDelivery', 'XML3', key),
    status: 'completed',
    patient: subject,
    suppliedItem: some({ quantity: quantityOf(values.SO_LUONG, values.DON_VI_TINH), itemReference: device }),
    occurrenceDateTime: momentOf(values.NGAY_TH_YL) ?? momentOf(values.NGAY_YL),
  })
}

const serviceOf = (values: Values): CodeableConcept | undefined =>
  conceptOf(codingOf(codeSystems.technicalService, values.MA_DICH_VU), values.TEN_DICH_VU)

const supplyOf = (values: Values): CodeableConcept | undefined =>
  conceptOf(codingOf(insuranceSystems.supply, values.MA_VAT_TU), values.TEN_VAT_TU)

function requestOf(values: Values, key: string, { id, subject, inVisit, named }: Visit): ServiceRequest {
  const reasons = listOf(values.MA_BENH).map((code) => conceptOf(codingOf(codeSystems.icd10, code)))
  return some<ServiceRequest>({
    resourceType: 'ServiceRequest',
    id: id('ServiceRequest', 'XML3', key),
    status: 'completed',
    intent: 'order',
    code: serviceOf(values),
    subject,
    encounter: inVisit,
    occurrenceDateTime: momentOf(values.NGAY_TH_YL),
    authoredOn: momentOf(values.NGAY_YL),
    requester: named.people(values.MA_BAC_SI)[0],
    performer: listed(named.people(values.NGUOI_THUC_HIEN)),
    locationReference: listed(named.departments(values.MA_KHOA)),
    reasonCode: listed(reasons),
  })
}

function procedureOf(
  values: Values,
  request: ServiceRequest,
  machines: Procedure['usedReference'],
  key: string,
  { id, subject, inVisit }: Visit,
): Procedure {
  const [start, end] = [momentOf(values.NGAY_TH_YL) ?? momentOf(values.NGAY_YL), momentOf(values.NGAY_KQ)]
  const codings = [
    ...listOf(values.MA_PTTT_QT).flatMap((code) => codingOf(insuranceSystems.icd9, code)),
    ...codingOf(codeSystems.technicalService, values.MA_DICH_VU),
  ]
  return some<Procedure>({
    resourceType: 'Procedure',
    id: id('Procedure', 'XML3', key),
    basedOn: [{ reference: `ServiceRequest/${request.id}` }],
    status: 'completed',
    code: conceptOf(codings, values.TEN_DICH_VU),
    subject,
    encounter: inVisit,
    performedPeriod: periodOf(start, end),
    performer: listed((request.performer ?? []).map((actor) => ({ actor }))),
    location: request.locationReference?.[0],
    reasonCode: request.reasonCode,
    usedReference: machines?.length ? machines : undefined,
  })
}
