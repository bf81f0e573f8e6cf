/** A line of the bill with what it was charged for: orders, what was given or done, who and where. */
import { codeSystems } from '#fhir/naming'
import type {
  ChargeItem,
  CodeableConcept,
  Device,
  DiagnosticReport,
  FhirResource,
  Location,
  Medication,
  MedicationAdministration,
  MedicationRequest,
  Procedure,
  Reference,
  ServiceRequest,
} from '#fhir/r4'
import { insuranceSystems } from '../mapping/code-systems.ts'
import { codeOf } from '../mapping/parts.ts'
import { type ChartVisit, occurredOf, referenceTo } from './chart.ts'
import { factOf } from './facts.ts'
import { departmentAt, minuteOf } from './visit-reading.ts'

export interface Line {
  readonly visit: ChartVisit
  readonly charge: ChargeItem
  readonly prescription: MedicationRequest | undefined
  readonly medication: Medication | undefined
  readonly given: MedicationAdministration | undefined
  readonly order: ServiceRequest | undefined
  readonly procedure: Procedure | undefined
  readonly report: DiagnosticReport | undefined
}

/** Groups of drugs, blood and blood products. @source QĐ 5937/QĐ-BYT: MA_NHOM */
const DRUG_GROUPS: ReadonlySet<string> = new Set(['4', '5', '6', '7', '17'])

/** MA_NHOM: a coding of the charge or of its product, else a fact. */
export const groupOf = ({ charge }: Line): string | undefined =>
  codeOf(charge.code, insuranceSystems.group) ??
  codeOf(charge.productCodeableConcept, insuranceSystems.group) ??
  factOf(charge, 'MA_NHOM')

/** By its group; where none is said, by what it was ordered with. */
export function isDrug(line: Line): boolean {
  const group = groupOf(line)?.replace(/^0+(?=\d)/, '')
  return group === undefined ? line.prescription !== undefined : DRUG_GROUPS.has(group)
}

export function lineOf(visit: ChartVisit, charge: ChargeItem): Line {
  const named = [...(charge.supportingInformation ?? []), ...(charge.service ?? [])]
  const first = <T extends FhirResource['resourceType']>(type: T) =>
    named.map((reference) => visit.at(type, reference)).find((each) => each !== undefined)
  const given = first('MedicationAdministration')
  const dispensed = first('MedicationDispense')
  const prescription =
    first('MedicationRequest') ??
    visit.at('MedicationRequest', given?.request) ??
    visit.at('MedicationRequest', dispensed?.authorizingPrescription?.[0])
  const procedure = first('Procedure')
  const report = first('DiagnosticReport')
  const order =
    first('ServiceRequest') ?? orderIn(visit, procedure?.basedOn) ?? orderIn(visit, report?.basedOn) ?? undefined
  return {
    visit,
    charge,
    prescription,
    medication: medicationOf(visit, prescription),
    given: given ?? (prescription && administrationOf(visit, prescription)),
    order,
    procedure: procedure ?? (order && basedOn(visit.of('Procedure'), order)),
    report: report ?? (order && basedOn(visit.of('DiagnosticReport'), order)),
  }
}

const orderIn = (visit: ChartVisit, references: readonly Reference[] = []): ServiceRequest | undefined =>
  references.map((reference) => visit.at('ServiceRequest', reference)).find((each) => each !== undefined)

const pointsTo = (references: readonly Reference[] | undefined, target: FhirResource): boolean =>
  (references ?? []).some(
    ({ reference = '' }) => reference === referenceTo(target) || reference.endsWith(`/${referenceTo(target)}`),
  )

export const basedOn = <T extends { basedOn?: Reference[] }>(all: readonly T[], order: ServiceRequest): T | undefined =>
  all.find((each) => pointsTo(each.basedOn, order))

const administrationOf = (visit: ChartVisit, prescription: MedicationRequest): MedicationAdministration | undefined =>
  visit
    .of('MedicationAdministration')
    .filter(({ status, request }) => status === 'completed' && pointsTo(request && [request], prescription))
    .toSorted((a, b) => ((a.effectiveDateTime ?? '') < (b.effectiveDateTime ?? '') ? -1 : 1))[0]

/** A drug may be a resource of its own, in the chart or inside the prescription. */
function medicationOf(visit: ChartVisit, prescription: MedicationRequest | undefined): Medication | undefined {
  const reference = prescription?.medicationReference
  if (!reference?.reference?.startsWith('#')) return visit.at('Medication', reference)
  return prescription?.contained?.find(
    (each): each is Medication => each.resourceType === 'Medication' && `#${each.id}` === reference.reference,
  )
}

/** The department that did it, or where it was ordered, or where the patient was at that time. */
export const departmentOf = (line: Line): string | undefined => {
  const { visit, charge, order, given, procedure } = line
  const places = [
    charge.performingOrganization,
    ...(order?.locationReference ?? []),
    procedure?.location,
    ...(given?.supportingInformation ?? []),
    charge.requestingOrganization,
  ]
  return places.map(visit.departmentOf).find((code) => code !== undefined) ?? departmentAt(visit, orderedAt(line))
}

/** Who ordered it: the order says, else whoever the charge names. */
export const orderedBy = ({ visit, charge, prescription, order }: Line): string | undefined =>
  visit.licences([prescription?.requester, order?.requester]) ??
  visit.licences((charge.performer ?? []).map(({ actor }) => actor))

export const orderedAt = ({ charge, prescription, order }: Line): string | undefined =>
  minuteOf(prescription?.authoredOn) ?? minuteOf(order?.authoredOn) ?? minuteOf(occurredOf(charge))

/** Places of a line that are beds. */
export const placesOf = ({ visit, charge }: Line): readonly Location[] =>
  [...(charge.supportingInformation ?? []), ...(charge.service ?? [])].flatMap(
    (reference) => visit.at('Location', reference) ?? [],
  )

export function machinesOf({ visit, procedure, report }: Line): readonly Device[] {
  const results = (report?.result ?? []).map((reference) => visit.at('Observation', reference)?.device)
  return [...(procedure?.usedReference ?? []), ...results].flatMap((reference) => visit.at('Device', reference) ?? [])
}

/** The service of a line: as it was charged, else as it was ordered. */
export function serviceOf({ charge, order }: Line): CodeableConcept | undefined {
  const isService = (concept: CodeableConcept | undefined) =>
    codeOf(concept, codeSystems.technicalService) !== undefined
  return [charge.code, order?.code].find(isService)
}

/** The supply of a line. */
export function supplyOf({ charge }: Line): CodeableConcept | undefined {
  const isSupply = (concept: CodeableConcept | undefined) => codeOf(concept, insuranceSystems.supply) !== undefined
  return [charge.productCodeableConcept, charge.code].find(isSupply)
}
