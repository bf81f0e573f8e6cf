import type { RecordStore } from '#foundation/record-store'
import type { Answer, Exchange } from './exchange.ts'
import type { Interaction } from './interaction.ts'

/**
 * One request of somebody who signed in. The endpoint asks before it carries an interaction out and again before the
 * answer leaves; an answer leaves only when the audit log has it.
 */
export interface Visit {
  /** the record behind this reader's fence */
  readonly store: RecordStore
  /** in whose name is written: `Practitioner/…` */
  readonly author: string
  /** @returns why not, where it is refused whatever the record holds */
  before(exchange: Exchange, interaction: Interaction): Promise<Answer | null>
  /** @returns the answer, or the refusal that takes its place */
  after(exchange: Exchange, interaction: Interaction, answer: Answer): Promise<Answer>
  /** the same request's next interaction, of a Bundle: with a list of delivered versions of its own */
  entry(): Visit
}
