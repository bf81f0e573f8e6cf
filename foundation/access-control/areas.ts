/** Where each resource type belongs for access, and the bit that stands for it in the record. Bits never change meaning. */
import type { Area } from './types.ts'

/** Bits 0 to 15 of a guard. */
export const AREA_BITS: Readonly<Record<Area, number>> = {
  directory: 1 << 0,
  person: 1 << 1,
  visit: 1 << 2,
  clinical: 1 << 3,
  medication: 1 << 4,
  diagnostic: 1 << 5,
  finance: 1 << 6,
  definition: 1 << 7,
  work: 1 << 8,
  consent: 1 << 9,
  audit: 1 << 10,
  document: 1 << 11,
  coverage: 1 << 12,
  attachment: 1 << 13,
}

const TYPES: Readonly<Partial<Record<Area, readonly string[]>>> = {
  directory: [
    'Organization',
    'OrganizationAffiliation',
    'Practitioner',
    'PractitionerRole',
    'Location',
    'HealthcareService',
    'Endpoint',
    'Device',
    'DeviceDefinition',
    'DeviceMetric',
    'Medication',
    'MedicationKnowledge',
    'Substance',
    'SubstanceSpecification',
    'CatalogEntry',
    'Schedule',
    'Slot',
    'InsurancePlan',
  ],
  person: ['Patient', 'RelatedPerson', 'Person'],
  visit: ['Encounter', 'EpisodeOfCare', 'Appointment', 'AppointmentResponse'],
  document: ['Composition', 'DocumentReference', 'DocumentManifest'],
  medication: [
    'MedicationRequest',
    'MedicationDispense',
    'MedicationAdministration',
    'MedicationStatement',
    'AllergyIntolerance',
    'Immunization',
    'ImmunizationEvaluation',
    'ImmunizationRecommendation',
    'SupplyRequest',
    'SupplyDelivery',
  ],
  diagnostic: [
    'ServiceRequest',
    'Specimen',
    'DiagnosticReport',
    'ImagingStudy',
    'Media',
    'MolecularSequence',
    'BodyStructure',
  ],
  coverage: [
    'Coverage',
    'CoverageEligibilityRequest',
    'CoverageEligibilityResponse',
    'EnrollmentRequest',
    'EnrollmentResponse',
  ],
  finance: [
    'Account',
    'ChargeItem',
    'ChargeItemDefinition',
    'Claim',
    'ClaimResponse',
    'Contract',
    'ExplanationOfBenefit',
    'Invoice',
    'PaymentNotice',
    'PaymentReconciliation',
  ],
  definition: [
    'ActivityDefinition',
    'CapabilityStatement',
    'CodeSystem',
    'CompartmentDefinition',
    'ConceptMap',
    'EffectEvidenceSynthesis',
    'EventDefinition',
    'Evidence',
    'EvidenceVariable',
    'ExampleScenario',
    'GraphDefinition',
    'ImplementationGuide',
    'Library',
    'Measure',
    'MessageDefinition',
    'NamingSystem',
    'ObservationDefinition',
    'OperationDefinition',
    'PlanDefinition',
    'Questionnaire',
    'ResearchDefinition',
    'ResearchElementDefinition',
    'RiskEvidenceSynthesis',
    'SearchParameter',
    'SpecimenDefinition',
    'StructureDefinition',
    'StructureMap',
    'TerminologyCapabilities',
    'TestReport',
    'TestScript',
    'ValueSet',
  ],
  work: ['Task', 'Subscription', 'MessageHeader', 'Provenance', 'VerificationResult'],
  consent: ['Consent'],
  // Bytes and bundles can hold anything of anybody, and the index does not know of whom.
  attachment: ['Binary', 'Bundle'],
  audit: ['AuditEvent'],
}

const areaByType = new Map(
  Object.entries(TYPES).flatMap(([area, types]) => types.map((type) => [type, area as Area] as const)),
)

/** What is not listed is clinical: the narrowest there is, so that a type that is new is hidden rather than shown. */
export const areaOf = (type: string): Area => areaByType.get(type) ?? 'clinical'

export const ALL_AREAS = Object.keys(AREA_BITS) as readonly Area[]

export const areaBits = (areas: readonly Area[]): number => areas.reduce((bits, area) => bits | AREA_BITS[area], 0)

/** Areas whose content belongs to nobody: also whoever is limited to single patients reads it. Bits 129. */
export const NOBODYS: readonly Area[] = ['directory', 'definition']
