import type { Coverage } from '#fhir/r4'
import { hospitalDay } from '#hospital/calendar'
import { insuranceCard } from './patient-identifiers.ts'

/** Whether an insurance card holds on a day, and which. */
export interface InsuranceState {
  readonly kind: 'valid' | 'expired' | 'not-yet' | 'none'
  readonly card?: string
  /** benefit level 1–5, the third character of a fifteen-character card number */
  readonly level?: string
  readonly until?: string
}

const CARD = /^[A-Z]{2}([1-5])\d{12}$/

/** The card in force on a day; failing that the latest one, with what is wrong with it. */
export function insuranceState(coverages: readonly Coverage[], today: string): InsuranceState {
  const cards = coverages
    .filter((coverage) => coverage.status === 'active' || coverage.status === undefined)
    .map((coverage) => describe(coverage, today))
    .toSorted((a, b) => (b.until ?? '9999').localeCompare(a.until ?? '9999'))
  return cards.find((card) => card.kind === 'valid') ?? cards[0] ?? { kind: 'none' }
}

function describe(coverage: Coverage, today: string): InsuranceState {
  const start = coverage.period?.start && hospitalDay(coverage.period.start)
  const until = coverage.period?.end && hospitalDay(coverage.period.end)
  const card = insuranceCard(coverage)
  const kind = until && until < today ? 'expired' : start && start > today ? 'not-yet' : 'valid'
  return { kind, card, level: CARD.exec(card ?? '')?.[1], until: until || undefined }
}
