import type { Policy } from './policy.ts'

/**
 * The policy that holds at a time: of those in force the one that came last, by its beginning and then by its version.
 *
 * @param at ms since 1970
 * @returns null where none is in force
 */
export function policyInForce(policies: readonly Policy[], at: number): Policy | null {
  const inForce = policies.filter(
    ({ from, until }) => Date.parse(from) <= at && (until === null || at < Date.parse(until)),
  )
  return inForce.toSorted((a, b) => Date.parse(b.from) - Date.parse(a.from) || b.version - a.version)[0] ?? null
}
