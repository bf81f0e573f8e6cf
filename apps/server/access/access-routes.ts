/** Breaking the glass, the privacy officer's list, the policy and its simulator; the contract is `api.ts`. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Refusal } from '#fhir/outcome'
import {
  ALL_AREAS,
  type AccessRequest,
  breakGlassAllowed,
  type Policy,
  type Reader,
  referenceHash,
  type Role,
} from '#foundation/access-control'
import { auditEntry, type AuditFacts } from '#foundation/audit-log'
import type { GlassBook, GlassRow } from '#foundation/break-glass'
import type { RecordStore } from '#foundation/record-store'
import type { GlassAsked, GlassShown, PolicyShown, Simulation, SimulationAsked } from './api.ts'
import type { Identify } from './admit.ts'
import { localTime } from './local-time.ts'
import { namesOf } from './names.ts'
import type { Door } from './visits.ts'

export interface AccessRoutesOptions {
  readonly door: Door
  readonly store: RecordStore
  readonly book: GlassBook
  readonly policy: () => Policy
  readonly identify: Identify
  /** whether the reader has shown within the last minutes again that it is them */
  readonly isConfirmed: (request: FastifyRequest) => Promise<boolean>
  /** the reader that an account would be now, for the simulator; null where there is none */
  readonly readerOfAccount: (account: string, network: string) => Promise<Reader | null>
}

const NOT_SIGNED_IN = { rule: 'ACCESS-0', vi: 'Hãy đăng nhập', en: 'Sign in first' }
const NOT_YOURS = {
  rule: 'ACCESS-20',
  vi: 'Vai trò của bạn không xem được danh sách này',
  en: 'This is not for your roles',
}
const GONE = {
  rule: 'ACCESS-21',
  vi: 'Không có dòng này hoặc đã được xem xét',
  en: 'There is no such row, or somebody looked at it already',
}
const MALFORMED = {
  rule: 'ACCESS-22',
  vi: 'Yêu cầu thiếu hoặc sai trường',
  en: 'Something is missing or wrong in the request',
}
const NO_PRINT = { rule: 'ACCESS-23', vi: 'Bạn không có quyền in hồ sơ này', en: 'You may not print this record' }

/** So many rows the work list has at the most. */
const LISTED = 500

const text = (value: unknown, most: number): string | null =>
  typeof value === 'string' && value.length > 0 && value.length <= most ? value : null

