/** The words of signing in. */
import type { Role } from '#foundation/access-control'
import type { Refusal } from '#fhir/outcome'
import type { Sql } from './database.ts'
import type { Sealer } from './sealer.ts'
import type { SessionCache } from './session-cache.ts'

/** Everything that signing in needs: one value for each process, from `openSignIn`. */
export interface SignIn extends Sql {
  readonly facility: number
  readonly sealer: Sealer
  readonly now: () => Date
  readonly cache: SessionCache
  /** sessions of the demo hospital count */
  readonly demo: boolean
  /** several statements in one transaction; rolled back when `work` throws */
  readonly transaction: <T>(work: (sql: Sql) => Promise<T>) => Promise<T>
  close(): Promise<void>
}

export type AccountState = 'new' | 'active' | 'locked' | 'disabled'

export interface Account {
  readonly id: string
  /** folded: what is typed at sign-in */
  readonly name: string
  readonly display: string
  readonly agent: string
  readonly state: AccountState
}

/** Where a request comes from. */
export interface Place {
  /** id of the device, no secret */
  readonly device: string
  /** address of the caller */
  readonly network: string
}

/** A role that somebody has, and where and when. */
export interface RoleAssignment {
  readonly role: Role
  /** `Organization/…`; for a representative `Patient/…`; null: everywhere */
  readonly scope: string | null
  readonly since: Date
  readonly until: Date | null
}

/** A session as its owner and the administrator see it. */
export interface Session {
  readonly id: string
  readonly account: Account
  readonly device: string
  readonly deviceName: string
  readonly network: string
  readonly factors: 1 | 2
  readonly created: Date
  readonly lastUsed: Date
  readonly locked: boolean
  readonly confirmed: Date
  readonly pinConfirmed: Date | null
  readonly ends: Date
  readonly demo: boolean
}

/** Somebody is in: `token` goes into the cookie and nowhere else. */
export interface Opened {
  readonly token: string
  readonly session: string
  readonly account: Account
  readonly factors: 1 | 2
  readonly recoveryCodes?: readonly string[]
}

export type StepKind = 'second-factor' | 'change-password' | 'set-up-second-factor'

/** Half in: what comes next. */
export interface NextStep {
  readonly step: StepKind
  readonly ticket: string
  readonly account: Account
}

/** How a try to get in ended. What was wrong is told the audit, never the caller. */
export type Tried<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false
      readonly refusals: readonly Refusal[]
      /** the account that was tried, where there is such a one */
      readonly account: Account | null
      /** a word for the audit */
      readonly reason: string
    }
