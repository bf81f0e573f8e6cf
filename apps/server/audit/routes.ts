/** The audit log over HTTP for our own screens; api.ts says what is asked and answered. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Outcome, type Refusal, statusOf } from '#fhir/outcome'
import type { Fence } from '#foundation/access-control'
import {
  auditEntry,
  type AuditFacts,
  type AuditLog,
  findActs,
  fingerprintOf,
  type Sequencer,
} from '#foundation/audit-log'
import type { RecordStore } from '#foundation/record-store'
import { sealPlace, unsealPlace } from './act-cursor.ts'
import { actLines } from './act-lines.ts'
import type { ActPage, AuditStatus } from './api.ts'
import { type ReadAsk, readAsk } from './asked.ts'

/** What somebody wants to see of the log. */
export type AuditLook =
  { readonly of: 'opened'; readonly patient: string } | { readonly of: 'search' } | { readonly of: 'status' }

/** Somebody who may look: as the log names them, and the record as they see it. */
export interface AuditVisitor {
  readonly agent: AuditFacts['agent']
  readonly store: RecordStore
  /** for who reads the log by right of their own: PostgreSQL then holds them to the area `audit` as well */
  readonly fence?: Fence | undefined
}

export interface AuditRoutes {
  readonly log: AuditLog
  readonly sequencer: Pick<Sequencer, 'status'>
  /** folder of the second place */
  readonly copyFolder: string
  /** decides who may look; a refusal is told as it is */
  readonly admit: (request: FastifyRequest, look: AuditLook) => Promise<Outcome<AuditVisitor>>
}

/** Registers everything below `/audit`. */
export async function auditRoutes(app: FastifyInstance, options: AuditRoutes): Promise<void> {
  await app.register(
    async (desk) => {
      desk.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'no-store'))
      desk.post('/opened', async (request, reply) => {
        const asked = readAsk(request.body, ['patient'])
        if (!asked.ok) return refuseWith(reply, asked.refusals)
        return answer(options, request, reply, { of: 'opened', patient: asked.value.filter.patient ?? '' }, asked.value)
      })
      desk.post('/search', async (request, reply) => {
        const asked = readAsk(request.body)
        if (!asked.ok) return refuseWith(reply, asked.refusals)
        return answer(options, request, reply, { of: 'search' }, asked.value)
      })
      desk.get('/status', async (request, reply) => {
        const visitor = await options.admit(request, { of: 'status' })
        return visitor.ok ? reply.send(await statusLine(options)) : refuseWith(reply, visitor.refusals)
      })
    },
    { prefix: '/audit' },
  )
}

async function answer(
  options: AuditRoutes,
  request: FastifyRequest,
  reply: FastifyReply,
  look: AuditLook,
  { filter, count, cursor }: ReadAsk,
): Promise<FastifyReply> {
  const { log, admit } = options
  const visitor = await admit(request, look)
  if (!visitor.ok) return refuseWith(reply, visitor.refusals)
  const { agent, store, fence } = visitor.value
  const after = unsealPlace(store, cursor)
  if (!after.ok) return refuseWith(reply, after.refusals)
  const asked = { after: after.value, count }
  const found = await log.ledgers.within((ledger) => findActs(ledger, log.facility, filter, asked), fence)
  const page: ActPage = { acts: await actLines(store, found.acts), next: sealPlace(store, found.next) }
  // Looking at the log is an act as well; it is committed before the answer leaves.
  await log.append(auditEntry(lookFacts(request, agent, filter.patient, JSON.stringify(filter), page)))
  return reply.send(page)
}

/** So many acts an entry names at the most; the others are counted. */
const MOST_NAMED = 100

const lookFacts = (
  { id }: FastifyRequest,
  agent: AuditFacts['agent'],
  patient: string | undefined,
  query: string,
  { acts }: ActPage,
): AuditFacts => ({
  at: new Date().toISOString(),
  action: 'search',
  outcome: 'success',
  agent,
  entities: acts.slice(0, MOST_NAMED).map((act) => ({ reference: `AuditEvent/${act.id}` })),
  more: Math.max(0, acts.length - MOST_NAMED),
  patients: patient === undefined ? [] : [patient],
  query: `AuditEvent ${query}`,
  request: id,
})

/** In the form of our own routes: the first refusal, in both languages. */
function refuseWith(reply: FastifyReply, refusals: readonly Refusal[]): FastifyReply {
  const [first] = refusals
  const message = { rule: first?.rule ?? '', vi: first?.message.vi ?? '', en: first?.message.en ?? '' }
  return reply.code(statusOf(refusals)).send(message)
}

async function statusLine({ sequencer, copyFolder }: AuditRoutes): Promise<AuditStatus> {
  const { acts, waiting, numberedAt, head, isCopied, alarms } = await sequencer.status()
  return {
    acts,
    waiting,
    numberedAt: numberedAt === null ? null : new Date(numberedAt).toISOString(),
    head: head && { size: head.size, at: head.at, fingerprint: fingerprintOf(head.line) },
    copy: { folder: copyFolder, upToDate: isCopied },
    alarms,
  }
}
