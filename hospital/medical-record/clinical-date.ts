import type { FhirResource } from '#fhir/r4'

/** Where each type says when it happened, best first; a dot goes into a period. */
const PATHS: Readonly<Record<string, readonly string[]>> = {
  AllergyIntolerance: ['onsetDateTime', 'recordedDate'],
  Appointment: ['start'],
  CarePlan: ['period.start', 'created'],
  ClinicalImpression: ['effectiveDateTime', 'effectivePeriod.start', 'date'],
  Communication: ['sent', 'received'],
  Composition: ['date'],
  Condition: ['onsetDateTime', 'onsetPeriod.start', 'recordedDate'],
  DiagnosticReport: ['effectiveDateTime', 'effectivePeriod.start', 'issued'],
  DocumentReference: ['context.period.start', 'date'],
  Encounter: ['period.start'],
  EpisodeOfCare: ['period.start'],
  FamilyMemberHistory: ['date'],
  Flag: ['period.start'],
  Goal: ['startDate', 'statusDate'],
  ImagingStudy: ['started'],
  Immunization: ['occurrenceDateTime', 'recorded'],
  Media: ['createdDateTime', 'createdPeriod.start', 'issued'],
  MedicationAdministration: ['effectiveDateTime', 'effectivePeriod.start'],
  MedicationDispense: ['whenHandedOver', 'whenPrepared'],
  MedicationRequest: ['authoredOn'],
  MedicationStatement: ['effectiveDateTime', 'effectivePeriod.start', 'dateAsserted'],
  NutritionOrder: ['dateTime'],
  Observation: ['effectiveDateTime', 'effectivePeriod.start', 'effectiveInstant', 'issued'],
  Procedure: ['performedDateTime', 'performedPeriod.start'],
  QuestionnaireResponse: ['authored'],
  RiskAssessment: ['occurrenceDateTime'],
  ServiceRequest: ['authoredOn', 'occurrenceDateTime'],
}

const at = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (inner, name) => (typeof inner === 'object' && inner ? Reflect.get(inner, name) : undefined),
      value,
    )

/** When it happened to the patient, as written; '' when the resource does not say. */
export function clinicalDate(resource: FhirResource): string {
  for (const path of PATHS[resource.resourceType] ?? []) {
    const value = at(resource, path)
    if (typeof value === 'string') return value
  }
  return ''
}