export async function accessRoutes(app: FastifyInstance, options: AccessRoutesOptions): Promise<void> {
  const { door, store, book, policy, identify, isConfirmed, readerOfAccount } = options

  const refuse = (reply: FastifyReply, status: number, refusal: { rule: string; vi: string; en: string }) =>
    reply.code(status).send(refusal)
  const said = ({ rule, message }: Refusal) => ({ rule, vi: message.vi, en: message.en })
  const holds = (reader: Reader, roles: readonly Role[]) => reader.roles.some((role) => roles.includes(role))

  /** Each route knows its reader; nobody else gets further than the door. */
  const asReader =
    (
      work: (
        reader: Reader,
        body: Record<string, unknown>,
        request: FastifyRequest,
        reply: FastifyReply,
      ) => Promise<unknown>,
    ) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const reader = await identify(request)
      if (reader === null) return refuse(reply, 401, NOT_SIGNED_IN)
      return work(reader, (request.body ?? {}) as Record<string, unknown>, request, reply)
    }

  const told = (reader: Reader, request: string, more: Partial<AuditFacts> & Pick<AuditFacts, 'action'>) =>
    auditEntry({
      at: new Date(door.now()).toISOString(),
      outcome: 'success',
      entities: [],
      patients: [],
      ...more,
      agent: {
        account: reader.account,
        reference: reader.agent,
        roles: reader.roles,
        client: reader.client,
        session: reader.session,
        network: reader.network,
        purpose: more.agent?.purpose ?? reader.purpose,
      },
      request,
    })

  const shown = async (rows: readonly GlassRow[]): Promise<readonly GlassShown[]> => {
    const names = await namesOf(
      store,
      rows.flatMap(({ agent, patient }) => [agent, patient]),
    )
    return rows.map(({ reviewer: _, ...row }) => ({
      ...row,
      agentName: names.get(row.agent) ?? null,
      patientName: names.get(row.patient) ?? null,
    }))
  }

  app.get(
    '/access/reasons',
    asReader(async () => {
      const { reasons, hours, text: least } = policy().breakGlass
      return { reasons: reasons.map(({ code, vi, en }) => ({ code, vi, en })), hours, text: least }
    }),
  )

  app.post(
    '/access/break-glass',
    asReader(async (reader, body, request, reply) => {
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
        await door.audit(told(reader, request.id, { action: 'break-glass', outcome: 'refused', rule: refusal.rule }))
        return refuse(reply, 403, said(refusal))
      }
      const glass = outcome.value
      if ((await store.read('Patient', glass.patient.slice('Patient/'.length))) === null)
        return refuse(reply, 404, GONE)
      const entry = told(reader, request.id, {
        action: 'break-glass',
        entities: [{ reference: glass.patient }],
        patients: [glass.patient],
        reason: `${glass.reason}: ${glass.text}`,
        agent: { purpose: 'BTG' } as AuditFacts['agent'],
      })
      const row = await book.open(reader, glass, entry)
      door.standings.forget()
      return (await shown([row]))[0]
    }),
  )

  app.get(
    '/access/break-glass',
    asReader(async (reader) => ({ open: await shown(await book.openOf(reader.agent)) })),
  )

  app.post(
    '/access/break-glass/end',
    asReader(async (reader, body, request, reply) => {
      const id = text(body['id'], 20)
      if (id === null || !/^\d+$/.test(id)) return refuse(reply, 400, MALFORMED)
      if (!(await book.end(id, reader.agent))) return refuse(reply, 404, GONE)
      door.standings.forget()
      return { open: await shown(await book.openOf(reader.agent)) }
    }),
  )

  app.post(
    '/access/break-glass/list',
    asReader(async (reader, _body, request, reply) => {
      if (!holds(reader, ['privacy'])) return refuse(reply, 403, NOT_YOURS)
      const rows = await book.list(LISTED)
      await door.audit(
        told(reader, request.id, { action: 'search', patients: [...new Set(rows.map(({ patient }) => patient))] }),
      )
      return { broken: await shown(rows) }
    }),
  )

  app.post(
    '/access/break-glass/review',
    asReader(async (reader, body, request, reply) => {
      if (!holds(reader, ['privacy'])) return refuse(reply, 403, NOT_YOURS)
      const id = text(body['id'], 20)
      const note = text(body['note'], 2000) ?? ''
      const { verdict } = body
      if (id === null || !/^\d+$/.test(id) || (verdict !== 'justified' && verdict !== 'unjustified'))
        return refuse(reply, 400, MALFORMED)
      const entry = told(reader, request.id, {
        action: 'break-glass',
        entities: [{ reference: `BreakGlass/${id}` }],
        reason: note,
      })
      const row = await book.review(id, { reviewer: reader.agent, verdict, note }, entry)
      return row === null ? refuse(reply, 404, GONE) : (await shown([row]))[0]
    }),
  )

  app.post(
    '/access/simulate',
    asReader(async (reader, body, request, reply) => {
      if (!holds(reader, ['administrator', 'privacy'])) return refuse(reply, 403, NOT_YOURS)
      const asked = body as unknown as SimulationAsked
      const who = await simulated(asked, reader, readerOfAccount)
      if (who === null || typeof asked.type !== 'string' || typeof asked.act !== 'string')
        return refuse(reply, 400, MALFORMED)
      const at = typeof asked.at === 'string' ? asked.at : localTime(door.now())
      const patient = typeof asked.patient === 'string' ? asked.patient : null
      const holders = door.rules.fenceOf(who, at).holders
      const facts = patient === null ? null : await door.standings.of(referenceHash(patient), holders, true)
      const question: AccessRequest = {
        reader: who,
        act: asked.act,
        type: asked.type,
        labels: [...new Set([...(Array.isArray(asked.labels) ? asked.labels : []), ...(facts?.labels ?? [])])],
        ofPatient: patient !== null,
        relations: facts?.relations ?? [],
        withinPatients: who.patients === null || (patient !== null && who.patients.includes(patient)),
        at,
      }
      const decision = door.rules.decide(question)
      await door.audit(told(reader, request.id, { action: 'search', patients: patient === null ? [] : [patient] }))
      const simulation: Simulation = {
        allowed: decision.allowed,
        breakGlass: !decision.allowed && decision.breakGlass,
        trace: decision.trace,
        relations: (facts?.relations ?? []).map(({ kind, until }) => ({ kind, until })),
      }
      return simulation
    }),
  )

  app.get(
    '/access/policy',
    asReader(async (reader, _body, _request, reply) => {
      if (!holds(reader, ['administrator', 'privacy', 'auditor', 'director'])) return refuse(reply, 403, NOT_YOURS)
      const { id, lines } = policy()
      const policyShown: PolicyShown = {
        id,
        lines: lines.map((line) => ({
          id: line.id,
          roles: line.roles,
          acts: line.acts,
          areas: line.areas.length === 0 ? ALL_AREAS : line.areas,
          vi: line.vi,
          en: line.en,
          source: line.source,
        })),
      }
      return policyShown
    }),
  )

  app.post(
    '/access/printed',
    asReader(async (reader, body, request, reply) => {
      const references = Array.isArray(body['references'])
        ? body['references'].filter((one) => typeof one === 'string')
        : []
      const form = text(body['form'], 200)
      if (references.length === 0 || references.length > 200 || form === null) return refuse(reply, 400, MALFORMED)
      const at = localTime(door.now())
      const holders = door.rules.fenceOf(reader, at).holders
      const patients = new Set<string>()
      for (const reference of references) {
        const [type = '', id = ''] = reference.split('/')
        const belonging = await store.belonging(type, id)
        const patient = belonging?.patient ?? null
        const facts = patient === null ? null : await door.standings.of(patient, holders, true)
        const decision =
          belonging &&
          door.rules.decide({
            reader,
            act: 'print',
            type,
            labels: facts?.labels ?? [],
            ofPatient: patient !== null,
            relations: facts?.relations ?? [],
            withinPatients: reader.patients === null || reader.patients.some((one) => referenceHash(one) === patient),
            at,
          })
        if (!decision?.allowed) {
          const refusal = decision?.refusal
          await door.audit(
            told(reader, request.id, { action: 'print', outcome: 'refused', rule: refusal?.rule ?? NO_PRINT.rule }),
          )
          return refuse(reply, 403, refusal ? said(refusal) : NO_PRINT)
        }
        if (type === 'Patient') patients.add(reference)
      }
      await door.audit(
        told(reader, request.id, {
          action: 'print',
          entities: references.map((reference) => ({ reference })),
          patients: [...patients],
          reason: form,
        }),
      )
      return {}
    }),
  )
}

async function simulated(
  asked: SimulationAsked,
  asker: Reader,
  readerOfAccount: AccessRoutesOptions['readerOfAccount'],
): Promise<Reader | null> {
  const network = typeof asked.network === 'string' ? asked.network : asker.network
  if (typeof asked.account === 'string') return readerOfAccount(asked.account, network)
  if (!Array.isArray(asked.roles)) return null
  return {
    account: null,
    agent: 'Practitioner/simulated',
    name: '',
    roles: asked.roles,
    departments: Array.isArray(asked.departments) ? asked.departments : [],
    session: null,
    client: null,
    scopes: null,
    patients: null,
    purpose: 'TREAT',
    factors: asked.factors === 1 ? 1 : 2,
    network,
  }
}
