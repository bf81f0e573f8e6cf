/** The insurance desk over HTTP; api.ts says what is asked and answered. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Refusal } from '#fhir/outcome'
import type { Author, RecordStore } from '#foundation/record-store'
import { isCatalogue } from './catalogue-sources.ts'
import { cataloguePage } from './catalogue.ts'
import { dossierDetail } from './dossier-detail.ts'
import { dossierPage } from './dossier-lines.ts'
import { decideJoin, doubtfulJoins } from './doubtful-joins.ts'
import { ImportRuns } from './import-runs.ts'
import { monthClosing } from './month-closing.ts'
import { type Outbox, sendRoutes } from './portal/index.ts'
import { WHOLE } from './read-file.ts'
import { dryRun, findRule, ruleLine, ruleLines } from './rule-lines.ts'
import { switchedOff } from './rule-switches.ts'
import { switchRuleForAll } from './switch-rule.ts'

export interface InsuranceOptions {
  readonly store: RecordStore
  readonly author: Author
  /** without it nothing is sent */
  readonly outbox?: Outbox
}

const REFUSALS = {
  'BHXH-HTTP-1': { status: 404, vi: 'Không tìm thấy', en: 'There is no such thing here' },
  'BHXH-HTTP-2': { status: 400, vi: 'Yêu cầu không đúng dạng', en: 'The request does not have the expected form' },
  'BHXH-HTTP-3': {
    status: 503,
    vi: 'Đang có quá nhiều tệp chờ nhập; hãy gửi lại sau ít phút',
    en: 'Too many files are waiting; send it again in a few minutes',
  },
  'BHXH-HTTP-4': { status: 400, vi: 'Tháng phải có dạng 2026-07', en: 'A month looks like 2026-07' },
} as const

const refuse = (reply: FastifyReply, rule: keyof typeof REFUSALS): FastifyReply => {
  const { status, vi, en } = REFUSALS[rule]
  return reply.code(status).send({ rule, vi, en })
}

const refuseWith = (reply: FastifyReply, status: number, [first]: readonly Refusal[]): FastifyReply =>
  reply.code(status).send({ rule: first?.rule ?? '', vi: first?.message.vi ?? '', en: first?.message.en ?? '' })

const found = <T>(reply: FastifyReply, value: T | null | undefined): FastifyReply =>
  value === null || value === undefined ? refuse(reply, 'BHXH-HTTP-1') : reply.send(value)

type ById = { Params: { id: string } }

/** Registers everything below `/insurance`. */
export async function insuranceRoutes(app: FastifyInstance, options: InsuranceOptions): Promise<void> {
  await app.register(
    async (desk) => {
      desk.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'no-store'))
      importRoutes(desk, options)
      dossierRoutes(desk, options)
      sendRoutes(desk, { ...options, outbox: options.outbox ?? null })
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
      const run = runs.add(fileNameIn(request), request.body)
      return run ? reply.code(202).send(run) : refuse(reply, 'BHXH-HTTP-3')
    })
  })
  desk.get('/imports', async () => ({ runs: runs.list() }))
  desk.delete<ById>('/imports/:id', async ({ params }, reply) => found(reply, runs.cancel(params.id)))
  desk.post<ById>('/imports/:id/resume', async ({ params }, reply) => found(reply, runs.resume(params.id)))
  desk.get<ById>('/imports/:id/report.csv', async ({ params }, reply) => {
    const report = runs.report(params.id)
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

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

function dossierRoutes(desk: FastifyInstance, { store }: InsuranceOptions): void {
  desk.get<{ Querystring: Readonly<Record<string, string | string[] | undefined>> }>(
    '/dossiers',
    async ({ query }, reply) => {
      const text = (name: string): string => (typeof query[name] === 'string' ? query[name] : '')
      if (text('month') && !MONTH.test(text('month'))) return refuse(reply, 'BHXH-HTTP-4')
      const filter = { state: text('state'), month: text('month'), department: text('department'), q: text('q') }
      const page = await dossierPage(store, filter, text('cursor') || null, await switchedOff(store))
      return page.ok ? page.value : refuseWith(reply, 400, page.refusals)
    },
  )
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

function ruleRoutes(desk: FastifyInstance, { store, author }: InsuranceOptions): void {
  desk.get('/rules', async () => ({ rules: ruleLines(await switchedOff(store)) }))
  desk.put<ById & { Body: unknown }>('/rules/:id', async ({ params, body }, reply) => {
    const rule = findRule(params.id)
    if (!rule) return refuse(reply, 'BHXH-HTTP-1')
    const enabled = flagIn(body, 'enabled')
    if (enabled === null) return refuse(reply, 'BHXH-HTTP-2')
    return ruleLine(rule, await switchRuleForAll(store, rule.id, enabled, author))
  })
  desk.get<ById>('/rules/:id/dry-run', async ({ params }, reply) =>
    findRule(params.id) ? dryRun(store, params.id) : refuse(reply, 'BHXH-HTTP-1'),
  )
}

function joinRoutes(desk: FastifyInstance, { store, author }: InsuranceOptions): void {
  desk.get('/doubtful-joins', async () => ({ joins: await doubtfulJoins(store) }))
  desk.post<ById & { Body: unknown }>('/doubtful-joins/:id', async ({ params, body }, reply) => {
    const same = flagIn(body, 'same')
    if (same === null) return refuse(reply, 'BHXH-HTTP-2')
    const outcome = await decideJoin(store, params.id, same, author)
    if (outcome === null) return refuse(reply, 'BHXH-HTTP-1')
    return outcome.ok ? outcome.value : refuseWith(reply, 409, outcome.refusals)
  })
}

function flagIn(body: unknown, name: string): boolean | null {
  const value = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : null
  return typeof value === 'boolean' ? value : null
}
