import type { FhirResource } from '#fhir/r4'
import type { TableId } from '../format/table.ts'
import { inTableOrder } from '../mapping/table-order.ts'
import type { Finding, Values } from '../types.ts'
import { referenceTo } from './chart.ts'
import { readSources, type Sources } from './source.ts'

/** What is wrong with a composed dossier, and where in the chart it would be put right. */
export interface ComposeFinding extends Finding {
  /** reference of the resource; null where no resource of the chart is meant */
  readonly resource: string | null
  /** path in R4 that the field is read from, or what it is counted from; null where the field has no source */
  readonly at: string | null
}

/** A row with what it was read from, so that its findings lead back to the chart. */
export interface ComposedRow {
  /** every field of the table, '' where nothing is said */
  readonly values: Values
  /** field → where it is read */
  readonly places: Readonly<Record<string, { readonly at: string }>>
  /** the row's own resource first */
  readonly resources: readonly FhirResource[]
}

/** @param counted what is not read but known already: numbers of rows, amounts */
export const composedRowOf = <Of>(
  table: TableId,
  sources: Sources<Of>,
  of: Of,
  resources: readonly (FhirResource | undefined)[],
  counted: Values,
): ComposedRow => readRow(table, sources, { ...readSources(sources, of), ...counted }, resources)

/** The same where the values are read already. */
export const readRow = (
  table: TableId,
  places: ComposedRow['places'],
  values: Values,
  resources: readonly (FhirResource | undefined)[],
): ComposedRow => ({
  values: inTableOrder(table, values),
  places,
  resources: resources.filter((each) => each !== undefined),
})

export type ComposedTables = Readonly<Partial<Record<TableId, readonly ComposedRow[]>>>

/** Where the chart would say it: the resource of the type that the source names, else the row's own. */
export function locatedIn(finding: Finding, composed: ComposedTables): ComposeFinding {
  const { table, row, field } = finding
  const found = table === null ? undefined : composed[table]?.[(row ?? 1) - 1]
  const at = (field === null ? undefined : found?.places[field]?.at) ?? null
  const types = at?.match(/\b[A-Z][A-Za-z]+(?=\.)/g) ?? []
  const named = types
    .map((type) => found?.resources.find(({ resourceType }) => resourceType === type))
    .find((each) => each !== undefined)
  const resource = named ?? found?.resources[0]
  return { ...finding, resource: resource ? referenceTo(resource) : null, at }
}
