/**
 * Refusals are values. A rule of the standard, of the law or of the hospital that says no returns an `Outcome`;
 * bugs, full disks and lost connections are thrown. Only the HTTP edge turns refusals into an OperationOutcome.
 */

/** @source http://hl7.org/fhir/R4/valueset-issue-type.html */
export type IssueCode =
  | 'invalid'
  | 'structure'
  | 'required'
  | 'value'
  | 'invariant'
  | 'security'
  | 'login'
  | 'unknown'
  | 'expired'
  | 'forbidden'
  | 'suppressed'
  | 'processing'
  | 'not-supported'
  | 'duplicate'
  | 'multiple-matches'
  | 'not-found'
  | 'deleted'
  | 'too-long'
  | 'code-invalid'
  | 'extension'
  | 'too-costly'
  | 'business-rule'
  | 'conflict'
  | 'transient'
  | 'lock-error'
  | 'no-store'
  | 'exception'
  | 'timeout'
  | 'incomplete'
  | 'throttled'
  | 'informational'

/** @source http://hl7.org/fhir/R4/valueset-issue-severity.html */
export type Severity = 'fatal' | 'error' | 'warning' | 'information'

/** One sentence in both languages of the product; Vietnamese is what a clinician reads first. */
export interface Sentence {
  readonly vi: string
  readonly en: string
}

/** Why something was refused, or what is doubtful about it. `at` is a FHIRPath into the thing that was sent. */
export interface Refusal {
  readonly rule: string
  readonly severity: Severity
  readonly code: IssueCode
  readonly message: Sentence
  readonly at?: string
}

export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusals: readonly Refusal[] }

export const accept = <T>(value: T): Outcome<T> => ({ ok: true, value })

export const refuse = (refusals: readonly Refusal[]): Outcome<never> => ({ ok: false, refusals })

/** One error-level refusal. @param rule id kept in docs/rules @param at FHIRPath of the place, where there is one */
export const no = (rule: string, code: IssueCode, message: Sentence, at?: string): Refusal => ({
  rule,
  severity: 'error',
  code,
  message,
  ...(at === undefined ? {} : { at }),
})
