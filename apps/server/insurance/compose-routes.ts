import type { FastifyInstance } from 'fastify'
import type { Author, RecordStore } from '#foundation/record-store'
import { composeCheckIn, writeCheckIn } from '#obligations/health-insurance'
import type { ComposedCheckIn, ComposedDossier } from './api.ts'
import { composeRefusals, composeVisit } from './compose-visit.ts'
import { authorOf } from './desk-author.ts'
import { membersOf, refuse, refuseWith, textIn } from './desk-replies.ts'
import { readTask } from './dossier-detail.ts'
import { linesOf } from './dossier-lines.ts'
import { switchedOff } from './rule-switches.ts'
import { visitChart } from './visit-chart.ts'

interface Options {
  readonly store: RecordStore
  readonly author: Author
}

const ID = /^[A-Za-z0-9\-.]{1,64}$/

/** An Encounter's id in a JSON body; null where there is none. A form of another site is no JSON. */
function encounterIn(body: unknown): string | null {
  const members = membersOf(body)
  const id = members && textIn(members, 'encounter').replace(/^Encounter\//, '')
  return id && ID.test(id) ? id : null
}

/** Dossiers and check-in messages of visits that were recorded in the chart. */
export function composeRoutes(desk: FastifyInstance, { store, author }: Options): void {
  desk.post<{ Body: unknown }>('/dossiers/compose', async (request, reply) => {
    const encounter = encounterIn(request.body)
    if (encounter === null) return refuse(reply, 'BHXH-HTTP-2')
    const off = await switchedOff(store)
    const outcome = await composeVisit(store, encounter, authorOf(request, author), off)
    if (!outcome.ok) return refuseWith(reply, statusOf(outcome.refusals[0]?.rule), outcome.refusals)
    const { id, findings } = outcome.value
    const task = await readTask(store, id)
    const [dossier] = task ? await linesOf(store, [task], off) : []
    return dossier ? reply.send({ dossier, findings } satisfies ComposedDossier) : refuse(reply, 'BHXH-HTTP-1')
  })
  desk.post<{ Body: unknown }>('/check-ins/compose', async ({ body }, reply) => {
    const encounter = encounterIn(body)
    if (encounter === null) return refuse(reply, 'BHXH-HTTP-2')
    const chart = await visitChart(store, encounter)
    const composed = chart && composeCheckIn(chart, { off: await switchedOff(store) })
    if (!composed) return refuseWith(reply, 404, [composeRefusals.noVisit])
    const { dossier, findings } = composed
    return reply.send({ message: writeCheckIn(dossier), findings } satisfies ComposedCheckIn)
  })
}

const statusOf = (rule: string | undefined): number =>
  ({ [composeRefusals.noVisit.rule]: 404, [composeRefusals.noPatient.rule]: 422 })[rule ?? ''] ?? 409
