import type { FastifyInstance } from 'fastify'
import type { Author, RecordStore } from '#foundation/record-store'
import { isCatalogue } from './catalogue-sources.ts'
import { cataloguePage } from './catalogue.ts'
import { authorOf } from './desk-author.ts'
import { type ById, found, membersOf, refuse, refuseWith, textIn } from './desk-replies.ts'
import { dossierDetail } from './dossier-detail.ts'
import { dossierPage } from './dossier-lines.ts'
import { monthClosing } from './month-closing.ts'
import { MOST_MOVED, moveDossiers } from './move-dossiers.ts'
import { switchedOff } from './rule-switches.ts'

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

interface Options {
  readonly store: RecordStore
  readonly author: Author
}

/** The work list, one dossier, a month and the catalogues that came of them. */
export function dossierRoutes(desk: FastifyInstance, { store, author }: Options): void {
  // Posted: what is typed to find somebody stands in no address.
  desk.post<{ Body: unknown }>('/dossiers/search', async ({ body }, reply) => {
    const asked = membersOf(body)
    if (!asked) return refuse(reply, 'BHXH-HTTP-2')
    const [state, month, department, q] = ['state', 'month', 'department', 'q'].map((name) => textIn(asked, name))
    if (month && !MONTH.test(month)) return refuse(reply, 'BHXH-HTTP-4')
    const filter = { state: state ?? '', month: month ?? '', department: department ?? '', q: q ?? '' }
    const page = await dossierPage(store, filter, textIn(asked, 'cursor') || null, await switchedOff(store))
    return page.ok ? page.value : refuseWith(reply, 400, page.refusals)
  })
  desk.post<{ Body: unknown }>('/dossiers/move', async (request, reply) => {
    const { ids, to } = membersOf(request.body) ?? {}
    const isList = Array.isArray(ids) && ids.length <= MOST_MOVED && ids.every((id) => typeof id === 'string')
    if (!isList || (to !== 'ready' && to !== 'elsewhere')) return refuse(reply, 'BHXH-HTTP-2')
    return moveDossiers(store, ids as readonly string[], to, authorOf(request, author))
  })
  desk.get<ById>('/dossiers/:id', async ({ params }, reply) =>
    found(reply, await dossierDetail(store, params.id, await switchedOff(store))),
  )
  desk.get<{ Params: { month: string } }>('/months/:month', async ({ params: { month } }, reply) =>
    MONTH.test(month) ? monthClosing(store, month, await switchedOff(store)) : refuse(reply, 'BHXH-HTTP-4'),
  )
  desk.get<{ Params: { kind: string }; Querystring: { cursor?: string } }>(
    '/catalogues/:kind',
    async ({ params: { kind }, query: { cursor = null } }, reply) => {
      if (!isCatalogue(kind)) return refuse(reply, 'BHXH-HTTP-1')
      const page = await cataloguePage(store, kind, cursor)
      return page.ok ? page.value : refuseWith(reply, 400, page.refusals)
    },
  )
}
