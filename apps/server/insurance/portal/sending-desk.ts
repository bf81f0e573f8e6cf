import type { CardQuestion } from './card-lookup.ts'
import type { Outbox } from './outbox.ts'
import type { Portal } from './portal.ts'

/** Everything that leaves the house for a portal, and what is asked there. */
export interface SendingDesk {
  readonly dossiers: Outbox
  readonly checkIns: Outbox
  /** the one that is asked about cards; null where none is set */
  readonly portal: Portal | null
  /** who asks about cards, as registered with Social Insurance; empty where nobody is set */
  readonly asker: CardQuestion['asker']
}

/** Works through both outboxes until the signal says stop. */
export async function runSending(
  { dossiers, checkIns }: SendingDesk,
  signal: AbortSignal,
  onFault: (fault: unknown) => void,
): Promise<void> {
  await Promise.all([dossiers.run(signal, onFault), checkIns.run(signal, onFault)])
}
