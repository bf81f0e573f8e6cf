import type { IssueCode, Refusal } from './refusal.ts'

/** HTTP status for each kind of problem. @source http://hl7.org/fhir/R4/http.html#Status-Codes */
const STATUS: Readonly<Record<IssueCode, number>> = {
  invalid: 400,
  structure: 400,
  login: 401,
  unknown: 401,
  expired: 401,
  security: 403,
  forbidden: 403,
  suppressed: 403,
  'not-found': 404,
  conflict: 409,
  duplicate: 409,
  'lock-error': 409,
  deleted: 410,
  'multiple-matches': 412,
  'too-long': 413,
  'too-costly': 413,
  required: 422,
  value: 422,
  invariant: 422,
  'code-invalid': 422,
  extension: 422,
  'business-rule': 422,
  processing: 422,
  'not-supported': 400,
  informational: 422,
  throttled: 429,
  exception: 500,
  incomplete: 500,
  'no-store': 503,
  timeout: 503,
  transient: 503,
}

/**
 * The status of an answer that carries these refusals. Where several differ the lowest is told: what cannot be read
 * (400) comes before what is read and not accepted (422).
 * @param statusOfRule for rules that know better than their issue code
 */
export function statusOf(refusals: readonly Refusal[], statusOfRule: Readonly<Record<string, number>> = {}): number {
  let lowest = 599
  for (const { severity, rule, code } of refusals)
    if (severity === 'error' || severity === 'fatal') lowest = Math.min(lowest, statusOfRule[rule] ?? STATUS[code])
  return lowest
}
