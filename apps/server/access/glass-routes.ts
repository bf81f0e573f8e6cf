/** Breaking the glass, and the privacy officer's list of it. */
import type { FastifyInstance } from 'fastify'
import type { Refusal } from '#fhir/outcome'
import { breakGlassAllowed } from '#foundation/access-control'
import type { GlassBook, GlassRow } from '#foundation/break-glass'
import type { GlassAsked, GlassShown } from './api.ts'
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
import { localTime } from './local-time.ts'
import { namesOf } from './names.ts'

export interface GlassDesk extends AccessDesk {
  readonly book: GlassBook
}

/** So many rows the work list has at the most. */
const LISTED = 500

export function glassRoutes(app: FastifyInstance, desk: GlassDesk): void {
  const { policy, book } = desk
  app.get(
    '/access/reasons',
    asReader(desk, async () => {
      const { reasons, hours, text: least } = policy().breakGlass
      return { reasons: reasons.map(({ code, vi, en }) => ({ code, vi, en })), hours, text: least }
    }),
  )
  app.post(
    '/access/break-glass',
    asReader(desk, (asking) => breakGlass(desk, asking)),
  )
  app.get(
    '/access/break-glass',
    asReader(desk, async ({ reader }) => ({ open: await shown(desk, await book.openOf(reader.agent)) })),
  )
  app.post(
    '/access/break-glass/end',
    asReader(desk, (asking) => end(desk, asking)),
  )
  app.post(
    '/access/break-glass/list',
    asReader(desk, (asking) => list(desk, asking)),
  )
  app.post(
    '/access/break-glass/review',
    asReader(desk, (asking) => review(desk, asking)),
  )
}

async function breakGlass(desk: GlassDesk, asking: Asking): Promise<unknown> {
  const { door, store, book, policy, isConfirmed } = desk
  const { reader, body, request, reply } = asking
  const { patient, reason, text: words } = body as Partial<GlassAsked>
  const outcome = breakGlassAllowed(policy(), reader, {
    patient: text(patient, 80) ?? '',
    reason: text(reason, 80) ?? '',
    text: text(words, 2000) ?? '',
    reauthenticated: await isConfirmed(request),
    at: localTime(door.now()),
  })
  if (!outcome.ok) {
    const refusal = outcome.refusals[0] as Refusal
    await door.audit(told(desk, asking, { action: 'break-glass', outcome: 'refused', rule: refusal.rule }))
    return refuse(reply, 403, said(refusal))
  }
  const glass = outcome.value
  if ((await store.read('Patient', glass.patient.slice('Patient/'.length))) === null)
    return refuse(reply, 404, REFUSALS.gone)
  const entry = told(desk, asking, {
    action: 'break-glass',
    purpose: 'BTG',
    entities: [{ reference: glass.patient }],
    patients: [glass.patient],
    reason: `${glass.reason}: ${glass.text}`,
  })
  const row = await book.open(reader, glass, entry)
  door.standings.forget()
  return (await shown(desk, [row]))[0]
}

async function end(desk: GlassDesk, { reader, body, reply }: Asking): Promise<unknown> {
  const { door, book } = desk
  const id = rowId(body['id'])
  if (id === null) return refuse(reply, 400, REFUSALS.malformed)
  if (!(await book.end(id, reader.agent))) return refuse(reply, 404, REFUSALS.gone)
  door.standings.forget()
  return { open: await shown(desk, await book.openOf(reader.agent)) }
}

async function list(desk: GlassDesk, asking: Asking): Promise<unknown> {
  if (!holds(asking.reader, ['privacy'])) return refuseRole(desk, asking)
  const rows = await desk.book.list(LISTED)
  const patients = [...new Set(rows.map(({ patient }) => patient))]
  await desk.door.audit(told(desk, asking, { action: 'search', patients }))
  return { broken: await shown(desk, rows) }
}

async function review(desk: GlassDesk, asking: Asking): Promise<unknown> {
  const { reader, body, reply } = asking
  if (!holds(reader, ['privacy'])) return refuseRole(desk, asking, 'break-glass')
  const id = rowId(body['id'])
  const note = text(body['note'], 2000) ?? ''
  const { verdict } = body
  if (id === null || (verdict !== 'justified' && verdict !== 'unjustified'))
    return refuse(reply, 400, REFUSALS.malformed)
  const entry = told(desk, asking, {
    action: 'break-glass',
    entities: [{ reference: `BreakGlass/${id}` }],
    reason: `${verdict}: ${note}`,
  })
  const row = await desk.book.review(id, { reviewer: reader.agent, verdict, note }, entry)
  return row === null ? refuse(reply, 404, REFUSALS.gone) : (await shown(desk, [row]))[0]
}

async function shown({ store }: GlassDesk, rows: readonly GlassRow[]): Promise<readonly GlassShown[]> {
  const people = rows.flatMap(({ agent, patient }) => [agent, patient])
  const names = await namesOf(store, people)
  return rows.map((row) => ({
    ...withoutReviewer(row),
    agentName: names.get(row.agent) ?? null,
    patientName: names.get(row.patient) ?? null,
  }))
}

/** Who looked at it is the privacy office's own; everybody concerned sees that somebody did. */
function withoutReviewer(row: GlassRow): Omit<GlassRow, 'reviewer'> {
  const { reviewer, ...shownRow } = row
  void reviewer
  return shownRow
}
