/** What PostgreSQL is told of a reader: the reading that the policy gives, by area. */
import { AREA_BITS, areaBits, areaOf } from './areas.ts'
import { type CompiledPolicy, compiledPolicy } from './compile-policy.ts'
import { CLOSED_FENCE, type Fence } from './fence.ts'
import { grantHoldersOf } from './grants.ts'
import type { Policy } from './policy/policy.ts'
import { outsideIsStrong } from './rules.ts'
import { readableTypes } from './scopes.ts'
import type { Reader } from './types.ts'

/**
 * The fence of a reader at one moment. Exactly what `decide` allows of reading, but for two things that the fence cannot
 * hold: scopes narrow it by area and not by type, and an open area is also one that a relation may open further, for
 * labels.
 *
 * @param at local time of the hospital, ISO 8601 with offset
 */
export const fenceOf = (policy: Policy, reader: Reader, at: string): Fence =>
  fenceBy(compiledPolicy(policy), reader, at)

export function fenceBy(compiled: CompiledPolicy, reader: Reader, at: string): Fence {
  const asker = compiled.askerOf(reader, at)
  if (!outsideIsStrong(asker)) return CLOSED_FENCE
  let open = 0
  let care = 0
  for (const { line, asks } of compiled.readingOf(reader.roles)) {
    if (asks.some(({ condition }) => condition.of === 'asker' && !condition.holds(line, asker))) continue
    if (line.tie === 'relation') care |= areaBits(line.areas)
    else open |= areaBits(line.areas)
  }
  const readable = readableAreas(reader)
  return {
    open: open & readable,
    care: (open | care) & readable,
    clearance: compiled.clearanceOf(reader.roles),
    holders: [reader.agent, ...reader.departments, ...grantHoldersOf(compiled.policy, reader)],
    only: reader.patients,
  }
}

function readableAreas({ scopes, patients }: Reader): number {
  const types = readableTypes(scopes, patients !== null)
  if (types === null || types.has('*')) return areaBits(Object.keys(AREA_BITS) as (keyof typeof AREA_BITS)[])
  return areaBits([...types].map(areaOf))
}
