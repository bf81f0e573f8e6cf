import { searchParameter } from '#fhir/definitions'

/**
 * The date by which a type's resources are ordered on a time line, where it is not the parameter `date`. It has a column
 * of its own in the index. Of a Condition it is the day it was recorded: the onset is often unknown.
 */
const PROMOTED: Readonly<Record<string, string>> = {
  Account: 'period',
  Basic: 'created',
  Bundle: 'timestamp',
  ChargeItem: 'occurrence',
  Claim: 'created',
  ClaimResponse: 'created',
  Communication: 'sent',
  CommunicationRequest: 'authored',
  Condition: 'recorded-date',
  Contract: 'issued',
  CoverageEligibilityRequest: 'created',
  CoverageEligibilityResponse: 'created',
  DetectedIssue: 'identified',
  DeviceRequest: 'authored-on',
  DocumentManifest: 'created',
  ExplanationOfBenefit: 'created',
  Goal: 'start-date',
  ImagingStudy: 'started',
  Media: 'created',
  MedicationAdministration: 'effective-time',
  MedicationDispense: 'whenhandedover',
  MedicationRequest: 'authoredon',
  MedicationStatement: 'effective',
  NutritionOrder: 'datetime',
  Patient: 'birthdate',
  PaymentNotice: 'created',
  PaymentReconciliation: 'created',
  Person: 'birthdate',
  Provenance: 'recorded',
  QuestionnaireResponse: 'authored',
  RelatedPerson: 'birthdate',
  RequestGroup: 'authored',
  ServiceRequest: 'authored',
  Slot: 'start',
  Specimen: 'collected',
  Task: 'authored-on',
  TestReport: 'issued',
  VisionPrescription: 'datewritten',
}

/** The search parameter whose value `IndexEntries.date` holds; null for types without one. */
export function promotedDate(type: string): string | null {
  const code = PROMOTED[type] ?? 'date'
  return searchParameter(type, code)?.type === 'date' ? code : null
}
