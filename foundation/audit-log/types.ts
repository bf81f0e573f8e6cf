/** What the audit log says of one act. */

export type AuditAction =
  | 'read'
  | 'vread'
  | 'history'
  | 'search'
  | 'everything'
  | 'create'
  | 'update'
  | 'patch'
  | 'delete'
  | 'transaction'
  | 'export'
  | 'print'
  | 'sign-in'
  | 'sign-out'
  | 'break-glass'
  | 'account-change'
  | 'policy-change'
  | 'client-change'
  | 'key-change'
  | 'erase'
  | 'clock-step'
  | 'start'
  | 'stop'

/** Facts of one act, known when it is done (or refused) and before it is answered. */
export interface AuditFacts {
  /** ISO 8601 UTC with milliseconds, the server's time */
  readonly at: string
  readonly action: AuditAction
  /** AuditEvent.outcome: success 0 · refused 4 (by the rules) · failure 8 (of ours) */
  readonly outcome: 'success' | 'refused' | 'failure'
  readonly agent: {
    /** account id; null for the product itself and for whoever is not signed in */
    readonly account: string | null
    /** `Practitioner/…`, `Patient/…`, `Device/…` */
    readonly reference: string
    readonly roles: readonly string[]
    readonly client: string | null
    /** public name of the session, never what its cookie holds */
    readonly session: string | null
    /** address of the caller; detail, for it is needed a year and names a home */
    readonly network: string
    /** v3-ActReason */
    readonly purpose: string
  }
  /** resources that were read, found or written: `Type/id`, with the version where one was served or made */
  readonly entities: readonly { readonly reference: string; readonly version?: number }[]
  /** resources beyond those listed */
  readonly more?: number
  /** patients concerned: `Patient/…` */
  readonly patients: readonly string[]
  /** the search as it was asked; may name people, so it is detail */
  readonly query?: string
  /** id of the rule that refused */
  readonly rule?: string
  /** why, in the agent's words (break-glass, cancellation); detail */
  readonly reason?: string
  /** id of the request, the same in the log of the server */
  readonly request: string
}

/**
 * An act as it is stored. `statement` is JSON text with a fixed order of keys, without names or free text, for ever;
 * `detail` (network address, search, reason) is what may have to be erased by law. The leaf of the tree commits to both,
 * see `leaf.ts`.
 */
export interface AuditEntry {
  readonly statement: string
  readonly detail: string
  /** 16 random bytes, hex */
  readonly salt: string
}
