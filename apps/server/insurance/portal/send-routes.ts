import type { FastifyInstance } from 'fastify'
import type { Author, RecordStore } from '#foundation/record-store'
import { authorOf } from '../desk-author.ts'
import { type ById, membersOf, refuse, refuseWith } from '../desk-replies.ts'
import { readTask } from '../dossier-detail.ts'
import { linesOf } from '../dossier-lines.ts'
import { switchedOff } from '../rule-switches.ts'
import { NO_PORTAL, NOT_FOUND, type Outbox } from './outbox.ts'

export interface SendOptions {
  readonly store: RecordStore
  readonly author: Author
  /** null: nothing can be sent from here */
  readonly outbox: Outbox | null
}

/** `POST dossiers/:id/send`: signed and written down; the answer does not wait for the portal. */
export function sendRoutes(desk: FastifyInstance, { store, author, outbox }: SendOptions): void {
  desk.post<ById & { Body: unknown }>('/dossiers/:id/send', async (request, reply) => {
    const { id } = request.params
    // JSON, for which a page of another site has to ask first: it cannot send a dossier by a form.
    if (!membersOf(request.body)) return refuse(reply, 'BHXH-HTTP-2')
    if (!outbox) return refuseWith(reply, 409, [NO_PORTAL])
    const outcome = await outbox.send(id, authorOf(request, author))
    if (!outcome.ok)
      return refuseWith(reply, outcome.refusals[0]?.rule === NOT_FOUND.rule ? 404 : 409, outcome.refusals)
    const task = await readTask(store, id)
    if (!task) return refuseWith(reply, 404, [NOT_FOUND])
    return reply.code(202).send((await linesOf(store, [task], await switchedOff(store)))[0])
  })
}
