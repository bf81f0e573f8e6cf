/**
 * A value against the profiles that it claims, or that its place asks for, where these are at hand. What the base
 * definitions ask is not asked again.
 *
 * @source http://hl7.org/fhir/R4/profiling.html · http://hl7.org/fhir/R4/elementdefinition.html
 */
import { isSubtypeOf, typeDefinition, type ElementDefinition } from '#fhir/definitions'
import { compileTest, type Test } from '#fhir/fhirpath'
import { coreType, isCoreProfile, withoutVersion } from './canonicals.ts'
import { codeBindingCheck, conceptIsIn } from './codes.ts'
import { choiceOf, objectOf, objectsOf, textOf } from './json-view.ts'
import { isMore } from './magnitudes.ts'
import { conformsToOne, isInSlice, profilesFor, typeCodes, type Conforms } from './profile-slices.ts'
import { findProfile, type Profile, type ProfileNode } from './profile-tree.ts'
import { coreElement, fixedBy, isAsFixed, isOfType, itemsOf, type Item } from './profile-values.ts'
import { typeInAddress } from './references.ts'
import { isObject, type JsonObject, type Run } from './run.ts'

/** Profiles that narrow profiles, and that elements of profiles are to have, at most so deep. */
const MAX_DEPTH = 12

/** Checks a resource against the profiles in its `meta.profile`. */
export function checkClaims(resource: JsonObject, type: string, run: Run): void {
  const claimed = objectOf(resource['meta'])['profile']
  if (!Array.isArray(claimed)) return
  for (const canonical of new Set(claimed as unknown[])) {
    if (typeof canonical === 'string') checkProfile(canonical, { value: resource, type, steps: [] }, run)
  }
}

/** Checks a resource against a profile that the caller asked for: to say nothing where it is not known would be a lie. */
export function checkAsked(canonical: string, resource: JsonObject, type: string, run: Run): void {
  const core = coreType(canonical)
  if (core === undefined ? findProfile(canonical, run) === undefined : !isSubtypeOf(type, core)) {
    run.refuse('FHIR-PROFILE-10', { found: canonical.slice(0, 200) })
  } else checkProfile(canonical, { value: resource, type, steps: [] }, run)
}

/** Checks a value against one profile; nothing is said where the profile is not known. */
export function checkProfile(canonical: string, item: Item, run: Run, depth = 0): void {
  if (isCoreProfile(canonical) || depth > MAX_DEPTH || !run.compares()) return
  const profile = findProfile(canonical, run)
  if (profile === undefined) return
  const { value, type } = item
  if (type !== undefined && !isSubtypeOf(type, profile.type)) {
    return run.refuse('FHIR-PROFILE-1', { expected: profile.type, found: shortName(profile) })
  }
  if (profile.base !== undefined) checkProfile(profile.base, item, run, depth + 1)
  checkConstraints(profile.root, item, profile, run)
  if (isObject(value)) checkChildren(value, type ?? profile.type, profile.root, profile, run, depth)
}

const shortName = ({ url }: Profile) => url.slice(url.lastIndexOf('/') + 1).slice(0, 64)
const nameOf = ({ name, slice }: ProfileNode) => (slice === undefined ? name : `${name}:${slice}`).slice(0, 64)

/** Elements that the type does not have are passed over: nobody could satisfy such a profile. */
function checkChildren(
  holder: JsonObject,
  type: string | undefined,
  node: ProfileNode,
  profile: Profile,
  run: Run,
  depth: number,
): void {
  for (const child of node.children.values()) {
    const core = coreElement(type, child)
    if (core === undefined && type !== undefined && typeDefinition(type) !== undefined) continue
    const items = itemsOf(holder, type, child)
    checkCount(items.length, child, core, profile, run)
    for (const item of items) checkItem(item, child, core, profile, run, depth)
    if (child.slices.size > 0) checkSlices(items, child, core, profile, run, depth)
  }
}

