/**
 * What the screens and the server say to each other about access, under `/access`. JSON; asked by POST, so that no
 * address names a patient. A refusal is 4xx with `{ rule, vi, en }`: 401 ACCESS-0 nobody is signed in, 403 with the rule
 * of the policy. Wherever the record itself refuses a read and breaking the glass would open it, the answer of
 * /fhir/R4 carries the header `x-lanh-break-glass: possible`.
 *
 * GET  /access/reasons                 → { reasons: GlassReason[], hours, text }: for the dialog
 * POST /access/break-glass             GlassAsked → GlassShown; SIGN-IN confirmation first (403 GLASS-5)
 * GET  /access/break-glass             → { open: GlassShown[] }: the banner: what this reader has open now
 * POST /access/break-glass/end         { id } → { open: GlassShown[] }
 * POST /access/break-glass/list        {} → { broken: GlassShown[] }: work list of the privacy officer
 * POST /access/break-glass/review      { id, verdict, note } → GlassShown
 * POST /access/simulate                SimulationAsked → Simulation: may X open this, and why (administrator, privacy)
 * GET  /access/policy                  → PolicyShown
 * GET  /access/policy/document         → the whole policy as it was adopted (administrator, privacy)
 * POST /access/policy/adopt            a policy document → its version; 422 { refusals } (administrator, confirmed)
 * POST /access/grants/list             {} → { grants: GrantShown[] } (records, director, privacy)
 * POST /access/grants                  GrantAsked → GrantShown; 422 { refusals } (records, director, confirmed)
 * POST /access/grants/end              { id } → {}
 * POST /access/standing                { patient: 'Patient/…' } → StandingShown: what of this chart is open to me
 * POST /access/printed                 { references: string[], form: string } → {}: right to print, and told of
 */
import type { Act, Label, Purpose, Role, TraceStep } from '#foundation/access-control'

export interface GlassReason {
  readonly code: string
  readonly vi: string
  readonly en: string
}

export interface GlassAsked {
  /** `Patient/…` */
  readonly patient: string
  readonly reason: string
  readonly text: string
}

export interface GlassShown {
  readonly id: string
  readonly agent: string
  /** as the record names them; null where it does not */
  readonly agentName: string | null
  readonly roles: readonly string[]
  readonly patient: string
  readonly patientName: string | null
  readonly reason: string
  readonly words: string
  readonly since: string
  readonly until: string
  readonly ended: string | null
  readonly reviewed: string | null
  readonly verdict: 'justified' | 'unjustified' | null
  readonly note: string | null
}

/** Reading for somebody of outside. */
export interface GrantAsked {
  /** `Practitioner/…`, `Person/…` */
  readonly holder: string
  /** `Patient/…` */
  readonly patient: string
  readonly purpose: Purpose
  readonly labels: readonly Label[]
  /** ISO 8601 */
  readonly since: string
  readonly until: string
  /** the paper that asks for it: number, date and office */
  readonly basis: string
}

export interface GrantShown extends GrantAsked {
  readonly id: string
  readonly grantedBy: string
  /** null while nobody took it back */
  readonly ended: string | null
}

/** Searches find nothing of what is closed: a chart must know this to say so, and not to look empty. */
export interface StandingShown {
  /** resource types of a chart, and whether this reader sees those of this patient */
  readonly reads: Readonly<Record<string, boolean>>
  /** breaking the glass would open what is closed */
  readonly breakGlass: boolean
  /** why something is closed; null where nothing is */
  readonly refusal: { readonly rule: string; readonly vi: string; readonly en: string } | null
}

export interface SimulationAsked {
  /** account id, or roles and departments of nobody in particular */
  readonly account?: string
  readonly roles?: readonly Role[]
  readonly departments?: readonly string[]
  readonly factors?: 1 | 2
  /** address they would come from; default: that of whoever asks */
  readonly network?: string
  readonly act: Act
  readonly type: string
  /** `Patient/…` whose resource it is; absent: of nobody */
  readonly patient?: string
  readonly labels?: readonly Label[]
  /** local time, ISO 8601 with offset; default now */
  readonly at?: string
}

export interface Simulation {
  readonly allowed: boolean
  readonly breakGlass: boolean
  readonly trace: readonly TraceStep[]
  /** how the two have to do with each other now */
  readonly relations: readonly { readonly kind: string; readonly until: string }[]
}

export interface PolicyShown {
  readonly id: string
  readonly lines: readonly {
    readonly id: string
    readonly roles: readonly Role[]
    readonly acts: readonly Act[]
    readonly areas: readonly string[]
    readonly vi: string
    readonly en: string
    readonly source: string
  }[]
}
