import type { OperationOutcome } from '#fhir/r4'
import { languageNow } from '../text/index.ts'

/** Why the server could not give what a screen asked for, as far as it changes what the reader can do. */
export type ProblemKind = 'offline' | 'missing' | 'gone' | 'refused' | 'forbidden' | 'fault'

const BY_STATUS: Readonly<Record<number, ProblemKind>> = {
  401: 'forbidden',
  403: 'forbidden',
  404: 'missing',
  410: 'gone',
}

interface Behind {
  readonly rule?: string
  readonly cause?: unknown
}

/** A request that brought nothing, as a kind that a screen can answer. */
export class ServerProblem extends Error {
  readonly kind: ProblemKind
  readonly status: number
  /** what the server said, in its own words; never holds patient data */
  readonly said: string

  /** rule that refused, '' where the answer names none */
  readonly rule: string

  constructor(kind: ProblemKind, status = 0, said = '', { rule = '', cause }: Behind = {}) {
    super(`The server answered ${kind} ${status}`, { cause })
    this.name = 'ServerProblem'
    this.kind = kind
    this.status = status
    this.said = said
    this.rule = rule
  }
}

/** The problem behind an answer that is no success. @param body OperationOutcome, or anything else */
export const problemOf = (status: number, body: unknown): ServerProblem =>
  new ServerProblem(BY_STATUS[status] ?? (status >= 500 ? 'fault' : 'refused'), status, saidBy(body))

function saidBy(body: unknown): string {
  const outcome = body as Partial<OperationOutcome> | null
  if (outcome?.resourceType !== 'OperationOutcome') return ''
  return (outcome.issue ?? [])
    .map(({ details, diagnostics }) =>
      languageNow() === 'en' ? (diagnostics ?? details?.text ?? '') : (details?.text ?? diagnostics ?? ''),
    )
    .filter(Boolean)
    .join(' ')
}
