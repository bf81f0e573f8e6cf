/** @source http://hl7.org/fhir/R4/operationoutcome.html */
import type { IssueCode, Refusal, Severity } from './refusal.ts'

/** `details.coding.system` of our rule ids; what each says is in docs/rules. */
export const RULE_SYSTEM = 'urn:lanh:code:rule'

interface Extension {
  readonly url: string
  readonly valueCode?: string
  readonly valueString?: string
  readonly extension?: readonly Extension[]
}

export interface OutcomeIssue {
  readonly severity: Severity
  readonly code: IssueCode
  readonly details: {
    readonly coding: readonly { readonly system: string; readonly code: string }[]
    readonly text: string
    readonly _text: { readonly extension: readonly Extension[] }
  }
  readonly diagnostics: string
  readonly expression?: readonly string[]
}

export interface OutcomeResource {
  readonly resourceType: 'OperationOutcome'
  readonly issue: readonly OutcomeIssue[]
}

/** Vietnamese is the text a clinician reads; English stands beside it as a translation and as the diagnostics. */
export function toOperationOutcome(refusals: readonly Refusal[]): OutcomeResource {
  return { resourceType: 'OperationOutcome', issue: refusals.map(issueOf) }
}

function issueOf({ rule, severity, code, message, at }: Refusal): OutcomeIssue {
  return {
    severity,
    code,
    details: {
      coding: [{ system: RULE_SYSTEM, code: rule }],
      text: message.vi,
      _text: { extension: [translation('en', message.en)] },
    },
    diagnostics: message.en,
    ...(at === undefined ? {} : { expression: [at] }),
  }
}

/** @source http://hl7.org/fhir/R4/extension-translation.html */
function translation(language: string, content: string): Extension {
  return {
    url: 'http://hl7.org/fhir/StructureDefinition/translation',
    extension: [
      { url: 'lang', valueCode: language },
      { url: 'content', valueString: content },
    ],
  }
}
