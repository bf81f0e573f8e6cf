import { invariantsOf, typeDefinition, type Invariant } from '#fhir/definitions'
import { compileRule } from './fhirpath-rules.ts'
import { NATIVE_INVARIANTS, type NativeInvariant } from './native-invariants.ts'
import { isObject, type Check, type JsonObject } from './run.ts'

/**
 * Rules that are checked elsewhere (structure says ele-1, extensions.ts ext-1, references.ts ref-1, narrative.ts the
 * txt rules), and dom-6, which the standard calls good practice and not a rule.
 */
const ELSEWHERE = new Set(['ele-1', 'ext-1', 'ref-1', 'txt-1', 'txt-2', 'dom-6'])

/** The checks of the rules of a type and of the types it derives from. */
export function invariantChecks(type: string): readonly Check[] {
  const base = typeDefinition(type)?.base
  const inherited = base === null || base === undefined ? [] : invariantChecks(base)
  const own = invariantsOf(type).filter(({ key }) => !ELSEWHERE.has(key))
  return [...inherited, ...own.map((invariant) => invariantCheck(invariant, type))]
}

/** Rules that resources published with the standard itself break, harmlessly: where these hold, they only warn. */
const ONLY_DOUBTFUL: Readonly<Record<string, (value: JsonObject) => boolean>> = {
  'bdl-7': (bundle) => bundle['type'] === 'collection',
  'sdf-4': (definition) => definition['kind'] === 'logical',
}

function invariantCheck(invariant: Invariant, type: string): Check {
  const { element, key } = invariant
  if (element !== undefined) return elementInvariant(invariant, type, element)
  const holds: NativeInvariant = NATIVE_INVARIANTS[key] ?? compileRule(invariant.expression, type)
  const doubtful = ONLY_DOUBTFUL[key]
  return (value, run) => {
    if (!isObject(value) || holds(value, run)) return
    run.refuseInvariant(doubtful?.(value) === true ? { ...invariant, severity: 'warning' } : invariant)
  }
}

/** A rule about one element is asked of each of its values. */
function elementInvariant(invariant: Invariant, type: string, element: string): Check {
  const every = compileRule(`${element}.all(${invariant.expression})`, type)
  return (value, run) => {
    if (isObject(value) && !every(value, run)) run.refuseInvariant(invariant, element)
  }
}
