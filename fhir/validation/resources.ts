import { isResourceType } from '#fhir/definitions'
import { bundleContext, checkBundle } from './bundles.ts'
import { checkConformance } from './conformance-resources.ts'
import { checkForm } from './forms.ts'
import { checkAsked, checkClaims } from './profiles.ts'
import { isObject, type Check, type JsonObject, type Run } from './run.ts'

/**
 * How a resource stands inside another: contained in it (then it shares its %rootResource), or carried by a bundle
 * or parameter as a resource of its own.
 */
export type Standing = 'contained' | 'carried'

/** The check of an element that holds a resource. */
export function resourceCheck(standing: Standing, checkOf: (type: string) => Check): Check {
  return (value, run, parent) => {
    if (!isObject(value)) return run.refuse('FHIR-STRUCTURE-2', { expected: 'object', found: describe(value) })
    const type = resourceType(value, run)
    if (type === undefined) return
    const outside = enterResource(value, standing, parent, run)
    checkResource(value, type, checkOf, run)
    Object.assign(run, outside)
  }
}

/** The check of the outermost resource. */
export function checkRoot(
  resource: JsonObject,
  checkOf: (type: string) => Check,
  run: Run,
  profiles: readonly string[] = [],
): void {
  const type = resourceType(resource, run)
  if (type === undefined) return
  run.path.push(type)
  if (Array.isArray(resource['contained'])) run.localReferences = new Set()
  checkResource(resource, type, checkOf, run)
  if (run.malformed === 0) {
    for (const profile of profiles) checkAsked(profile, resource, type, run)
  }
  run.path.pop()
}

function checkResource(resource: JsonObject, type: string, checkOf: (type: string) => Check, run: Run): void {
  if (type === 'Bundle') run.bundles.push(bundleContext(resource))
  const { malformed } = run
  checkOf(type)(resource, run, resource)
  if (type === 'Bundle') run.bundles.pop()
  if (run.exhausted) return
  if (type === 'Bundle') checkBundle(resource, run)
  if (type === 'QuestionnaireResponse') checkForm(resource, run)
  checkConformance(resource, type, run)
  if (run.malformed === malformed) checkClaims(resource, type, run)
}

function resourceType(resource: JsonObject, run: Run): string | undefined {
  const type = resource['resourceType']
  if (type === undefined) run.refuse('FHIR-STRUCTURE-7')
  else if (typeof type !== 'string' || !isResourceType(type)) {
    run.refuse(
      'FHIR-STRUCTURE-6',
      { found: typeof type === 'string' ? type.slice(0, 64) : describe(type) },
      'resourceType',
    )
  } else return type
  return undefined
}

type Surroundings = Pick<Run, 'resource' | 'root' | 'resourceAt' | 'localReferences' | 'contained' | 'elementIds'>

/** @returns what to restore on the way out */
function enterResource(resource: JsonObject, standing: Standing, parent: JsonObject, run: Run): Surroundings {
  const { resource: around, resourceAt, root, localReferences, contained, elementIds } = run
  run.resource = resource
  run.resourceAt = run.path.length
  run.elementIds = null
  if (standing === 'carried') {
    run.root = resource
    run.contained = null
    run.localReferences = Array.isArray(resource['contained']) ? new Set() : null
    const bundle = run.bundles.at(-1)
    if (bundle !== undefined) bundle.fullUrl = typeof parent['fullUrl'] === 'string' ? parent['fullUrl'] : undefined
  }
  return { resource: around, resourceAt, root, localReferences, contained, elementIds }
}

const describe = (value: unknown) => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value)
