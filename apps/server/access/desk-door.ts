/** The doors of the desks: who may call the routes below an address, and that each call is told of. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Role } from '#foundation/access-control'
import { auditEntry, type AuditFacts } from '#foundation/audit-log'
import { rememberAuthor } from '../insurance/desk-author.ts'
import type { Identify } from './admit.ts'
import type { Door } from './visits.ts'

interface Desk {
  readonly prefix: string
  /** who may look; who may change is among them */
  readonly reads: readonly Role[]
  readonly changes: readonly Role[]
}

/**
 * The desk of health insurance works on dossiers of the whole hospital: that is its task, so no relation with a patient
 * is asked. @source Luật Bảo hiểm y tế 51/2024/QH15, Điều 43 (the facility draws up and sends the dossiers)
 */
const DESKS: readonly Desk[] = [
  // Whoever receives patients asks about their cards, and tells that they came.
  ...['/insurance/card-look-ups', '/insurance/check-ins'].map((prefix): Desk => ({
    prefix,
    reads: ['insurance', 'records', 'reception'],
    changes: ['insurance', 'records', 'reception'],
  })),
  {
    prefix: '/insurance/',
    reads: ['insurance', 'records', 'director'],
    changes: ['insurance', 'records'],
  },
]

const NOT_SIGNED_IN = { rule: 'ACCESS-0', vi: 'Hãy đăng nhập', en: 'Sign in first' }
const NOT_YOURS = {
  rule: 'ACCESS-24',
  vi: 'Vai trò của bạn không làm việc ở bàn này',
  en: 'Your roles do not work at this desk',
}

/** Posted so that no address says who was looked for; nothing is changed by them. */
const POSTED_READS: ReadonlySet<string | undefined> = new Set([
  '/insurance/dossiers/search',
  '/insurance/card-look-ups',
  '/insurance/check-ins/state',
])

const isRead = ({ method, routeOptions }: FastifyRequest): boolean =>
  method === 'GET' || method === 'HEAD' || POSTED_READS.has(routeOptions.url)

/** Refuses whoever does not work there, before any route runs, and tells of every call before its answer leaves. */
export function watchDesks(app: FastifyInstance, door: Door, identify: Identify): void {
  const deskOf = (url: string | undefined): Desk | undefined => DESKS.find(({ prefix }) => url?.startsWith(prefix))

  app.addHook('onRequest', async (request, reply) => {
    // By the route that will answer: an address can be written in many ways that all lead there (`/%69nsurance/…`).
    // What no route takes is a screen's address or nothing: neither has data in it.
    const desk = deskOf(request.routeOptions.url)
    if (desk === undefined) return
    const reader = await identify(request)
    if (reader === null) return reply.code(401).send(NOT_SIGNED_IN)
    const allowed = isRead(request) ? desk.reads : desk.changes
    const mayWork = reader.roles.some((role) => allowed.includes(role))
    const facts: AuditFacts = {
      at: new Date(door.now()).toISOString(),
      action: isRead(request) ? 'search' : 'update',
      outcome: mayWork ? 'success' : 'refused',
      agent: {
        account: reader.account,
        reference: reader.agent,
        roles: reader.roles,
        client: reader.client,
        session: reader.session,
        network: reader.network,
        purpose: 'HPAYMT',
      },
      entities: [],
      patients: [],
      // The pattern of the address: the address itself may have ids in it.
      query: `${request.method} ${request.routeOptions.url ?? desk.prefix}`,
      ...(mayWork ? {} : { rule: NOT_YOURS.rule }),
      request: request.id,
    }
    await door.audit(auditEntry(facts))
    rememberAuthor(request, { reference: reader.agent })
    return mayWork ? undefined : reply.code(403).send(NOT_YOURS)
  })
}
