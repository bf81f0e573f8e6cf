/** What a hospital's policy is made of. All of it is data: it is kept as JSON, versioned, and shown as it stands. */
import type { Sentence } from '#fhir/outcome'
import type { Act, Area, Label, Purpose, RelationKind, Role } from '../types.ts'

/** A part of a policy that says something: why it is there, and after which text. */
interface Stated {
  /** never reused for something else */
  readonly id: string
  readonly vi: string
  readonly en: string
  readonly source: string
}

/**
 * What a line asks of the tie between reader and patient.
 *
 * `none`: nothing · `relation`: one that holds now (what belongs to no patient needs none) · `own`: a patient or
 * representative, of the patients they are named for.
 */
export type Tie = 'none' | 'relation' | 'own'

/** Hours of a week in which a line holds, by the hospital's clock. */
export interface Window {
  /** 1 Monday … 7 Sunday */
  readonly weekdays: readonly number[]
  /** `HH:MM`, inclusive; `to` exclusive and later than `from` */
  readonly from: string
  readonly to: string
}

/** One permission: these roles may do these acts to these areas, if all that it asks is so. */
export interface Line extends Stated {
  readonly roles: readonly Role[]
  readonly acts: readonly Act[]
  readonly areas: readonly Area[]
  /** only these types of the areas; never where the line gives reading, which the fence holds by area */
  readonly types?: readonly string[]
  readonly tie: Tie
  /** only relations of these kinds count, and what belongs to no patient is refused; not where the line gives reading */
  readonly kinds?: readonly RelationKind[]
  readonly window?: Window
  /** only for whoever is on duty in some department */
  readonly onDuty?: true
  /** only for whoever signed in with two factors */
  readonly factors?: 2
  readonly network?: 'inside' | 'outside'
  /** only for clients whose scopes say what they may do */
  readonly scoped?: true
  /** only for readers limited to named patients */
  readonly limited?: true
}

/** Labels that roles see without a relation that covers them. */
export interface Clearance extends Stated {
  readonly roles: readonly Role[]
  readonly labels: readonly Label[]
}

/** Who may break the glass for which labels, and why. */
export interface GlassRule extends Stated {
  readonly roles: readonly Role[]
  /** codes of `BreakGlass.reasons` */
  readonly reasons: readonly string[]
  readonly labels: readonly Label[]
}

export interface BreakGlass {
  /** how long it holds, for one patient */
  readonly hours: number
  /** least number of characters of the reason in words */
  readonly text: number
  readonly reasons: readonly ({ readonly code: string } & Sentence)[]
  readonly rules: readonly GlassRule[]
}

/** From outside of the hospital's own network, at least two factors are asked of everybody but these. */
export interface Networks {
  /** address ranges of the hospital: `10.0.0.0/8`, `fc00::/7` */
  readonly inside: readonly string[]
  readonly exempt: readonly Role[]
}

/** What may be granted: to readers of these roles, for a purpose, for so many days at most, never these labels. */
export interface GrantRule extends Stated {
  readonly roles: readonly Role[]
  readonly purposes: readonly Purpose[]
  readonly days: number
  readonly never: readonly Label[]
}

/** As what somebody acts for a patient, by their relationship. @source http://terminology.hl7.org/CodeSystem/v3-RoleCode */
export interface Representation extends Stated {
  readonly relationships: readonly string[]
  readonly role: 'patient' | 'representative'
}

export interface Policy {
  readonly id: string
  /** counted from 1 by the hospital */
  readonly version: number
  /** ISO 8601 with offset: in force from, and until (null: until another follows) */
  readonly from: string
  readonly until: string | null
  readonly title: Sentence
  readonly lines: readonly Line[]
  readonly clearances: readonly Clearance[]
  readonly breakGlass: BreakGlass
  readonly networks: Networks
  readonly grants: readonly GrantRule[]
  readonly representations: readonly Representation[]
}
