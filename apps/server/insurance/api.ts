/**
 * What the insurance desk's screens and the server say to each other, under `/insurance`. JSON; money is decimal text.
 *
 * POST   /insurance/imports                  body: the file's bytes; header `x-file-name` (percent-encoded) → 202 ImportRun;
 *                                            header `x-to-send: true`: its dossiers are ours to send
 * GET    /insurance/imports                  → { runs: ImportRun[] }, newest first
 * DELETE /insurance/imports/:id              → ImportRun, cancelled: nothing of a file under way stays
 * POST   /insurance/imports/:id/resume       → ImportRun
 * GET    /insurance/imports/:id/report.csv   → every finding of the run
 * POST   /insurance/dossiers/search          body: DossierSearch → DossierPage
 * POST   /insurance/dossiers/move            body: { ids: string[], to: 'ready' | 'elsewhere' } → MovedDossiers
 * POST   /insurance/dossiers/compose         body: { encounter } → ComposedDossier: of a visit recorded in the chart; again
 *                                            after a correction it renews the same dossier (409 where it came from a file)
 * POST   /insurance/check-ins/compose        body: { encounter } → ComposedCheckIn
 * GET    /insurance/dossiers/:id             → DossierDetail
 * POST   /insurance/dossiers/:id/send        → 202 DossierLine (signed and queued; 409 when it may not be sent)
 * GET    /insurance/months/:month            → MonthClosing
 * GET    /insurance/rules                    → { rules: RuleLine[] }
 * PUT    /insurance/rules/:id                body: { enabled: boolean } → RuleLine
 * GET    /insurance/rules/:id/dry-run        → DryRun
 * GET    /insurance/doubtful-joins           → { joins: DoubtfulJoin[] }
 * POST   /insurance/doubtful-joins/search    → SearchedDoubles: all patients were looked through
 * POST   /insurance/doubtful-joins/:id       body: { same: boolean } → DoubtfulJoin
 *
 * A refusal is 4xx with `{ rule, vi, en }`.
 */
import type { ComposeFinding, Finding } from '#obligations/health-insurance'

/**
 * draft: has errors · elsewhere: another program has sent it or may have · ready: may be sent · queued: signed, waits for
 * its turn · sent: waits for the portal's word · resent: went out more than once and waits for the portal's word
 */
export type DossierState = 'draft' | 'elsewhere' | 'ready' | 'queued' | 'sent' | 'accepted' | 'refused' | 'resent'

export interface ImportRun {
  readonly id: string
  readonly file: string
  /** its dossiers are ours to send */
  readonly toSend: boolean
  /** interrupted: the program ended while it was under way; nothing of the file is stored, and it can be resumed */
  readonly state: 'waiting' | 'running' | 'done' | 'refused' | 'cancelled' | 'interrupted'
  readonly bytes: number
  readonly bytesRead: number
  readonly dossiers: number
  readonly resources: number
  /** ISO instant */
  readonly startedAt: string
  readonly seconds: number
  readonly counts: { readonly reject: number; readonly error: number; readonly warning: number }
  /** the first fifty */
  readonly findings: readonly (Finding & { readonly visit: string | null })[]
}

export interface DossierLine {
  /** id of the Claim */
  readonly id: string
  readonly visit: string
  readonly patient: { readonly id: string; readonly name: string; readonly birthYear: string; readonly code: string }
  readonly encounter: string
  readonly kind: string
  readonly department: string
  /** ISO instants */
  readonly from: string
  readonly to: string
  readonly total: string
  readonly fund: string
  readonly state: DossierState
  readonly counts: { readonly reject: number; readonly error: number; readonly warning: number }
  /** receipt number of the portal, maGiaoDich */
  readonly receipt: string | null
}

/** What the work list is narrowed by; what is absent or empty narrows nothing. */
export interface DossierSearch {
  readonly state?: DossierState | undefined
  /** yyyy-MM of the end of care */
  readonly month?: string | undefined
  readonly department?: string | undefined
  /** MA_LK, or a name or number of a patient */
  readonly q?: string | undefined
  /** `next` of the page before */
  readonly cursor?: string | undefined
}

/** Dossiers that changed hands, and those that could not. */
export interface MovedDossiers {
  readonly moved: number
  readonly left: number
}

export interface DossierPage {
  readonly dossiers: readonly DossierLine[]
  readonly states: Readonly<Record<DossierState, number>>
  readonly next: string | null
}

export interface DossierDetail extends DossierLine {
  readonly tables: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>
  readonly findings: readonly Finding[]
  readonly history: readonly { readonly at: string; readonly state: DossierState; readonly note: string }[]
}

/** What is wrong with it names the resource of the chart and the place in it (`resource`, `at`). */
export interface ComposedDossier {
  readonly dossier: DossierLine
  readonly findings: readonly ComposeFinding[]
}

export interface ComposedCheckIn {
  /** XML0, not signed */
  readonly message: string
  readonly findings: readonly ComposeFinding[]
}

export interface MonthClosing {
  readonly month: string
  readonly dossiers: number
  readonly byState: Readonly<Record<DossierState, number>>
  readonly sums: {
    readonly hospital: string
    readonly insurance: string
    readonly fund: string
    readonly coPayment: string
    readonly patient: string
    readonly otherSources: string
  }
  readonly byKind: readonly {
    readonly kind: string
    readonly dossiers: number
    readonly total: string
    readonly fund: string
  }[]
  readonly byDepartment: readonly {
    readonly department: string
    readonly dossiers: number
    readonly withErrors: number
    readonly fund: string
  }[]
  readonly topRules: readonly { readonly rule: string; readonly dossiers: number }[]
}

export interface RuleLine {
  readonly id: string
  readonly severity: 'reject' | 'error' | 'warning'
  readonly vi: string
  readonly en: string
  readonly wayOut: string
  readonly source: string
  readonly table: string | null
  readonly field: string | null
  readonly enabled: boolean
}

export interface DryRun {
  readonly rule: string
  readonly dossiers: number
  readonly byDepartment: readonly {
    readonly department: string
    readonly dossiers: number
    readonly findings: number
  }[]
  readonly examples: readonly { readonly id: string; readonly visit: string; readonly message: string }[]
}

/** What a search through all patients came to. */
export interface SearchedDoubles {
  readonly patients: number
  /** pairs that were not known before */
  readonly found: number
}

export interface DoubtfulJoin {
  readonly id: string
  readonly patients: readonly {
    readonly id: string
    readonly name: string
    readonly birthDate: string
    readonly code: string
    readonly identity: string
    readonly card: string
    readonly visits: number
  }[]
  /** Vietnamese sentence: what agrees and what does not */
  readonly why: string
  readonly decided: boolean | null
}
