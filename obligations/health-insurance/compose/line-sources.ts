import { codeSystems } from '#fhir/naming'
import type { ChargeItem, CodeableConcept, MedicationRequest } from '#fhir/r4'
import { insuranceSystems } from '../mapping/code-systems.ts'
import { codeOf } from '../mapping/parts.ts'
import { textOf } from '../mapping/written-number.ts'
import { formatDecimal, parseDecimal } from '../money/decimal.ts'
import { bedOf, identifierOf } from './chart.ts'
import { mainDisease } from './diagnosis-sources.ts'
import { factOf } from './facts.ts'
import {
  departmentOf,
  groupOf,
  type Line,
  machinesOf,
  orderedAt,
  orderedBy,
  placesOf,
  serviceOf,
  supplyOf,
} from './line.ts'
import { facts, from, type Source, type Sources } from './source.ts'
import { minuteOf, visitNumber } from './visit-reading.ts'

/** With exactly three decimals; what is no such number stays as it is, for the check to name. */
const thousandths = (text: string | undefined): string | undefined => {
  const value = parseDecimal(text ?? '', 3)
  return value === null ? text : formatDecimal(value, 3)
}

const onCharge = (...fields: string[]): Sources<Line> => facts<Line>('ChargeItem', ({ charge }) => charge, ...fields)

/** A price in another money is none. */
const priceOf = ({ priceOverride }: ChargeItem): string | undefined =>
  (priceOverride?.currency ?? 'VND') === 'VND' ? thousandths(textOf(priceOverride)) : undefined

const OTHER_SOURCES = ['T_NGUONKHAC_NSNN', 'T_NGUONKHAC_VTNN', 'T_NGUONKHAC_VTTN', 'T_NGUONKHAC_CL'] as const

/** Nothing was said of another source: none has paid. */
const otherSource = (field: string): Source<Line> =>
  from('ChargeItem.extension (facts), else 0', ({ charge }) => factOf(charge, field) ?? '0.00')

/** @source QĐ 3176/QĐ-BYT: 100 where the item has no rate of its own, 0 outside the scope */
const coveredRate = ({ charge }: Line): string =>
  factOf(charge, 'TYLE_TT_BH') ?? (factOf(charge, 'PHAM_VI') === '2' ? '0' : '100')

/** What lines of drugs and of services have in common. */
const sharedSources: Sources<Line> = {
  MA_LK: from('Encounter.identifier (visitNumber), else Encounter.id', ({ visit }) => visitNumber(visit)),
  MA_NHOM: from('ChargeItem.code (insurance-group)', groupOf),
  DON_VI_TINH: from('ChargeItem.quantity.unit', ({ charge }) => charge.quantity?.unit),
  ...onCharge('PHAM_VI', 'TT_THAU', 'MA_PTTT', 'VET_THUONG_TP', 'MUC_HUONG'),
  TYLE_TT_BH: from('ChargeItem.extension (facts), else 100, outside the scope 0', coveredRate),
  SO_LUONG: from('ChargeItem.quantity.value', ({ charge }) => thousandths(textOf(charge.quantity))),
  ...Object.fromEntries(OTHER_SOURCES.map((field) => [field, otherSource(field)])),
  MA_KHOA: from(
    'ChargeItem.performingOrganization, else where it was ordered, else Encounter.location at that time',
    departmentOf,
  ),
}

const nameIn = (concept: CodeableConcept | undefined, system: string): string | undefined =>
  concept?.coding?.find((each) => each.system === system)?.display ?? concept?.text

const dosage = (request: MedicationRequest | undefined) => request?.dosageInstruction?.[0]

const drugConcept = ({ prescription, medication, charge }: Line): CodeableConcept | undefined =>
  prescription?.medicationCodeableConcept ?? medication?.code ?? charge.productCodeableConcept ?? charge.code

const drugName = (line: Line): string | undefined => nameIn(drugConcept(line), insuranceSystems.drug)

