import { DEFAULT_POLICY, type Policy, policyInForce } from '#foundation/access-control'

/** Tells the policy in force at a time without looking through all of them for every decision. */
export function holding(policies: readonly Policy[]): (at: number) => Policy {
  const changes = policies
    .flatMap(({ from, until }) => [Date.parse(from), until === null ? Infinity : Date.parse(until)])
    .toSorted((a, b) => a - b)
  let held: { readonly policy: Policy; readonly since: number; readonly until: number } | null = null
  return (at) => {
    if (held === null || at < held.since || at >= held.until) {
      held = {
        policy: policyInForce(policies, at) ?? DEFAULT_POLICY,
        since: changes.findLast((change) => change <= at) ?? -Infinity,
        until: changes.find((change) => change > at) ?? Infinity,
      }
    }
    return held.policy
  }
}
