import type { Criterion } from '#fhir/search'

/**
 * Types whose content a search is about beside the one that is searched: by chains and by `_has`. Whoever may not search
 * them would learn of them by what is found.
 */
export function reachedTypes(criteria: readonly Criterion[], into = new Set<string>()): ReadonlySet<string> {
  for (const criterion of criteria) {
    switch (criterion.kind) {
      case 'chain':
        for (const { type, criteria: more } of criterion.targets) reachedTypes(more, into.add(type))
        break
      case 'has':
        reachedTypes(criterion.criteria, into.add(criterion.type))
        break
      case 'any':
        for (const more of criterion.of) reachedTypes(more, into)
        break
      default:
    }
  }
  return into
}
