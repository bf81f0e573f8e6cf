import type { CodeableConcept, Composition, DocumentReference, Encounter, FhirResource, Reference } from '#fhir/r4'
import { conceptText, quantityText, resultUnit, valueText } from '#hospital/laboratory'
import { dosageSentence, medicationName } from '#hospital/medication'
import { plainText } from './plain-text.ts'

/** What one line of the record says: the thing, and what is worth knowing about it. */
export interface EntrySummary {
  readonly title: string
  readonly detail: string
  readonly author: string
}

const displays = (...references: readonly (Reference | undefined)[]): string =>
  references
    .map((reference) => reference?.display ?? '')
    .filter(Boolean)
    .join(', ')

const texts = (concepts: readonly CodeableConcept[] | undefined): string =>
  (concepts ?? []).map(conceptText).filter(Boolean).join(', ')

const joined = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(' · ')

/** Why a visit or stay: the diagnoses named on it, else the reason it began with, else what kind of visit it was. */
export const encounterReason = (encounter: Encounter): string =>
  displays(...(encounter.diagnosis ?? []).map((one) => one.condition)) ||
  texts(encounter.reasonCode) ||
  texts(encounter.type)

/** Department that served it and where in it, last place first known. */
export const encounterPlace = (encounter: Encounter): string =>
  [...new Set([displays(encounter.serviceProvider), displays(encounter.location?.at(-1)?.location)])]
    .filter(Boolean)
    .join(', ')

/** What a paper is called: its own title before the name of its kind. */
export const documentTitle = (document: DocumentReference | Composition): string =>
  document.resourceType === 'Composition'
    ? document.title || conceptText(document.type)
    : document.description || document.content[0]?.attachment.title || conceptText(document.type)

/** All that a note says, as one line. */
export const compositionText = (composition: Composition): string =>
  (composition.section ?? [])
    .map((section) => plainText(section.text?.div ?? ''))
    .filter(Boolean)
    .join(' ')

const unlessSame = (text: string, title: string): string => (text === title ? '' : text)

type Summaries = {
  readonly [Type in FhirResource['resourceType']]?: (
    resource: Extract<FhirResource, { resourceType: Type }>,
  ) => readonly [title: string, detail?: string, author?: string]
}

const SUMMARIES: Summaries = {
  AllergyIntolerance: (one) => [
    conceptText(one.code),
    texts(one.reaction?.flatMap((reaction) => reaction.manifestation)),
    displays(one.recorder ?? one.asserter),
  ],
  CarePlan: (one) => [one.title ?? texts(one.category), one.description, displays(one.author)],
  ClinicalImpression: (one) => [one.description || conceptText(one.code), one.summary, displays(one.assessor)],
  Composition: (one) => [documentTitle(one), compositionText(one), displays(...one.author)],
  Condition: (one) => [conceptText(one.code), one.code?.coding?.[0]?.code, displays(one.recorder ?? one.asserter)],
  DiagnosticReport: (one) => [
    conceptText(one.code),
    one.conclusion ?? texts(one.conclusionCode),
    displays(...(one.resultsInterpreter ?? one.performer ?? [])),
  ],
  DocumentReference: (one) => [
    documentTitle(one),
    unlessSame(conceptText(one.type), documentTitle(one)),
    displays(...(one.author ?? [])),
  ],
  Encounter: (one) => [
    texts(one.type) || conceptText(one.serviceType),
    joined(unlessSame(encounterReason(one), texts(one.type)), encounterPlace(one)),
    displays(one.participant?.[0]?.individual),
  ],
  ImagingStudy: (one) => [
    one.description || texts(one.procedureCode) || one.series?.[0]?.bodySite?.display || '',
    [...new Set(one.series?.map((series) => series.modality.display ?? series.modality.code))].join(', '),
    displays(one.interpreter?.[0]),
  ],
  Immunization: (one) => [conceptText(one.vaccineCode), one.lotNumber, displays(one.performer?.[0]?.actor)],
  MedicationAdministration: (one) => [
    conceptText(one.medicationCodeableConcept) || displays(one.medicationReference),
    one.dosage?.text ?? quantityText(one.dosage?.dose),
    displays(one.performer?.[0]?.actor),
  ],
  MedicationDispense: (one) => [
    conceptText(one.medicationCodeableConcept) || displays(one.medicationReference),
    quantityText(one.quantity),
    displays(one.performer?.[0]?.actor),
  ],
  MedicationRequest: (one) => [
    medicationName(one),
    dosageSentence(one.dosageInstruction, 'vi'),
    displays(one.requester),
  ],
  MedicationStatement: (one) => [
    conceptText(one.medicationCodeableConcept) || displays(one.medicationReference),
    dosageSentence(one.dosage, 'vi'),
    displays(one.informationSource),
  ],
  Observation: (one) => [
    conceptText(one.code),
    [valueText(one), resultUnit(one)].filter(Boolean).join(' '),
    displays(...(one.performer ?? [])),
  ],
  Procedure: (one) => [
    conceptText(one.code),
    joined(texts(one.reasonCode), conceptText(one.outcome)),
    displays(one.performer?.[0]?.actor),
  ],
  ServiceRequest: (one) => [
    conceptText(one.code),
    joined(texts(one.reasonCode), one.patientInstruction),
    displays(one.requester),
  ],
}

/** A resource of a type without a line of its own still says what it is called. */
const otherwise = (resource: FhirResource): readonly [string] => {
  const code: unknown = Reflect.get(resource, 'code') ?? Reflect.get(resource, 'type')
  const named = typeof code === 'object' && code && !Array.isArray(code) ? conceptText(code as CodeableConcept) : ''
  return [named || resource.resourceType]
}

/** One line of the record. Titles may be empty when the author left everything out; a screen shows its own word then. */
export function entrySummary(resource: FhirResource): EntrySummary {
  const summary = SUMMARIES[resource.resourceType] as
    ((resource: FhirResource) => readonly [string, string?, string?]) | undefined
  const [title, detail = '', author = ''] = (summary ?? otherwise)(resource)
  return { title, detail, author }
}
