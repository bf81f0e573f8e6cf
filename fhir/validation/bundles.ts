/** @source http://hl7.org/fhir/R4/bundle.html */
import { isResourceType } from '#fhir/definitions'
import { objectsOf, textOf } from './json-view.ts'
import { isObject, type BundleContext, type JsonObject, type Run } from './run.ts'
import { typeInAddress } from './references.ts'

const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:/
/** `http://server/fhir/Patient/1`: base, type, id */
const RESTFUL = /^(https?:\/\/.+\/)([A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})$/

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const resourceOf = (entry: JsonObject): JsonObject | undefined =>
  isObject(entry['resource']) ? entry['resource'] : undefined

/** Notes which resources the entries of a bundle can refer to by their address. */
export function bundleContext(bundle: JsonObject): BundleContext {
  const byUrl = new Map<string, string>()
  for (const entry of objectsOf(bundle['entry'])) {
    const url = textOf(entry['fullUrl'])
    const type = textOf(resourceOf(entry)?.['resourceType'])
    if (url !== undefined && type !== undefined) byUrl.set(url, type)
  }
  return { type: bundle['type'], byUrl, fullUrl: undefined }
}

/** The rules about a whole bundle that the standard gives in words. */
export function checkBundle(bundle: JsonObject, run: Run): void {
  const entries = listOf(bundle['entry'])
  checkLinks(bundle, run)
  const searched = searchedType(bundle)
  entries.forEach((entry, index) => {
    if (!isObject(entry)) return
    run.path.push('entry', index)
    checkFullUrl(entry, bundle['type'], run)
    if (bundle['type'] === 'searchset') checkSearchResult(entry, searched, run)
    run.path.length -= 2
  })
  if (bundle['type'] === 'document') checkDocument(entries, run)
}

function checkLinks(bundle: JsonObject, run: Run): void {
  const seen = new Set<string>()
  objectsOf(bundle['link']).forEach((link, index) => {
    const relation = textOf(link['relation'])
    if (relation === undefined) return
    if (seen.has(relation) && relation !== 'alternate') {
      run.refuse('FHIR-BUNDLE-4', { found: relation.slice(0, 30) }, `link[${index}]`)
    }
    seen.add(relation)
  })
}

function checkFullUrl(entry: JsonObject, bundleType: unknown, run: Run): void {
  const url = textOf(entry['fullUrl'])
  const resource = resourceOf(entry)
  if (url === undefined) {
    if (bundleType === 'document' || bundleType === 'message') run.refuse('FHIR-BUNDLE-8')
    return
  }
  if (!ABSOLUTE.test(url)) return run.refuse('FHIR-BUNDLE-1', {}, 'fullUrl')
  const restful = RESTFUL.exec(url)
  if (resource === undefined || restful === null || !isResourceType(restful[2]!)) return
  const id = textOf(resource['id'])
  if (restful[2] !== resource['resourceType'] || (id !== undefined && id !== restful[3])) {
    run.refuse('FHIR-BUNDLE-2', {}, 'fullUrl')
  }
}

/** The resource type that the self link of a result says was searched; undefined for a search over all types. */
function searchedType(bundle: JsonObject): string | undefined {
  const self = objectsOf(bundle['link']).find((link) => link['relation'] === 'self')
  const path = textOf(self?.['url'])?.split('?')[0]
  const last = path?.slice(path.lastIndexOf('/') + 1)
  return last !== undefined && isResourceType(last) ? last : undefined
}

function checkSearchResult(entry: JsonObject, searched: string | undefined, run: Run): void {
  const resource = resourceOf(entry)
  if (resource === undefined) return
  const mode = isObject(entry['search']) ? entry['search']['mode'] : undefined
  const type = resource['resourceType']
  if (mode === 'outcome' && type !== 'OperationOutcome') run.refuse('FHIR-BUNDLE-7', {}, 'resource')
  if (type === 'OperationOutcome') return
  if (resource['id'] === undefined) run.refuse('FHIR-BUNDLE-5', {}, 'resource')
  if (mode === 'match' && searched !== undefined && type !== searched) {
    run.refuse('FHIR-BUNDLE-6', { expected: searched }, 'resource')
  }
}

/**
 * What the composition of a document refers to must be in the document.
 *
 * @source http://hl7.org/fhir/R4/documents.html#content · http://hl7.org/fhir/R4/bundle.html#references
 */
function checkDocument(entries: readonly unknown[], run: Run): void {
  const first = entries[0]
  const composition = isObject(first) ? resourceOf(first) : undefined
  if (!isObject(first) || composition?.['resourceType'] !== 'Composition') return
  const base = RESTFUL.exec(textOf(first['fullUrl']) ?? '')?.[1]
  const present = new Map<string, Set<string>>()
  for (const entry of objectsOf(entries)) {
    const url = textOf(entry['fullUrl'])
    if (url === undefined) continue
    const meta = resourceOf(entry)?.['meta']
    const versions = present.get(url) ?? new Set<string>()
    versions.add((isObject(meta) ? textOf(meta['versionId']) : undefined) ?? '')
    present.set(url, versions)
  }
  run.path.push('entry', 0, 'resource')
  for (const [at, reference] of referencesOf(composition)) {
    if (!leadsInto(present, reference, base)) run.refuse('FHIR-BUNDLE-3', {}, at)
  }
  run.path.length -= 3
}

function leadsInto(
  present: ReadonlyMap<string, ReadonlySet<string>>,
  reference: string,
  base: string | undefined,
): boolean {
  if (reference.startsWith('#')) return true
  const [address, version] = reference.split('/_history/') as [string, string?]
  const relative = !ABSOLUTE.test(address)
  if (relative && base === undefined) return false
  if (!relative && !address.startsWith('urn:') && typeInAddress(address) === undefined) return true
  const versions = present.get(relative ? base + address : address)
  if (versions === undefined) return !relative && !address.startsWith('urn:')
  return version === undefined ? versions.size === 1 : versions.has(version)
}

/** The references of a composition that must be resolved: subject, encounter, authors, attesters, custodian, entries. */
function referencesOf(composition: JsonObject): [at: string, reference: string][] {
  const found: [string, string][] = []
  const take = (at: string, reference: unknown) => {
    const address = isObject(reference) ? textOf(reference['reference']) : undefined
    if (address !== undefined) found.push([at, address])
  }
  const sections = (at: string, list: unknown, depth: number) => {
    if (depth > 30) return
    objectsOf(list).forEach((section, index) => {
      listOf(section['entry']).forEach((entry, n) => take(`${at}[${index}].entry[${n}]`, entry))
      sections(`${at}[${index}].section`, section['section'], depth + 1)
    })
  }
  take('subject', composition['subject'])
  take('encounter', composition['encounter'])
  take('custodian', composition['custodian'])
  listOf(composition['author']).forEach((author, n) => take(`author[${n}]`, author))
  objectsOf(composition['attester']).forEach((attester, n) => take(`attester[${n}].party`, attester['party']))
  sections('section', composition['section'], 0)
  return found
}
