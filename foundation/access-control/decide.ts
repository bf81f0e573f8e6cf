/** May this reader do this, and why. Nothing is allowed that no line of the policy allows. */
import { no } from '#fhir/outcome'
import { areaOf } from './areas.ts'
import { glassLabels } from './break-glass.ts'
import { type CompiledLine, type CompiledPolicy, compiledPolicy } from './compile-policy.ts'
import { bitsOf } from './labels.ts'
import type { Policy } from './policy/policy.ts'
import { type Facts, NO_LINE } from './rules.ts'
import type { AccessRequest, Decision, Relation, TraceStep } from './types.ts'

const NO_LINE_STEP: TraceStep = { rule: NO_LINE.id, effect: 'refuses', vi: NO_LINE.vi, en: NO_LINE.en }

/**
 * The decision about one request, with every step that led to it. Pure: the same policy and request always give the
 * same decision.
 *
 * @returns refused by default; `breakGlass` where a relation through breaking the glass would have allowed it
 */
export const decide = (policy: Policy, request: AccessRequest): Decision => decideBy(compiledPolicy(policy), request)

export function decideBy(compiled: CompiledPolicy, request: AccessRequest): Decision {
  const trace: TraceStep[] = []
  const facts = factsOf(compiled, request)
  const refusal = refusalOf(compiled, facts, trace)
  if (refusal === null) return { allowed: true, trace }
  return {
    allowed: false,
    refusal: no(refusal.rule, 'forbidden', { vi: refusal.vi, en: refusal.en }),
    breakGlass: glassWouldOpen(compiled, request),
    trace,
  }
}

const isOver = ({ until }: Relation, now: number) => Date.parse(until) <= now

function factsOf({ askerOf, clearanceOf }: CompiledPolicy, request: AccessRequest): Facts {
  const { reader, at, type, labels, ofPatient, relations } = request
  const { policy, inside } = askerOf(reader, at)
  let held = relations
  if (relations.length > 0) {
    const now = Date.parse(at)
    held = ofPatient ? relations.filter((each) => !isOver(each, now)) : []
  }
  const uncleared = labels.length === 0 ? 0 : bitsOf(labels) & ~clearanceOf(reader.roles)
  return { reader, policy, inside, at, request, area: areaOf(type), held, uncleared }
}

/** @param trace is added to @returns the step that refused, null where all is allowed */
function refusalOf(compiled: CompiledPolicy, facts: Facts, trace: TraceStep[]): TraceStep | null {
  for (const { check, passes, refuses } of compiled.before) {
    const step = check.holds(facts) ? passes : refuses
    trace.push(step)
    if (step === refuses) return step
  }
  const { reader, act, type } = facts.request
  const refusal = refusedByLines(compiled.linesFor(reader.roles, act, type), facts, trace)
  if (refusal !== null) return refusal
  for (const { check, passes, refuses } of compiled.after) {
    const step = check.holds(facts) ? passes : refuses
    trace.push(step)
    if (step === refuses) return step
  }
  return null
}

function refusedByLines(lines: readonly CompiledLine[], facts: Facts, trace: TraceStep[]): TraceStep | null {
  let nearest: TraceStep = NO_LINE_STEP
  let rank = -1
  for (const { line, asks, allows } of lines) {
    const failed = asks.find(({ condition }) => !condition.holds(line, facts))
    if (failed === undefined) {
      trace.push(allows)
      return null
    }
    trace.push(failed.refuses)
    if (failed.rank > rank) {
      nearest = failed.refuses
      rank = failed.rank
    }
  }
  if (rank === -1) trace.push(nearest)
  return nearest
}

const LATER = '9999-12-31T00:00:00Z'

function glassWouldOpen(compiled: CompiledPolicy, request: AccessRequest): boolean {
  if (!request.ofPatient) return false
  const labels = glassLabels(compiled.policy, request.reader.roles)
  if (labels === null) return false
  const broken: Relation = { kind: 'break-glass', labels, until: LATER }
  const opened = { ...request, relations: [...request.relations, broken] }
  return refusalOf(compiled, factsOf(compiled, opened), []) === null
}