function checkCount(
  count: number,
  node: ProfileNode,
  core: ElementDefinition | undefined,
  profile: Profile,
  run: Run,
): void {
  const { min, max } = node.element
  const detail = { name: nameOf(node), found: shortName(profile) }
  const isNarrower = node.slice !== undefined || Number(min) > (core?.min ?? 0)
  if (typeof min === 'number' && count < min && isNarrower) {
    run.refuse('FHIR-PROFILE-2', { ...detail, expected: String(min) })
  }
  if (typeof max === 'string' && max !== '*' && count > Number(max) && count <= (core?.max ?? Infinity)) {
    run.refuse('FHIR-PROFILE-3', { ...detail, expected: max })
  }
}

function checkItem(
  item: Item,
  node: ProfileNode,
  core: ElementDefinition | undefined,
  profile: Profile,
  run: Run,
  depth: number,
): void {
  if (!run.compares()) return
  const { element } = node
  run.path.push(...item.steps)
  if (checkType(item, node, profile, run) && item.value !== undefined) {
    const fixed = fixedBy(element)
    if (fixed !== undefined && !isAsFixed(item.value, fixed)) {
      run.refuse('FHIR-PROFILE-4', { name: nameOf(node), found: shortName(profile) })
    }
    checkBinding(item.value, element, core, run)
    checkLength(item.value, element, run)
    checkRange(item.value, element, run)
    checkTarget(item.value, element, profile, run)
    checkConstraints(node, item, profile, run)
    checkAskedOfElement(item, element, profile, run, depth)
    if (isObject(item.value) && node.children.size > 0) {
      checkChildren(item.value, item.type, node, profile, run, depth)
    }
  }
  run.path.length -= item.steps.length
}

function checkType({ type }: Item, { name, element }: ProfileNode, profile: Profile, run: Run): boolean {
  const codes = typeCodes(element)
  if (type === undefined || codes.length === 0 || codes.some((code) => code.includes(':'))) return true
  if (type.includes('.') || codes.some((code) => isOfType(type, code))) return true
  run.refuse('FHIR-PROFILE-5', { name, expected: codes.join(', ').slice(0, 200), found: shortName(profile) })
  return false
}

function checkBinding(value: unknown, element: JsonObject, core: ElementDefinition | undefined, run: Run): void {
  const { strength, valueSet } = objectOf(element['binding'])
  if (strength !== 'required' || typeof valueSet !== 'string') return
  const { binding } = core ?? {}
  if (binding?.strength === 'required' && binding.valueSet === withoutVersion(valueSet)) return
  if (typeof value === 'string') codeBindingCheck(valueSet)(value, run, {})
  if (isObject(value) && conceptIsIn(valueSet, value, run) === false) {
    run.refuse('FHIR-CODE-3', { expected: valueSet.slice(valueSet.lastIndexOf('/') + 1).slice(0, 64) })
  }
}

function checkLength(value: unknown, { maxLength }: JsonObject, run: Run): void {
  if (typeof value !== 'string' || typeof maxLength !== 'number' || value.length <= maxLength) return
  run.refuse('FHIR-PROFILE-8', { expected: String(maxLength) })
}

function checkRange(value: unknown, element: JsonObject, run: Run): void {
  const [least, most] = [choiceOf(element, 'minValue')?.value, choiceOf(element, 'maxValue')?.value]
  if (isMore(least, value) || isMore(value, most)) run.refuse('FHIR-PROFILE-9')
}

/** The types that a reference may lead to, where every target is a type or a profile at hand. */
function checkTarget(value: unknown, element: JsonObject, profile: Profile, run: Run): void {
  const address = isObject(value) ? textOf(value['reference']) : undefined
  if (address === undefined) return
  const targets = objectsOf(element['type'])
    .filter(({ code }) => code === 'Reference')
    .flatMap(({ targetProfile }) => (Array.isArray(targetProfile) ? (targetProfile as unknown[]) : []))
    .filter((target) => typeof target === 'string')
  const types = targets.map((target) => coreType(target) ?? findProfile(target, run)?.type)
  const found = typeInAddress(address) ?? run.bundles.at(-1)?.byUrl.get(address)
  if (found === undefined || types.length === 0) return
  if (types.some((type) => type === undefined || isSubtypeOf(found, type))) return
  run.refuse('FHIR-REFERENCE-1', { expected: types.join(', ').slice(0, 200), found })
}

