/** The policy as it stands, its next version, and the question whether somebody may do something. */
import type { FastifyInstance } from 'fastify'
import {
  ALL_ACTS,
  ALL_AREAS,
  ALL_ROLES,
  type AccessRequest,
  type Reader,
  referenceHash,
} from '#foundation/access-control'
import type { PolicyBook } from '#foundation/policy-book'
import type { PolicyShown, Simulation, SimulationAsked } from './api.ts'
import { type AccessDesk, asReader, type Asking, holds, refuse, REFUSALS, said, told, refuseRole } from './desk.ts'
import { localTime } from './local-time.ts'

export interface PolicyDesk extends AccessDesk {
  readonly policies: PolicyBook
  /** the reader that an account would be now; null where there is none */
  readonly readerOfAccount: (account: string, network: string) => Promise<Reader | null>
}

export function policyRoutes(app: FastifyInstance, desk: PolicyDesk): void {
  app.post(
    '/access/simulate',
    asReader(desk, (asking) => simulate(desk, asking)),
  )
  app.get(
    '/access/policy',
    asReader(desk, (asking) => show(desk, asking)),
  )
  app.get(
    '/access/policy/document',
    asReader(desk, (asking) => document(desk, asking)),
  )
  app.post(
    '/access/policy/adopt',
    asReader(desk, (asking) => adopt(desk, asking)),
  )
}

async function show(desk: PolicyDesk, asking: Asking): Promise<unknown> {
  if (!holds(asking.reader, ['administrator', 'privacy', 'auditor', 'director'])) return refuseRole(desk, asking)
  const { id, lines } = desk.policy()
  const shown: PolicyShown = {
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
  return shown
}

async function document(desk: PolicyDesk, asking: Asking): Promise<unknown> {
  if (!holds(asking.reader, ['administrator', 'privacy'])) return refuseRole(desk, asking)
  return desk.policy()
}

/** What a hospital allows is changed by its administrator, confirmed, and told of with the version it became. */
async function adopt(desk: PolicyDesk, asking: Asking): Promise<unknown> {
  const { reader, body, request, reply } = asking
  if (!holds(reader, ['administrator']) || reader.factors < 2) return refuseRole(desk, asking, 'policy-change')
  if (!(await desk.isConfirmed(request))) return refuse(reply, 403, REFUSALS.confirm)
  const entry = told(desk, asking, { action: 'policy-change', reason: `version ${String(body['version'] ?? '?')}` })
  const outcome = await desk.policies.adopt(body, reader.account ?? reader.agent, entry)
  if (!outcome.ok) return reply.code(422).send({ refusals: outcome.refusals.map(said) })
  desk.door.standings.forget()
  return outcome.value
}

async function simulate(desk: PolicyDesk, asking: Asking): Promise<unknown> {
  const { door } = desk
  const { reader, body, reply } = asking
  if (!holds(reader, ['administrator', 'privacy'])) return refuseRole(desk, asking)
  const asked = body as unknown as SimulationAsked
  const who = await simulated(asked, reader, desk.readerOfAccount)
  if (who === null || typeof asked.type !== 'string' || !ALL_ACTS.includes(asked.act))
    return refuse(reply, 400, REFUSALS.malformed)
  const at = typeof asked.at === 'string' ? asked.at : localTime(door.now())
  const patient = typeof asked.patient === 'string' ? asked.patient : null
  const { holders } = door.rules.fenceOf(who, at)
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
  await door.audit(told(desk, asking, { action: 'search', patients: patient === null ? [] : [patient] }))
  const simulation: Simulation = {
    allowed: decision.allowed,
    breakGlass: !decision.allowed && decision.breakGlass,
    trace: decision.trace,
    relations: (facts?.relations ?? []).map(({ kind, until }) => ({ kind, until })),
  }
  return simulation
}

async function simulated(
  asked: SimulationAsked,
  asker: Reader,
  readerOfAccount: PolicyDesk['readerOfAccount'],
): Promise<Reader | null> {
  const network = typeof asked.network === 'string' ? asked.network : asker.network
  if (typeof asked.account === 'string') return readerOfAccount(asked.account, network)
  if (!Array.isArray(asked.roles) || !asked.roles.every((role) => ALL_ROLES.includes(role))) return null
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
