import { useMemo } from 'react'
import type { FhirResource } from '#fhir/r4'
import { TIMELINE_TYPES, TYPES_OF_KIND, entryKind, timelineDays, type EntryKind } from '#hospital/medical-record'
import { usePages } from '../server/index.ts'
import { toRows } from './stream-rows.ts'

const PAGE = 100

const isOfKind = (kind: EntryKind | undefined) => (resource: FhirResource) =>
  // both kinds of measurement are Observations, told apart only by their category
  kind === undefined || resource.resourceType !== 'Observation' || entryKind(resource) === kind

/** The record as one stream, as far as it has been read. */
export function useStream(id: string, kind: EntryKind | undefined) {
  const types = kind ? TYPES_OF_KIND[kind] : TIMELINE_TYPES
  const pages = usePages<FhirResource>(`Patient/${id}/$timeline?_count=${PAGE}&_type=${types.join(',')}`)
  const { resources } = pages
  const rows = useMemo(() => toRows(timelineDays(resources.filter(isOfKind(kind)))), [resources, kind])
  return { ...pages, rows }
}
