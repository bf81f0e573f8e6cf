/** The insurance desk over HTTP; api.ts says what is asked and answered. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Author, RecordStore } from '#foundation/record-store'
import { authorOf } from './desk-author.ts'
import { type ById, flagIn, found, membersOf, refuse, refuseWith } from './desk-replies.ts'
import type { SearchedDoubles } from './api.ts'
import { cardRoutes } from './card-routes.ts'
import { composeRoutes } from './compose-routes.ts'
import { dossierRoutes } from './dossier-routes.ts'
import { decideJoin, doubtfulJoins } from './doubtful-joins.ts'
import { ImportRuns } from './import-runs.ts'
import { type SendingDesk, sendRoutes } from './portal/index.ts'
import { WHOLE } from './read-file.ts'
import { dryRun, findRule, ruleLine, ruleLines } from './rule-lines.ts'
import { searchDoubles } from './search-doubles.ts'
import { switchedOff } from './rule-switches.ts'
import { switchRuleForAll } from './switch-rule.ts'

export interface InsuranceOptions {
  readonly store: RecordStore
  readonly author: Author
  /** without it nothing is sent */
  readonly sending?: SendingDesk
}

/** Registers everything below `/insurance`. */
export async function insuranceRoutes(app: FastifyInstance, options: InsuranceOptions): Promise<void> {
  await app.register(
    async (desk) => {
      desk.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'no-store'))
      importRoutes(desk, options)
      dossierRoutes(desk, options)
      composeRoutes(desk, options)
      sendRoutes(desk, { ...options, outbox: options.sending?.dossiers ?? null })
      cardRoutes(desk, { ...options, sending: options.sending ?? null })
      ruleRoutes(desk, options)
      joinRoutes(desk, options)
    },
    { prefix: '/insurance' },
  )
}

function importRoutes(desk: FastifyInstance, { store }: InsuranceOptions): void {
  const runs = new ImportRuns(store)
  desk.addHook('onClose', () => runs.close())
  desk.register(async (bytes) => {
    bytes.removeAllContentTypeParsers()
    bytes.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: WHOLE }, (_request, body, done) => done(null, body))
    bytes.post('/imports', async (request, reply) => {
      // A header of our own: a page of another site cannot send it unasked.
      if (!Buffer.isBuffer(request.body) || !request.headers['x-file-name']) return refuse(reply, 'BHXH-HTTP-2')
      const isToSend = request.headers['x-to-send'] === 'true'
      const run = await runs.add(fileNameIn(request), request.body, isToSend)
      return run ? reply.code(202).send(run) : refuse(reply, 'BHXH-HTTP-3')
    })
  })
  desk.get('/imports', async () => ({ runs: await runs.list() }))
  desk.delete<ById>('/imports/:id', async ({ params }, reply) => found(reply, await runs.cancel(params.id)))
  desk.post<ById>('/imports/:id/resume', async ({ params }, reply) => found(reply, await runs.resume(params.id)))
  desk.get<ById>('/imports/:id/report.csv', async ({ params }, reply) => {
    const report = await runs.report(params.id)
    if (report === null) return refuse(reply, 'BHXH-HTTP-1')
    return reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="bhxh.csv"')
      .send(report)
  })
}

/** For people; without folders. */
function fileNameIn({ headers }: FastifyRequest): string {
  const written = String(headers['x-file-name'] ?? '')
  try {
    return (decodeURIComponent(written).split(/[\\/]/).at(-1) ?? '').slice(0, 200) || '?'
  } catch {
    return '?'
  }
}

function ruleRoutes(desk: FastifyInstance, { store, author }: InsuranceOptions): void {
  desk.get('/rules', async () => ({ rules: ruleLines(await switchedOff(store)) }))
  desk.put<ById & { Body: unknown }>('/rules/:id', async (request, reply) => {
    const rule = findRule(request.params.id)
    if (!rule) return refuse(reply, 'BHXH-HTTP-1')
    const enabled = flagIn(request.body, 'enabled')
    if (enabled === null) return refuse(reply, 'BHXH-HTTP-2')
    return ruleLine(rule, await switchRuleForAll(store, rule.id, enabled, authorOf(request, author)))
  })
  desk.get<ById>('/rules/:id/dry-run', async ({ params }, reply) =>
    findRule(params.id) ? dryRun(store, params.id) : refuse(reply, 'BHXH-HTTP-1'),
  )
}

function joinRoutes(desk: FastifyInstance, { store, author }: InsuranceOptions): void {
  desk.get('/doubtful-joins', async () => ({ joins: await doubtfulJoins(store) }))
  let searching: Promise<SearchedDoubles> | null = null
  desk.post<{ Body: unknown }>('/doubtful-joins/search', async (request, reply) => {
    if (!membersOf(request.body)) return refuse(reply, 'BHXH-HTTP-2')
    // Whoever asks meanwhile waits for the same search.
    searching ??= searchDoubles(store, authorOf(request, author)).finally(() => (searching = null))
    return searching
  })
  desk.post<ById & { Body: unknown }>('/doubtful-joins/:id', async (request, reply) => {
    const same = flagIn(request.body, 'same')
    if (same === null) return refuse(reply, 'BHXH-HTTP-2')
    const outcome = await decideJoin(store, request.params.id, same, authorOf(request, author))
    if (outcome === null) return refuse(reply, 'BHXH-HTTP-1')
    return outcome.ok ? outcome.value : refuseWith(reply, 409, outcome.refusals)
  })
}
