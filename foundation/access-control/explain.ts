import { decide } from './decide.ts'
import type { Policy } from './policy/policy.ts'
import type { AccessRequest, Decision } from './types.ts'

/** One step of an explanation, with the text of law or rule behind it where it is a line of the policy. */
export interface ExplainedStep {
  readonly rule: string
  readonly effect: 'allows' | 'refuses' | 'passes'
  readonly vi: string
  readonly en: string
  readonly source: string | null
}

export interface Explanation {
  readonly decision: Decision
  readonly steps: readonly ExplainedStep[]
  /** all of it in one sentence */
  readonly summary: { readonly vi: string; readonly en: string }
}

/** Why a reader may or may not do this, in sentences: for the policy simulator. Nothing is done and nothing is logged. */
export function explain(policy: Policy, request: AccessRequest): Explanation {
  const decision = decide(policy, request)
  const sources = new Map(policy.lines.map(({ id, source }) => [id, source]))
  const steps = decision.trace.map((step) => ({ ...step, source: sources.get(step.rule) ?? null }))
  return { decision, steps, summary: summaryOf(decision) }
}

function summaryOf(decision: Decision): Explanation['summary'] {
  const because = decision.trace.findLast(({ effect }) => effect === (decision.allowed ? 'allows' : 'refuses'))
  if (decision.allowed) return { vi: `Được phép: ${because?.vi}`, en: `Allowed: ${because?.en}` }
  const { vi, en } = decision.refusal.message
  const glass = decision.breakGlass
    ? { vi: '. Có thể mở khẩn cấp nếu có lý do', en: '. Breaking the glass would open it' }
    : { vi: '', en: '' }
  return { vi: `Không được: ${vi}${glass.vi}`, en: `Refused: ${en}${glass.en}` }
}