/** The profiles that the element asks of its values: one of them must be satisfied. */
function checkAskedOfElement(item: Item, element: JsonObject, profile: Profile, run: Run, depth: number): void {
  const [first, ...others] = profilesFor(item, element)
  if (first === undefined) return
  if (others.length === 0) return checkProfile(first, item, run, depth + 1)
  if (conformsToOne(item, element, conformsIn(run, depth)) === false) {
    run.refuse('FHIR-PROFILE-11', { found: shortName(profile) })
  }
}

/** Whether values satisfy profiles, without saying why not. */
const conformsIn =
  (run: Run, depth: number): Conforms =>
  (canonical, item) => {
    const core = coreType(canonical)
    if (core !== undefined) return item.type === undefined ? undefined : isSubtypeOf(item.type, core)
    if (findProfile(canonical, run) === undefined) return undefined
    const trial = run.trial()
    checkProfile(canonical, item, trial, depth + 1)
    return trial.exhausted ? undefined : !trial.hasErrors
  }

function checkSlices(
  items: readonly Item[],
  node: ProfileNode,
  core: ElementDefinition | undefined,
  profile: Profile,
  run: Run,
  depth: number,
): void {
  const unmatched = new Set(items)
  for (const slice of node.slices.values()) {
    const answers = items.map((item) => isInSlice(item, slice, node, run, conformsIn(run, depth)))
    const members = items.filter((_, index) => answers[index] === true)
    items.forEach((item, index) => answers[index] !== false && unmatched.delete(item))
    if (!answers.includes(undefined)) checkCount(members.length, slice, undefined, profile, run)
    for (const member of members) checkItem(member, slice, core, profile, run, depth)
  }
  if (objectOf(node.element['slicing'])['rules'] !== 'closed') return
  for (const { steps } of unmatched) {
    run.path.push(...steps)
    run.refuse('FHIR-PROFILE-6', { name: nameOf(node), found: shortName(profile) })
    run.path.length -= steps.length
  }
}

const compiled = new WeakMap<JsonObject, Map<string, Test | undefined>>()

/** Rules of the profile's own; what cannot be compiled is not asked. */
function checkConstraints({ element }: ProfileNode, { value, type }: Item, profile: Profile, run: Run): void {
  if (type === undefined || value === undefined) return
  for (const constraint of objectsOf(element['constraint'])) {
    const source = textOf(constraint['source'])
    if (constraint['severity'] !== 'error' || (source !== undefined && isCoreProfile(source))) continue
    const test = testOf(constraint, type)
    if (test?.(value, { resource: run.resource, rootResource: run.root }) !== false) continue
    const key = (textOf(constraint['key']) ?? '').slice(0, 64)
    const expected = (textOf(constraint['human']) ?? '').slice(0, 300)
    run.refuse('FHIR-PROFILE-7', { name: key, expected, found: shortName(profile) })
  }
}

/** Text patterns of others could take for ever. */
const COSTLY = /\b(?:matches|replaceMatches)\b/

/** Rules that stand in every snapshot without saying where they come from. */
const OF_THE_STANDARD = /^(?:ele|ext|dom|ref|txt)-\d+$/

function testOf(constraint: JsonObject, type: string): Test | undefined {
  const byType = compiled.get(constraint) ?? new Map<string, Test | undefined>()
  compiled.set(constraint, byType)
  if (byType.has(type)) return byType.get(type)
  const expression = textOf(constraint['expression'])
  const isOwn = !OF_THE_STANDARD.test(textOf(constraint['key']) ?? '')
  const test = isOwn && expression !== undefined && !COSTLY.test(expression) ? compileTest(expression, type) : undefined
  const usable = typeof test === 'function' ? test : undefined
  byType.set(type, usable)
  return usable
}
