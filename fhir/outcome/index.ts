/** Refusals as values, and how the edge of HTTP says them. */
export type { IssueCode, Severity, Sentence, Refusal, Outcome } from './refusal.ts'
export { accept, refuse, no } from './refusal.ts'
export { type OutcomeIssue, type OutcomeResource, RULE_SYSTEM, toOperationOutcome } from './render.ts'
export { statusOf } from './status.ts'
