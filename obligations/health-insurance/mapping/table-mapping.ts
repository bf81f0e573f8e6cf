import type { Claim, DomainResource, Encounter, Extension, FhirResource, Patient, Reference } from '#fhir/r4'
import type { TableId } from '../format/table.ts'
import type { Dossier, Row, Values } from '../types.ts'

/** Makes the id of a resource: the same parts give the same id. */
export type Identify = (kind: string, ...parts: string[]) => string

/** A resource that carries a row of a table, or a part of it, in an extension of its own. */
export type Carrier = FhirResource & DomainResource & { id?: string; extension?: Extension[] }

/** People, places and things that rows name by code; those that were named become resources. */
export interface Named {
  /** @param codes one, or several joined by ";" */
  readonly people: (codes: string | undefined) => Reference[]
  readonly departments: (codes: string | undefined) => Reference[]
  readonly beds: (codes: string | undefined) => Reference[]
  readonly machines: (codes: string | undefined) => Reference[]
  readonly facilities: (codes: string | undefined) => Reference[]
  /** kinds of implants; who got one is said elsewhere */
  readonly implants: (code: string | undefined, name?: string) => Reference[]
}

/** What the rows of one visit share. */
export interface Visit {
  readonly dossier: Dossier
  /** id of a resource of this visit */
  readonly id: (kind: string, ...parts: string[]) => string
  /** the summary, XML1; empty where there is none */
  readonly summary: Values
  /** null where no summary says who it is */
  readonly patient: Patient | null
  readonly subject: Reference
  readonly encounter: Encounter
  readonly inVisit: Reference
  readonly claim: Claim
  readonly named: Named
}

/** Where a field stands in R4. */
export interface Place {
  /** the type of resource that it is in */
  readonly type: string
  /** path in R4: `MedicationRequest.authoredOn` */
  readonly at: string
  /**
   * The field's text as read from there. Absent where it is only shown there: it is shared with other dossiers, or
   * something would be lost.
   */
  readonly read?: (resource: Carrier) => string | undefined
}

/** What becomes of one row. */
export interface MadeRow {
  /** resources that carry the row; the first takes every field that has no other */
  readonly carriers: readonly Carrier[]
  readonly others: readonly FhirResource[]
}

/** How one table becomes resources and back. */
export interface TableMapping {
  readonly table: TableId
  /** what a row becomes, for the documentation */
  readonly becomes: string
  /** field → where it stands; what is not named here stands in the extension alone */
  readonly places: Readonly<Record<string, Place>>
  /** fields that another carrier than the first keeps, by its type */
  readonly keptOn?: Readonly<Record<string, Carrier['resourceType']>>
  /** @param key what the row is known by in its table, see `lineKeys` */
  readonly make: (row: Row, key: string, visit: Visit) => MadeRow
  /** what several rows become together */
  readonly together?: (rows: readonly MadeRow[], visit: Visit) => readonly FhirResource[]
}

/** A place that says the field's text exactly. */
export const exact = <T extends FhirResource>(at: string, read: (resource: T) => string | undefined): Place => ({
  type: typeAt(at),
  at,
  read: (resource) => read(resource as FhirResource as T),
})

/** A place where the field is shown, and nothing more. */
export const shown = (at: string): Place => ({ type: typeAt(at), at })

const typeAt = (at: string): string => /^\w+/.exec(at)?.[0] ?? ''
