/** What R4 calls the facility's catalogues. */
import { type CatalogueKind, catalogueKinds } from '#obligations/health-insurance'

/** Types of the resources that a catalogue consists of. */
export const CATALOGUE_TYPES = {
  services: 'ChargeItemDefinition',
  drugs: 'ChargeItemDefinition',
  supplies: 'ChargeItemDefinition',
  staff: 'PractitionerRole',
  departments: 'HealthcareService',
  beds: 'Location',
  machines: 'Device',
} as const satisfies Readonly<Record<CatalogueKind, string>>

export const isCatalogue = (text: string): text is CatalogueKind => catalogueKinds.some((kind) => kind === text)
