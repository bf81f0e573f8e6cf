/**
 * Breaking the glass: reading a record without a relation, for a reason, for a while, in the open. Nobody has to agree
 * beforehand, so that an emergency never waits; the privacy officer looks at each afterwards.
 */
import { accept, no, type Outcome, type Refusal, refuse } from '#fhir/outcome'
import type { BreakGlass, GlassRule, Policy } from './policy/policy.ts'
import type { Label, Reader, Relation, Role } from './types.ts'

/** What somebody says who breaks the glass. */
export interface GlassRequest {
  /** the one patient whom it concerns: `Patient/…` */
  readonly patient: string
  /** code of a reason of the policy */
  readonly reason: string
  /** why, in words */
  readonly text: string
  /** whether they have just shown again that it is them (passkey, PIN) */
  readonly reauthenticated: boolean
  /** ISO 8601 */
  readonly at: string
}

/** What was opened: for one patient until then. */
export interface BrokenGlass {
  readonly patient: string
  readonly reason: string
  readonly text: string
  readonly labels: readonly Label[]
  readonly since: string
  readonly until: string
  /** the lines of the policy that allow it */
  readonly rules: readonly string[]
}

const concerns = ({ roles }: GlassRule, held: readonly Role[]) => roles.some((role) => held.includes(role))

const isKnown = (reasons: BreakGlass['reasons'], reason: string) => reasons.some(({ code }) => code === reason)

const labelsOf = (rules: readonly GlassRule[]): readonly Label[] => [...new Set(rules.flatMap(({ labels }) => labels))]

/** Labels that these roles could open for some reason; null where they may not break the glass at all. */
export function glassLabels({ breakGlass }: Policy, roles: readonly Role[]): readonly Label[] | null {
  const rules = breakGlass.rules.filter((rule) => concerns(rule, roles))
  return rules.length === 0 ? null : labelsOf(rules)
}

interface Condition {
  readonly holds: (request: GlassRequest, reader: Reader, policy: BreakGlass) => boolean
  readonly refusal: Refusal
}

/** What is asked of everybody who breaks the glass. */
export const GLASS_CONDITIONS: readonly Condition[] = [
  {
    holds: (_, { roles }, { rules }) => rules.some((rule) => concerns(rule, roles)),
    refusal: no('GLASS-1', 'forbidden', {
      vi: 'Vai trò của bạn không được mở hồ sơ khẩn cấp',
      en: 'Your roles may not break the glass',
    }),
  },
  {
    holds: ({ patient }) => /^Patient\/[A-Za-z0-9\-.]{1,64}$/.test(patient),
    refusal: no('GLASS-2', 'value', { vi: 'Cần chọn đúng một người bệnh', en: 'Exactly one patient has to be named' }),
  },
  {
    holds: ({ reason }, _, { reasons }) => isKnown(reasons, reason),
    refusal: no('GLASS-3', 'required', { vi: 'Cần chọn lý do', en: 'A reason has to be chosen' }),
  },
  {
    holds: ({ text: words }, _, { text }) => [...words.normalize('NFC').trim()].length >= text,
    refusal: no('GLASS-4', 'required', {
      vi: 'Ghi rõ lý do, ít nhất mười ký tự',
      en: 'Say why in at least ten characters',
    }),
  },
  {
    holds: ({ reauthenticated }) => reauthenticated,
    refusal: no('GLASS-5', 'forbidden', {
      vi: 'Cần xác thực lại trước khi mở hồ sơ',
      en: 'Show again that it is you before the record is opened',
    }),
  },
  {
    holds: ({ patient }, { patients }) => patients === null || patients.includes(patient),
    refusal: no('GLASS-6', 'forbidden', {
      vi: 'Phiên này chỉ dành cho người bệnh khác',
      en: 'This session is limited to other patients',
    }),
  },
  {
    // Roles and reasons that no rule knows at all are refused above.
    holds: ({ reason }, { roles }, { rules, reasons }) => {
      const own = rules.filter((rule) => concerns(rule, roles))
      return own.length === 0 || own.some((rule) => rule.reasons.includes(reason)) || !isKnown(reasons, reason)
    },
    refusal: no('GLASS-7', 'forbidden', {
      vi: 'Lý do này không dành cho vai trò của bạn',
      en: 'This reason is not for your roles',
    }),
  },
]

/**
 * Whether a reader may open a record without a relation now. Neither the hour nor the network nor a second person is
 * asked about.
 *
 * @returns what is opened, and for how long, or all that is missing
 */
export function breakGlassAllowed(policy: Policy, reader: Reader, request: GlassRequest): Outcome<BrokenGlass> {
  const { breakGlass } = policy
  const refusals = GLASS_CONDITIONS.filter(({ holds }) => !holds(request, reader, breakGlass)).map(
    ({ refusal }) => refusal,
  )
  if (refusals.length > 0) return refuse(refusals)
  const rules = breakGlass.rules.filter((rule) => rule.reasons.includes(request.reason) && concerns(rule, reader.roles))
  const since = Date.parse(request.at)
  return accept({
    patient: request.patient,
    reason: request.reason,
    text: request.text.normalize('NFC').trim(),
    labels: labelsOf(rules),
    since: new Date(since).toISOString(),
    until: new Date(since + breakGlass.hours * 3_600_000).toISOString(),
    rules: rules.map(({ id }) => id),
  })
}

export const glassRelation = ({ labels, until }: BrokenGlass): Relation => ({ kind: 'break-glass', labels, until })
