import type { FhirResource, Observation } from '#fhir/r4'

/** What a clinician would call a line of the record; also the filters of the timeline. */
export type EntryKind =
  'visit' | 'note' | 'result' | 'vitals' | 'order' | 'medicine' | 'procedure' | 'problem' | 'other'

/** The resource types behind each kind. Observations are `vitals` or `result` by their category. */
export const TYPES_OF_KIND: Readonly<Record<EntryKind, readonly FhirResource['resourceType'][]>> = {
  visit: ['Encounter'],
  note: ['Composition', 'DocumentReference', 'ClinicalImpression', 'Communication', 'QuestionnaireResponse'],
  result: ['Observation', 'DiagnosticReport', 'ImagingStudy', 'Media'],
  vitals: ['Observation'],
  order: ['ServiceRequest', 'CarePlan', 'NutritionOrder'],
  medicine: ['MedicationRequest', 'MedicationAdministration', 'MedicationDispense', 'MedicationStatement'],
  procedure: ['Procedure', 'Immunization'],
  problem: ['Condition', 'AllergyIntolerance'],
  other: [],
}

const KIND_OF_TYPE: ReadonlyMap<string, EntryKind> = new Map(
  (Object.keys(TYPES_OF_KIND) as EntryKind[]).flatMap((kind) =>
    TYPES_OF_KIND[kind].map((type) => [type as string, kind] as const),
  ),
)

const categories = (observation: Observation): readonly (string | undefined)[] =>
  observation.category?.flatMap((category) => category.coding?.map((coding) => coding.code) ?? []) ?? []

/** What a clinician would call a resource. */
export const entryKind = (resource: FhirResource): EntryKind =>
  resource.resourceType === 'Observation'
    ? categories(resource).includes('vital-signs')
      ? 'vitals'
      : 'result'
    : (KIND_OF_TYPE.get(resource.resourceType) ?? 'other')

/** Every type the timeline shows; money, audit and administration have their own places. */
export const TIMELINE_TYPES: readonly string[] = [...KIND_OF_TYPE.keys()]
