/** @source http://hl7.org/fhir/R4/references.html */
import { isResourceType } from '#fhir/definitions'
import { isObject, type Check, type Run } from './run.ts'

const RELATIVE = /^([A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/

/** The resource type that an address of the form `[base/]Type/id[/_history/v]` or `Type?query` names. */
export function typeInAddress(address: string): string | undefined {
  const query = address.indexOf('?')
  if (query > 0 && isResourceType(address.slice(0, query))) return address.slice(0, query)
  const history = address.indexOf('/_history/')
  const slash = address.lastIndexOf('/', (history < 0 ? address.length : history) - 1)
  if (slash <= 0) return undefined
  const type = address.slice(address.lastIndexOf('/', slash - 1) + 1, slash)
  return isResourceType(type) ? type : undefined
}

/**
 * The check of a Reference whose element allows certain targets: the type that the address names, that of the
 * contained resource or of the bundle's entry it leads to, and the type it claims must be among them.
 */
export function referenceCheck(targets: readonly string[] | undefined): Check {
  const allowed = targets === undefined || targets.includes('Resource') ? undefined : new Set(targets)
  const expected = [...(allowed ?? [])].join(', ')
  return (value, run) => {
    if (!isObject(value)) return
    const { reference, type: claimed } = value
    const named = typeof reference === 'string' && reference !== '' ? typeOfTarget(reference, run) : undefined
    const type = named ?? (typeof claimed === 'string' ? claimed : undefined)
    if (type !== undefined && allowed !== undefined && isResourceType(type) && !allowed.has(type)) {
      run.refuse('FHIR-REFERENCE-1', { expected, found: type })
    } else if (named !== undefined && typeof claimed === 'string' && isResourceType(claimed) && claimed !== named) {
      run.refuse('FHIR-REFERENCE-3', { expected: named, found: claimed })
    }
  }
}

const STANDARD = 'http://hl7.org/fhir/'

/**
 * The check of a canonical address whose element allows certain types. Canonical addresses need not tell the type,
 * but those of the standard itself do.
 */
export function canonicalCheck(targets: readonly string[]): Check {
  if (targets.includes('Resource')) return () => {}
  const expected = targets.join(', ')
  return (value, run) => {
    if (typeof value !== 'string' || !value.startsWith(STANDARD)) return
    const found = value.slice(STANDARD.length).split('/')[0]!
    if (isResourceType(found) && !targets.includes(found)) run.refuse('FHIR-REFERENCE-5', { expected, found })
  }
}

/** undefined where the address does not tell, or where it is refused here. */
function typeOfTarget(reference: string, run: Run): string | undefined {
  if (reference.charCodeAt(0) === 35) return typeOfContained(reference, run)
  const type = typeInAddress(reference)
  if (type !== undefined) return type
  const bundle = run.bundles.at(-1)?.byUrl.get(reference)
  if (bundle !== undefined) return bundle
  const unknown = RELATIVE.exec(reference)?.[1]
  if (unknown !== undefined) run.refuse('FHIR-REFERENCE-2', { found: unknown }, 'reference')
  else if (/\s/.test(reference)) run.refuse('FHIR-REFERENCE-4', {}, 'reference')
  return undefined
}

function typeOfContained(reference: string, run: Run): string | undefined {
  run.localReferences?.add(reference)
  if (reference === '#') return typeof run.root['resourceType'] === 'string' ? run.root['resourceType'] : undefined
  run.contained ??= containedTypes(run.root['contained'])
  const type = run.contained.get(reference.slice(1))
  if (type === undefined) run.refuseInvariant(REF_1, 'reference')
  return type === '' ? undefined : type
}

/** @source http://hl7.org/fhir/R4/references.html#invs */
const REF_1 = {
  key: 'ref-1',
  severity: 'error',
  human: 'SHALL have a contained resource if a local reference is provided',
} as const

function containedTypes(contained: unknown): ReadonlyMap<string, string> {
  const types = new Map<string, string>()
  for (const resource of Array.isArray(contained) ? (contained as unknown[]) : []) {
    if (!isObject(resource) || typeof resource['id'] !== 'string') continue
    types.set(resource['id'], typeof resource['resourceType'] === 'string' ? resource['resourceType'] : '')
  }
  return types
}
