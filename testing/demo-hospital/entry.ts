import type { BundleEntry, FhirResource } from 'fhir/r4.js'

/** Base of full URLs inside the bundles. `.example` is reserved: it can never be anybody's server. */
const BASE = 'https://benh-vien-binh-an.example/fhir/R4'

/** A transaction entry that puts the resource under its own stable id, so that sending it twice adds nothing. */
export function entryOf(resource: FhirResource): BundleEntry {
  const path = `${resource.resourceType}/${resource.id}`
  return { fullUrl: `${BASE}/${path}`, resource, request: { method: 'PUT', url: path } }
}
