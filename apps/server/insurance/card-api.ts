/**
 * Cards and arrivals at the insurance desk, under `/insurance`; JSON. Everything is posted: no address names anybody.
 *
 * POST /insurance/card-look-ups              body: CardLookUp → CardLookUpAnswer; 409 where no portal is set, 503 where it
 *                                            does not answer
 * POST /insurance/card-look-ups/:id/apply    body: { patient } → CardHolder: the card of the answer is the patient's now
 * POST /insurance/check-ins                  body: { encounter } → 202 CheckIn: signed and queued
 * POST /insurance/check-ins/state            body: { encounter } → { checkIn: CheckIn | null }
 */
import type { DossierState } from './api.ts'

/** Whose card is asked about. */
export interface CardLookUp {
  /** number of the card or personal identity number */
  readonly card: string
  readonly name: string
  /** yyyy-MM-dd or yyyy */
  readonly birthDate: string
}

/** A card; '' where nothing is said. */
export interface CardFacts {
  readonly number: string
  /** yyyy-MM-dd */
  readonly validFrom: string
  readonly validTo: string
  /** code of the facility of first registration */
  readonly facility: string
  /** K1, K2, K3 */
  readonly area: string
  /** yyyy-MM-dd from which five years in a row are reached */
  readonly fiveYears: string
  /** percent that the fund pays; null where the number does not say */
  readonly benefit: number | null
}

/** A visit at any facility, as the portal tells it. */
export interface VisitElsewhere {
  readonly facility: string
  /** ISO minutes in Việt Nam, or what the portal wrote */
  readonly from: string
  readonly to: string
  readonly disease: string
}

/** Somebody of ours who has the card or the identity number. */
export interface CardHolder {
  readonly patient: { readonly id: string; readonly name: string; readonly birthDate: string; readonly code: string }
  /** the card as our record has it; null where it has none */
  readonly coverage: CardFacts | null
  /** the visit that is going on; null where none is */
  readonly visit: { readonly id: string; readonly since: string; readonly checkIn: CheckIn | null } | null
}

export interface CardLookUpAnswer {
  /** by which the answer can be applied for some minutes */
  readonly id: string
  /** maKetQua */
  readonly code: string
  readonly means: 'usable' | 'replaced' | 'unusable' | 'unknown'
  readonly vi: string
  readonly en: string
  /** the card to use: the new one where it was replaced; null where the portal named none */
  readonly card: CardFacts | null
  /** number of the card that was replaced; '' where none was */
  readonly replaces: string
  readonly visits: readonly VisitElsewhere[]
  readonly holders: readonly CardHolder[]
}

/** How the message that somebody came stands. */
export interface CheckIn {
  readonly encounter: string
  readonly state: DossierState
  /** what the portal or we said last */
  readonly message: string
  /** maGiaoDich; null before there is one */
  readonly receipt: string | null
  /** ISO instant of the latest change */
  readonly at: string
}