/** The strength stands in facts, in the drug itself, or in the text behind the name. */
function strengthOf(line: Line): string | undefined {
  const said = factOf(line.medication, 'HAM_LUONG') ?? factOf(line.charge, 'HAM_LUONG')
  if (said !== undefined) return said
  const [name, text] = [drugName(line) ?? '', drugConcept(line)?.text ?? '']
  if (name !== '' && text.startsWith(`${name} `)) return text.slice(name.length + 1)
  const { numerator, denominator } = line.medication?.ingredient?.[0]?.strength ?? {}
  if (numerator?.value === undefined) return undefined
  const per =
    denominator?.unit === undefined || denominator.value === 1 ? '' : `/${denominator.value ?? ''}${denominator.unit}`
  return `${textOf(numerator)}${numerator.unit ?? ''}${per}`
}

/** XML2. Amounts are counted afterwards. */
export const drugSources: Sources<Line> = {
  ...sharedSources,
  MA_THUOC: from('MedicationRequest.medication (insurance-drug)', (line) =>
    codeOf(drugConcept(line), insuranceSystems.drug),
  ),
  ...onCharge('MA_PP_CHEBIEN', 'MA_CSKCB_THUOC', 'SO_DANG_KY', 'NGUON_CTRA', 'MA_DICH_VU'),
  TEN_THUOC: from('MedicationRequest.medication (display, else text)', drugName),
  HAM_LUONG: from('MedicationRequest.medication.text after the name, or Medication.ingredient.strength', strengthOf),
  DUONG_DUNG: from('MedicationRequest.dosageInstruction.route (insurance-route)', ({ prescription }) =>
    codeOf(dosage(prescription)?.route, insuranceSystems.route),
  ),
  DANG_BAO_CHE: from(
    'Medication.form, else facts',
    ({ medication, charge }) =>
      medication?.form?.text ?? medication?.form?.coding?.[0]?.display ?? factOf(charge, 'DANG_BAO_CHE'),
  ),
  LIEU_DUNG: from('MedicationRequest.dosageInstruction.text', ({ prescription }) => dosage(prescription)?.text),
  CACH_DUNG: from(
    'MedicationRequest.dosageInstruction.patientInstruction',
    ({ prescription }) => dosage(prescription)?.patientInstruction,
  ),
  DON_GIA: from('ChargeItem.priceOverride', ({ charge }) => priceOf(charge)),
  MA_BAC_SI: from('MedicationRequest.requester, else ChargeItem.performer', orderedBy),
  NGAY_YL: from('MedicationRequest.authoredOn, else ChargeItem.occurrence', orderedAt),
  NGAY_TH_YL: from('MedicationAdministration.effective', ({ given }) =>
    minuteOf(given?.effectiveDateTime ?? given?.effectivePeriod?.start),
  ),
}

/** Groups that somebody carries out. @source QĐ 3176/QĐ-BYT, bảng 3: NGUOI_THUC_HIEN */
const PERFORMED: ReadonlySet<string | undefined> = new Set(['1', '2', '3', '8', '18'])

function performedBy(line: Line): string | undefined {
  const { visit, procedure, order, report } = line
  const said = visit.licences([
    ...(procedure?.performer ?? []).map(({ actor }) => actor),
    ...(procedure ? [] : (order?.performer ?? [])),
  ])
  return said ?? visit.licences(report?.performer ?? report?.resultsInterpreter ?? [])
}

function performedAt({ charge, procedure, order, report }: Line): string | undefined {
  const moments = [
    procedure?.performedPeriod?.start,
    procedure?.performedDateTime,
    order?.occurrenceDateTime,
    order?.occurrencePeriod?.start,
    report?.effectiveDateTime,
    report?.effectivePeriod?.start,
  ]
  return moments.map(minuteOf).find((minute) => minute !== undefined) ?? minuteOf(charge.occurrencePeriod?.start)
}

const finishedAt = ({ procedure, report }: Line): string | undefined =>
  minuteOf(procedure?.performedPeriod?.end) ?? minuteOf(report?.issued)

/** What the order was for; where it names nothing, the main disease. */
function reasonsOf({ visit, order, procedure }: Line): string | undefined {
  const concepts = [...(order?.reasonCode ?? procedure?.reasonCode ?? [])]
  const conditions = [...(order?.reasonReference ?? []), ...(procedure?.reasonReference ?? [])].map(
    (reference) => visit.at('Condition', reference)?.code,
  )
  const codes = [...concepts, ...conditions].flatMap((concept) => codeOf(concept, codeSystems.icd10) ?? [])
  return codes.length > 0 ? [...new Set(codes)].join(';') : mainDisease(visit)
}

