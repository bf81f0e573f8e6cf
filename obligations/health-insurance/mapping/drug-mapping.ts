import type {
  ChargeItem,
  FhirResource,
  MedicationAdministration,
  MedicationDispense,
  MedicationRequest,
} from '#fhir/r4'
import { drugsTable } from '../format/xml2-drugs.ts'
import type { Row, Values } from '../types.ts'
import { chargeOf, chargePlaces, keptOnCharge } from './charge.ts'
import { insuranceSystems } from './code-systems.ts'
import { momentOf, writtenOf } from './moments.ts'
import { codeOf, codingOf, conceptOf, listed, quantityOf, some, textIn } from './parts.ts'
import { exact, type MadeRow, type Place, shown, type TableMapping, type Visit } from './table-mapping.ts'

const dosage = ({ dosageInstruction }: MedicationRequest) => dosageInstruction?.[0]

const PLACES: Readonly<Record<string, Place>> = {
  MA_THUOC: exact<MedicationRequest>('MedicationRequest.medicationCodeableConcept.coding[0].code', (request) =>
    codeOf(request.medicationCodeableConcept, insuranceSystems.drug),
  ),
  TEN_THUOC: exact<MedicationRequest>(
    'MedicationRequest.medicationCodeableConcept.coding[0].display',
    ({ medicationCodeableConcept: drug }) => drug?.coding?.[0]?.display,
  ),
  HAM_LUONG: shown('MedicationRequest.medicationCodeableConcept.text, after the name'),
  DON_VI_TINH: exact<ChargeItem>('ChargeItem.quantity.unit', ({ quantity }) => quantity?.unit),
  DUONG_DUNG: exact<MedicationRequest>('MedicationRequest.dosageInstruction[0].route', (request) =>
    codeOf(dosage(request)?.route, insuranceSystems.route),
  ),
  LIEU_DUNG: exact<MedicationRequest>('MedicationRequest.dosageInstruction[0].text', (one) => dosage(one)?.text),
  CACH_DUNG: exact<MedicationRequest>(
    'MedicationRequest.dosageInstruction[0].patientInstruction',
    (one) => dosage(one)?.patientInstruction,
  ),
  ...chargePlaces('DON_GIA'),
  MA_KHOA: shown('MedicationAdministration.supportingInformation'),
  MA_BAC_SI: shown('MedicationRequest.requester, ChargeItem.performer'),
  NGAY_YL: exact<MedicationRequest>('MedicationRequest.authoredOn', ({ authoredOn }) => writtenOf(authoredOn)),
  NGAY_TH_YL: shown('MedicationAdministration.effectiveDateTime'),
}

/** XML2: an order, what was given or taken home of it, and its line of the bill. */
export const drugMapping: TableMapping = {
  table: 'XML2',
  becomes:
    'MedicationRequest and ChargeItem; MedicationAdministration (with NGAY_TH_YL) or MedicationDispense; Claim.item',
  places: PLACES,
  keptOn: keptOnCharge(drugsTable),
  make: makeDrug,
}

function makeDrug({ values }: Row, key: string, visit: Visit): MadeRow {
  const request = requestOf(values, visit.id('MedicationRequest', 'XML2', key), visit)
  const orderers = visit.named.people(values.MA_BAC_SI)
  const charge = chargeOf(
    values,
    {
      id: visit.id('ChargeItem', 'XML2', key),
      code: request.medicationCodeableConcept,
      price: values.DON_GIA,
      orderers,
      order: { reference: `MedicationRequest/${request.id}` },
    },
    visit,
  )
  return { carriers: [request, charge], others: [givenOf(values, request, key, visit)] }
}

function requestOf(values: Values, id: string, { subject, inVisit, named }: Visit): MedicationRequest {
  const instruction = some({
    text: textIn(values.LIEU_DUNG),
    patientInstruction: textIn(values.CACH_DUNG),
    route: conceptOf(codingOf(insuranceSystems.route, values.DUONG_DUNG)),
  })
  const quantity = quantityOf(values.SO_LUONG, values.DON_VI_TINH)
  return some<MedicationRequest>({
    resourceType: 'MedicationRequest',
    id,
    status: 'completed',
    intent: 'order',
    medicationCodeableConcept: conceptOf(
      codingOf(insuranceSystems.drug, values.MA_THUOC, values.TEN_THUOC),
      nameOf(values),
    ) ?? { text: 'Thuốc không ghi tên' },
    subject,
    encounter: inVisit,
    authoredOn: momentOf(values.NGAY_YL),
    requester: named.people(values.MA_BAC_SI)[0],
    dosageInstruction: Object.keys(instruction).length > 0 ? [instruction] : undefined,
    dispenseRequest: quantity && { quantity },
  })
}

/** The name with its strength, unless it says that already. */
function nameOf({ TEN_THUOC = '', HAM_LUONG = '' }: Values): string {
  const strength = HAM_LUONG.trim()
  return strength === '' || TEN_THUOC.includes(strength) ? TEN_THUOC : `${TEN_THUOC} ${strength}`
}

/**
 * A drug with a time of giving was given here; every other was taken home, on the day the visit ended: no table says
 * it more precisely.
 */
function givenOf(values: Values, request: MedicationRequest, key: string, visit: Visit): FhirResource {
  const order = { reference: `MedicationRequest/${request.id}` }
  const given = momentOf(values.NGAY_TH_YL)
  const quantity = quantityOf(values.SO_LUONG, values.DON_VI_TINH)
  const text = textIn(values.LIEU_DUNG)
  const medicationCodeableConcept = request.medicationCodeableConcept
  const drug = medicationCodeableConcept === undefined ? {} : { medicationCodeableConcept }
  if (given === undefined) {
    return some({
      resourceType: 'MedicationDispense',
      id: visit.id('MedicationDispense', 'XML2', key),
      status: 'completed',
      ...drug,
      subject: visit.subject,
      context: visit.inVisit,
      authorizingPrescription: [order],
      quantity,
      whenHandedOver: momentOf(visit.summary.NGAY_RA)?.slice(0, 10),
    } satisfies { [K in keyof MedicationDispense]: MedicationDispense[K] | undefined }) as MedicationDispense
  }
  return some({
    resourceType: 'MedicationAdministration',
    id: visit.id('MedicationAdministration', 'XML2', key),
    status: 'completed',
    ...drug,
    subject: visit.subject,
    context: visit.inVisit,
    supportingInformation: listed(visit.named.departments(values.MA_KHOA)),
    effectiveDateTime: given,
    request: order,
    dosage: quantity && some({ text, dose: quantity }),
  }) as MedicationAdministration
}
