import { newId } from '../fhir/new-id.ts'
import type { CardFacts } from './card-api.ts'

/** How long an answer of the portal may be applied, ms; how many are remembered. */
const KEPT = 15 * 60_000
const MOST = 500

/** What the portal said of a card, until somebody applies it. */
export interface KnownAnswer {
  readonly card: CardFacts
  /** number of the card that it replaces; '' where it replaces none */
  readonly replaces: string
  /** numbers that were asked or answered: holders have one of them */
  readonly numbers: readonly string[]
}

/** Answers of the last minutes: what is applied is what the portal said, not what a page says it said. In memory only. */
export class CardLookUps {
  readonly #known = new Map<string, KnownAnswer & { readonly until: number }>()

  /** @returns the id by which the answer is applied */
  keep(answer: KnownAnswer): string {
    const now = Date.now()
    for (const [id, { until }] of this.#known) if (until < now || this.#known.size >= MOST) this.#known.delete(id)
    const id = newId()
    this.#known.set(id, { ...answer, until: now + KEPT })
    return id
  }

  /** @returns null once it is too old */
  find(id: string): KnownAnswer | null {
    const known = this.#known.get(id)
    return known && known.until >= Date.now() ? known : null
  }
}