/** @source QĐ 3176/QĐ-BYT, bảng 3: a supply with a ceiling is paid at the lower of price and ceiling */
function insurancePrice(line: Line): string | undefined {
  const { charge } = line
  const said = factOf(charge, 'DON_GIA_BH')
  if (said !== undefined) return thousandths(said)
  if (factOf(charge, 'PHAM_VI') === '2') return '0.000'
  const [price, ceiling] = [priceOf(charge), factOf(charge, 'T_TRANTT')].map((text) => parseDecimal(text ?? '', 3))
  if (supplyOf(line) === undefined || price === null || price === undefined) return undefined
  return ceiling === null || ceiling === undefined ? undefined : formatDecimal(price < ceiling ? price : ceiling, 3)
}

/** The factor of a line as a percentage of it; 100 where the charge has none. */
function shareOfService({ charge: { factorOverride } }: Line): string {
  return factorOverride === undefined ? '100' : String(Math.round(factorOverride * 10_000) / 100)
}

const ifPerformed =
  (read: (line: Line) => string | undefined): ((line: Line) => string | undefined) =>
  (line) =>
    PERFORMED.has(groupOf(line)) || line.order !== undefined || line.procedure !== undefined ? read(line) : undefined

/** XML3. Amounts are counted afterwards. */
export const serviceSources: Sources<Line> = {
  ...sharedSources,
  MA_DICH_VU: from('ChargeItem.code or ServiceRequest.code (technicalService)', (line) =>
    codeOf(serviceOf(line), codeSystems.technicalService),
  ),
  MA_PTTT_QT: from('Procedure.code (ICD-9-CM)', ({ procedure }) => codeOf(procedure?.code, insuranceSystems.icd9)),
  MA_VAT_TU: from('ChargeItem.productCodeableConcept (insurance-supply)', (line) =>
    codeOf(supplyOf(line), insuranceSystems.supply),
  ),
  ...onCharge('GOI_VTYT', 'MA_XANG_DAU', 'T_TRANTT', 'PP_VO_CAM', 'VI_TRI_TH_DVKT', 'MA_HIEU_SP', 'TAI_SU_DUNG'),
  TEN_VAT_TU: from('ChargeItem.productCodeableConcept (display, else text)', (line) =>
    nameIn(supplyOf(line), insuranceSystems.supply),
  ),
  TEN_DICH_VU: from('ChargeItem.code or ServiceRequest.code (display, else text)', (line) =>
    nameIn(serviceOf(line), codeSystems.technicalService),
  ),
  DON_GIA_BV: from('ChargeItem.priceOverride', ({ charge }) => priceOf(charge)),
  DON_GIA_BH: from('ChargeItem.extension (facts); of a supply the lower of price and T_TRANTT', insurancePrice),
  TYLE_TT_DV: from('ChargeItem.factorOverride × 100, else 100', shareOfService),
  MA_GIUONG: from('Location.identifier (bed), of ChargeItem.supportingInformation', (line) =>
    placesOf(line)
      .flatMap((place) => bedOf(place) ?? [])
      .join(';'),
  ),
  MA_BAC_SI: from('ServiceRequest.requester, else ChargeItem.performer', orderedBy),
  NGUOI_THUC_HIEN: from(
    'Procedure.performer, ServiceRequest.performer or DiagnosticReport.performer',
    ifPerformed(performedBy),
  ),
  MA_BENH: from('ServiceRequest.reasonCode or reasonReference, else the main disease', reasonsOf),
  NGAY_YL: from('ServiceRequest.authoredOn, else ChargeItem.occurrence', orderedAt),
  NGAY_TH_YL: from(
    'Procedure.performed, ServiceRequest.occurrence or DiagnosticReport.effective',
    ifPerformed(performedAt),
  ),
  NGAY_KQ: from('Procedure.performedPeriod.end or DiagnosticReport.issued', finishedAt),
  MA_MAY: from('Device.identifier (machine), of Procedure.usedReference or Observation.device', (line) => {
    const codes = machinesOf(line).flatMap(({ identifier }) => identifierOf(identifier, insuranceSystems.machine) ?? [])
    return [...new Set(codes)].join(';')
  }),
}
