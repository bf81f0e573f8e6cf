import type { FastifyInstance } from 'fastify'
import type { Author, RecordStore } from '#foundation/record-store'
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

/** `POST dossiers/:id/send`: sends while the desk waits, and says how the dossier stands afterwards. */
export function sendRoutes(desk: FastifyInstance, { store, author, outbox }: SendOptions): void {
  desk.post<{ Params: { id: string } }>('/dossiers/:id/send', async ({ params: { id }, body }, reply) => {
    // JSON, for which a page of another site has to ask first: it cannot send a dossier by a form.
    if (typeof body !== 'object' || body === null) return reply.code(400).send(told(WRONG_FORM))
    if (!outbox) return reply.code(409).send(told(NO_PORTAL))
    const outcome = await outbox.sendNow(id, author)
    if (!outcome.ok) {
      const [refusal = NO_PORTAL] = outcome.refusals
      return reply.code(refusal.rule === NOT_FOUND.rule ? 404 : 409).send(told(refusal))
    }
    const task = await readTask(store, id)
    return task ? (await linesOf(store, [task], await switchedOff(store)))[0] : reply.code(404).send(told(NOT_FOUND))
  })
}

const WRONG_FORM = {
  rule: 'BHXH-HTTP-2',
  message: { vi: 'Yêu cầu không đúng dạng', en: 'The request does not have the expected form' },
}

const told = ({ rule, message }: typeof WRONG_FORM): { rule: string; vi: string; en: string } => ({ rule, ...message })
