/**
 * Reading for people of outside, for one purpose and until a day: given by the records department on a paper that asks.
 * @source Luật Khám bệnh, chữa bệnh 15/2023/QH15, Điều 69 khoản 4 và 5
 */
import type { FastifyInstance } from 'fastify'
import { ALL_LABELS, ALL_PURPOSES, type Grant, type Role } from '#foundation/access-control'
import type { GrantBook } from '#foundation/grant-book'
import {
  type AccessDesk,
  asReader,
  type Asking,
  holds,
  refuse,
  REFUSALS,
  rowId,
  said,
  text,
  told,
  refuseRole,
} from './desk.ts'

export interface GrantDesk extends AccessDesk {
  readonly grants: GrantBook
}

const MAY_GRANT: readonly Role[] = ['records', 'director']
const LISTED = 500

export function grantRoutes(app: FastifyInstance, desk: GrantDesk): void {
  app.post(
    '/access/grants/list',
    asReader(desk, (asking) => list(desk, asking)),
  )
  app.post(
    '/access/grants',
    asReader(desk, (asking) => give(desk, asking)),
  )
  app.post(
    '/access/grants/end',
    asReader(desk, (asking) => end(desk, asking)),
  )
}

async function list(desk: GrantDesk, asking: Asking): Promise<unknown> {
  if (!holds(asking.reader, [...MAY_GRANT, 'privacy'])) return refuseRole(desk, asking)
  const grants = await desk.grants.list(LISTED)
  const patients = [...new Set(grants.map(({ patient }) => patient))]
  await desk.door.audit(told(desk, asking, { action: 'search', patients }))
  return { grants }
}

async function give(desk: GrantDesk, asking: Asking): Promise<unknown> {
  const { reader, body, request, reply } = asking
  if (!holds(reader, MAY_GRANT)) return refuseRole(desk, asking, 'policy-change')
  if (!(await desk.isConfirmed(request))) return refuse(reply, 403, REFUSALS.confirm)
  const grant = grantIn(body, reader.account ?? reader.agent)
  if (grant === null) return refuse(reply, 400, REFUSALS.malformed)
  const entry = told(desk, asking, {
    action: 'policy-change',
    entities: [{ reference: grant.holder }],
    patients: [grant.patient],
    reason: `grant ${grant.purpose}: ${grant.basis}`,
  })
  const outcome = await desk.grants.give(desk.policy(), grant, entry)
  if (!outcome.ok) return reply.code(422).send({ refusals: outcome.refusals.map(said) })
  desk.door.standings.forget()
  return outcome.value
}

async function end(desk: GrantDesk, asking: Asking): Promise<unknown> {
  const { reader, body, reply } = asking
  if (!holds(reader, MAY_GRANT)) return refuseRole(desk, asking, 'policy-change')
  const id = rowId(body['id'])
  if (id === null) return refuse(reply, 400, REFUSALS.malformed)
  const entry = told(desk, asking, { action: 'policy-change', reason: `grant ${id} ended` })
  if (!(await desk.grants.end(id, entry))) return refuse(reply, 404, REFUSALS.gone)
  desk.door.standings.forget()
  return {}
}

const REFERENCE = /^[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/

function grantIn(body: Record<string, unknown>, grantedBy: string): Grant | null {
  const holder = text(body['holder'], 80)
  const patient = text(body['patient'], 80)
  const basis = text(body['basis'], 500)
  const [since, until] = [body['since'], body['until']].map((each) => Date.parse(String(each)))
  const purpose = ALL_PURPOSES.find((one) => one === body['purpose'])
  const given: readonly unknown[] = Array.isArray(body['labels']) ? body['labels'] : []
  const labels = ALL_LABELS.filter((label) => given.includes(label))
  if (!holder || !patient || !basis || !since || !until || !purpose || labels.length !== given.length) return null
  if (!REFERENCE.test(holder) || !patient.startsWith('Patient/') || !REFERENCE.test(patient)) return null
  const times = { since: new Date(since).toISOString(), until: new Date(until).toISOString() }
  return { holder, patient, purpose, labels, ...times, basis, grantedBy }
}
