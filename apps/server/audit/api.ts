/**
 * What the screens of the audit log and the server say to each other, under `/audit`. JSON; asked by POST, so that no
 * address names a patient.
 *
 * POST /audit/opened   body: OpenedAsked → ActPage: who opened this record, newest first; for staff with the right and
 *                      for the patient (who is asked for in `patient` as well)
 * POST /audit/search   body: ActsAsked → ActPage: every act, newest first; for the auditor and the privacy officer
 * GET  /audit/status   → AuditStatus
 *
 * A refusal is 4xx with `{ rule, vi, en }`. Reading the audit log is an act itself and stands in it.
 * The same acts are AuditEvents at /fhir/R4/AuditEvent (search by patient, agent, entity, date, action, type, outcome).
 */
import type { AuditAction } from '#foundation/audit-log'

export interface OpenedAsked {
  /** `Patient/…` */
  readonly patient: string
  /** ISO instants; `from` included, `to` not */
  readonly from?: string
  readonly to?: string
  /** 1 to 200, default 50 */
  readonly count?: number
  /** `next` of the page before */
  readonly cursor?: string
}

export interface ActsAsked extends Omit<OpenedAsked, 'patient'> {
  readonly patient?: string
  /** `Practitioner/…` */
  readonly agent?: string
  /** `Observation/…`, any version */
  readonly entity?: string
  readonly actions?: readonly AuditAction[]
  readonly outcomes?: readonly ActLine['outcome'][]
}

/** One act: who, in which role, when, what, from where and why. */
export interface ActLine {
  /** id of the AuditEvent */
  readonly id: string
  /** ISO instant, the server's time */
  readonly at: string
  readonly action: AuditAction
  /** refused: by the rules · failure: ours */
  readonly outcome: 'success' | 'refused' | 'failure'
  readonly who: {
    /** `Practitioner/…`, `Device/…` */
    readonly reference: string
    /** as the record names them today; null where it does not */
    readonly name: string | null
    readonly roles: readonly string[]
    /** the OAuth client that acted for them; null for our own screens */
    readonly client: string | null
  }
  /** `Type/id` with the version where one was served or made; the first of them */
  readonly what: readonly { readonly reference: string; readonly version: string | null }[]
  /** how many there are beyond `what` */
  readonly more: number
  /** patients concerned: `Patient/…` */
  readonly patients: readonly string[]
  /** v3-ActReason: TREAT, BTG … */
  readonly purpose: string
  /** the three below are null when they were not known or have been erased by law */
  readonly network: string | null
  readonly reason: string | null
  readonly query: string | null
  readonly erased: boolean
  /** id of the rule that refused */
  readonly rule: string | null
}

export interface ActPage {
  readonly acts: readonly ActLine[]
  readonly next: string | null
}

export interface AuditStatus {
  /** acts in the tree */
  readonly acts: number
  /** acts committed but not in the tree yet */
  readonly waiting: number
  /** ISO instants */
  readonly numberedAt: string | null
  readonly head: {
    readonly size: number
    readonly at: string
    /** what is printed once a day: groups of hexadecimal digits */
    readonly fingerprint: string
  } | null
  /** where heads are copied to, and whether the last one arrived there */
  readonly copy: { readonly folder: string; readonly upToDate: boolean }
  readonly alarms: readonly AuditAlarm[]
}

/**
 * numbering-stopped: nothing was numbered for a minute although acts wait · heads-stopped: no head was signed for two
 * minutes although the tree grew · copy-failed: the second place does not take heads · rolled-back: the second place
 * knows heads that the database does not: it has been restored from a backup or tampered with · not-whole: the daily look at
 * a part of the log found something wrong
 */
export type AuditAlarm = 'numbering-stopped' | 'heads-stopped' | 'copy-failed' | 'rolled-back' | 'not-whole'
