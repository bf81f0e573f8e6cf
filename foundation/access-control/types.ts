/** Who asks, for what, and what is known of what they ask for: the words of every decision about access. */
import type { Refusal } from '#fhir/outcome'

/**
 * Roles of a hospital. An account has one or several; what each may do is the policy's (data), not the name's.
 * `administrator` sees no clinical content; `privacy` is the data-protection officer (người phụ trách bảo vệ dữ liệu);
 * `guest` is somebody of outside (inspector, court, lawyer, another facility) who sees what a grant names.
 */
export type Role =
  | 'reception'
  | 'doctor'
  | 'nurse'
  | 'technician'
  | 'pharmacist'
  | 'cashier'
  | 'insurance'
  | 'records'
  | 'head'
  | 'director'
  | 'administrator'
  | 'auditor'
  | 'privacy'
  | 'integration'
  | 'patient'
  | 'representative'
  | 'guest'

/** Purposes of use. @source http://terminology.hl7.org/CodeSystem/v3-ActReason */
export type Purpose = 'TREAT' | 'ETREAT' | 'BTG' | 'HPAYMT' | 'HOPERAT' | 'HRESCH' | 'PATRQT' | 'HLEGAL' | 'SYSDEV'

/** What somebody wants to do. Copying (export, print) and restoring are rights of their own (law 15/2023 art. 69, CV365 III.1.1.c). */
export type Act = 'read' | 'search' | 'copy' | 'print' | 'create' | 'edit' | 'cancel' | 'restore'

/** What a group of resource types has in common for access; `areas.ts` says which type is where. */
export type Area =
  | 'directory'
  | 'person'
  | 'visit'
  | 'clinical'
  | 'document'
  | 'medication'
  | 'diagnostic'
  | 'coverage'
  | 'finance'
  | 'definition'
  | 'work'
  | 'consent'
  | 'attachment'
  | 'audit'

/** Sensitive content. @source http://terminology.hl7.org/CodeSystem/v3-ActCode and v3-Confidentiality; see `labels.ts` */
export type Label = 'HIV' | 'PSY' | 'ETH' | 'SDV' | 'SEX' | 'EMP' | 'CEL' | 'R' | 'V'

/** Why somebody has to do with a patient. All but the last two follow from the record itself. */
export type RelationKind =
  'department' | 'care-team' | 'participant' | 'ordered' | 'scheduled' | 'author' | 'break-glass' | 'grant'

export interface Relation {
  readonly kind: RelationKind
  /** labels that this relation covers beyond the reader's own clearance */
  readonly labels: readonly Label[]
  /** ISO 8601 */
  readonly until: string
}

/** Whoever asks, as sign-in found them. Nothing here comes from the request itself but the network. */
export interface Reader {
  /** account id; null for what the product does itself */
  readonly account: string | null
  /** who acts: `Practitioner/…`, `Patient/…`, `RelatedPerson/…`, `Device/…` */
  readonly agent: string
  readonly name: string
  readonly roles: readonly Role[]
  /** departments on duty now: `Organization/…` */
  readonly departments: readonly string[]
  readonly session: string | null
  /** OAuth client that acts for them; null for our own screens */
  readonly client: string | null
  /** SMART scopes that were granted; null for our own screens, which have no scopes */
  readonly scopes: readonly string[] | null
  /** patients (`Patient/…`) to whose compartments everything is limited; null without such a limit */
  readonly patients: readonly string[] | null
  readonly purpose: Purpose
  /** how many factors this session was signed in with */
  readonly factors: 1 | 2
  /** address of the caller */
  readonly network: string
}

/** One thing that somebody wants to do with one resource, or with all of a type (`search`, without a patient). */
export interface AccessRequest {
  readonly reader: Reader
  readonly act: Act
  readonly type: string
  /** labels of the resource and of its patient */
  readonly labels: readonly Label[]
  /**
   * Whether the resource belongs to a patient. A `search` without a patient is the question whether the type may be
   * searched at all; what it finds is asked about one by one, or left to the fence.
   */
  readonly ofPatient: boolean
  /** relations of the reader with that patient that hold now */
  readonly relations: readonly Relation[]
  /** whether that patient is among `reader.patients`; true where there is no such limit */
  readonly withinPatients: boolean
  /** local time of the hospital, ISO 8601 with offset */
  readonly at: string
}

export type Decision =
  | { readonly allowed: true; readonly trace: readonly TraceStep[] }
  | {
      readonly allowed: false
      readonly refusal: Refusal
      /** whether breaking the glass would open it for this reader */
      readonly breakGlass: boolean
      readonly trace: readonly TraceStep[]
    }

/** One step of why: for the policy simulator and the audit. */
export interface TraceStep {
  /** id of the policy's line or of the built-in check */
  readonly rule: string
  readonly effect: 'allows' | 'refuses' | 'passes'
  readonly vi: string
  readonly en: string
}
