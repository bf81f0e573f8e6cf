import type { Claim, Coverage, DomainResource, Encounter, FhirResource, Patient } from '#fhir/r4'
import type { Dossier, Row, Values } from '../types.ts'
import type { TableId } from '../format/table.ts'

/** Makes the id of a resource: the same parts give the same id. */
export type Identify = (kind: string, ...parts: string[]) => string

/** A resource that carries (a part of) a row of a table in an extension of its own. */
export type Carrier = FhirResource & DomainResource & { id: string }

/** What the rows of one visit share. */
export interface Visit {
  readonly dossier: Dossier
  readonly identify: Identify
  /** the summary, XML1; empty where there is none */
  readonly summary: Values
  readonly patient: Patient
  readonly encounter: Encounter
  readonly coverages: readonly Coverage[]
  readonly claim: Claim
  /** references to people, departments and machines; the resources are gathered on the way */
  readonly people: (licences: string | undefined) => readonly { reference: string; display: string }[]
  readonly departments: (codes: string | undefined) => readonly { reference: string; display: string }[]
  readonly place: (kind: PlaceKind, codes: string | undefined) => readonly { reference: string; display: string }[]
}

export type PlaceKind = 'department' | 'bed' | 'machine' | 'facility'

/** Where a field stands in R4. */
export interface Place {
  /** path in words of R4, for people: `MedicationRequest.authoredOn` */
  readonly at: string
  /**
   * The field's text as read from there, where nothing is lost on the way. Without it the text is shown there but kept
   * in the row's extension as well.
   */
  readonly read?: (resource: never) => string | undefined
}

/** What becomes of one row. */
export interface MadeRow {
  /** resources that carry the row, the one that takes everything without a place first */
  readonly carriers: readonly Carrier[]
  readonly others: readonly FhirResource[]
}

/** How one table becomes resources and back. */
export interface TableMapping {
  readonly table: TableId
  /** what a row becomes, in English, for the documentation */
  readonly becomes: string
  /** field → where it stands; what is not named here stands in the extension alone */
  readonly places: Readonly<Record<string, Place>>
  /** fields that are kept on another carrier than the first, by its type */
  readonly keptOn?: Readonly<Record<string, FhirResource['resourceType']>>
  readonly make: (row: Row, number: number, visit: Visit) => MadeRow
}
