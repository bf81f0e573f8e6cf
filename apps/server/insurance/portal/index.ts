/** The portals that a facility sends to: accounts, card look-up, and the outbox of dossiers. */
export { type Destination, destinationsOf } from './destination.ts'
export { Portal, type PortalAnswer, type PortalOptions } from './portal.ts'
export type { Unavailable } from './call.ts'
export type { Card, CardAnswer, CardQuestion, KnownVisit } from './card-lookup.ts'
export { CARD_REPLIES, type CardReply } from './card-codes.ts'
export { Breaker } from './breaker.ts'
export { Outbox, type OutboxOptions, type SendingMoment } from './outbox.ts'
export { type Sending, type SendingAnswer, type SendingState, sendingSystems } from './sending-task.ts'
