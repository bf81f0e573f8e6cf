/** One request of somebody who signed in: their fence, the policy before and after, and what the audit log says. */
import type { Refusal } from '#fhir/outcome'
import {
  type Act,
  type AccessRequest,
  type Decision,
  type Fence,
  labelBits,
  labelsIn,
  type Reader,
  referenceHash,
} from '#foundation/access-control'
import { auditEntry, type AuditEntry, type AuditFacts } from '#foundation/audit-log'
import {
  derived,
  type Access,
  type Belonging,
  type Change,
  type Delivered,
  type RecordStore,
  type Written,
} from '#foundation/record-store'
import type { AuditAnswer } from '../audit/index.ts'
import { type Answer, type Exchange, type Interaction, refused, type Visit } from '../fhir/index.ts'
import type { SearchRequest } from '#fhir/search'
import { noting, patientOf, securityOf } from './delivered.ts'
import { interactionAct } from './interaction-act.ts'
import { localTime } from './local-time.ts'
import type { RulesInForce } from './rules-in-force.ts'
import { reachedTypes } from './reached-types.ts'
import { factsOf, type PatientFacts, type Standings } from './standings.ts'

/** What visits are made of. */
export interface Door {
  readonly rules: RulesInForce
  readonly standings: Standings
  /** resolves when the entry is stored for good */
  readonly audit: (entry: AuditEntry) => Promise<void>
  readonly now: () => number
  /** carries out what is asked of the type AuditEvent, and says which acts it shows */
  readonly auditEvents?: ((exchange: Exchange, fence: Fence) => Promise<AuditAnswer>) | undefined
}

/** The request as the audit log names it. */
export interface Asked {
  readonly reader: Reader
  readonly request: string
}

/** So many resources an entry names at the most; the others are counted. */
const MOST_NAMED = 100

const NO_PAGE = { entries: [], matches: 0, delivered: [], total: 0, next: null, previous: null }
const NO_MATCHES = { versions: [], includes: [], total: 0, next: null, previous: null }

const NO_FACTS: PatientFacts = { labels: [], relations: [] }

/** @param store of the endpoint, before the fence */
export function visitOf(door: Door, store: RecordStore, asked: Asked): Visit {
  return new Visiting(door, store, asked)
}

class Visiting implements Visit {
  readonly store: RecordStore
  readonly author: string
  private readonly delivered: Delivered[] = []
  private readonly door: Door
  private readonly whole: RecordStore
  private readonly asked: Asked
  private readonly at: string
  private readonly fence: Fence
  /** why a search may not ask for what it asks */
  private beyond: Refusal | null = null
  /** what the interaction is called in the audit log; set before anything is written */
  private action: AuditFacts['action'] = 'update'
  /** patients of what is to be deleted, whose text the deletion does not have */
  private readonly deleted = new Map<string, string>()

  constructor(door: Door, whole: RecordStore, asked: Asked) {
    this.door = door
    this.whole = whole
    this.asked = asked
    this.author = asked.reader.agent
    this.at = localTime(door.now())
    this.fence = door.rules.fenceOf(asked.reader, this.at)
    const access: Access = {
      fence: this.fence,
      mayWrite: (changes) => this.mayWrite(changes),
      audit: (written) => this.auditWrites(written),
    }
    this.store = this.withinScopes(noting(whole.as(access), this.delivered))
  }

  /**
   * The fence holds scopes by area; chains and `_has` are asked about here, type by type. What may not be asked finds
   * nothing, and `after` says why.
   */
  private withinScopes(store: RecordStore): RecordStore {
    if (this.asked.reader.scopes === null) return store
    const isRefused = ({ criteria }: SearchRequest): boolean => {
      for (const type of reachedTypes(criteria)) {
        const decision = this.door.rules.decide(this.request('search', type, null, [], NO_FACTS))
        if (!decision.allowed) this.beyond = decision.refusal
      }
      return this.beyond !== null
    }
    return derived(store, {
      search: async (request, base) => (isRefused(request) ? NO_PAGE : store.search(request, base)),
      find: async (request) => (isRefused(request) ? NO_MATCHES : store.find(request)),
      count: async (request) => (isRefused(request) ? 0 : store.count(request)),
    })
  }

  entry(): Visit {
    return new Visiting(this.door, this.whole, this.asked)
  }

  async before(exchange: Exchange, interaction: Interaction): Promise<Answer | null> {
    const { target } = exchange
    const known = interactionAct(interaction)
    if (known === null) return null
    this.action = known.action
    if (target.type === 'AuditEvent' && this.door.auditEvents) return this.auditEvents(exchange, known.act)
    // What is written is asked about by the store, with what is there and what shall be.
    const type = target.level === 'compartment' && target.name !== '*' ? target.name : target.type
    if (known.act !== 'search' || type === '') return null
    const decision = this.door.rules.decide(this.request('search', type, null, [], NO_FACTS))
    return decision.allowed ? null : this.refuse(decision.refusal, type, [])
  }

  /** Looking at the audit log is an act as well. */
  private async auditEvents(exchange: Exchange, act: Act): Promise<Answer> {
    const decision = this.door.rules.decide(this.request(act, 'AuditEvent', null, [], NO_FACTS))
    if (!decision.allowed) return this.refuse(decision.refusal, 'AuditEvent', [])
    const found = await this.door.auditEvents?.(exchange, this.fence)
    if (found === undefined) throw new Error('the audit log is not there')
    const versions = found.shown.map(({ seq }) => ({
      type: 'AuditEvent',
      id: seq,
      version: 1,
      patient: null,
      body: null,
    }))
    await this.door.audit(this.entryOf({ outcome: 'success', versions, query: exchange.query }))
    return found.answer
  }

  async after({ target, query }: Exchange, interaction: Interaction, answer: Answer): Promise<Answer> {
    const known = interactionAct(interaction)
    if (known === null) return answer
    if (this.beyond !== null) return this.refuse(this.beyond, target.type, [])
    if (known.writes) return answer.status === 403 ? this.told(answer, target.type, target.id) : answer
    for (const each of this.delivered) {
      const decision = await this.decide(known.act === 'copy' ? 'copy' : 'read', each)
      if (!decision.allowed) return this.refuse(decision.refusal, each.type, [each], decision.breakGlass)
    }
    const hidden = answer.status === 404 && target.id !== '' ? await this.hidden(target.type, target.id) : null
    if (hidden !== null) return hidden
    await this.door.audit(this.entryOf({ outcome: 'success', versions: this.delivered, query }))
    return answer
  }

  /** What is there but not for this reader is refused with the reason, or not there at all where that is a secret. */
  private async hidden(type: string, id: string): Promise<Answer | null> {
    const belonging = await this.whole.belonging(type, id)
    if (belonging === null) return null
    const decision = await this.decideOn('read', type, belonging)
    if (decision.allowed) return null
    return this.refuse(
      decision.refusal,
      type,
      [{ type, id, version: 0, patient: belonging.patient, body: null }],
      decision.breakGlass,
    )
  }

  private async mayWrite(changes: readonly Change[]): Promise<readonly Refusal[]> {
    const refusals: Refusal[] = []
    for (const change of changes) {
      const { type, id, before, after } = change
      const act: Act = after === null ? 'cancel' : before === null ? 'create' : before.isDeleted ? 'restore' : 'edit'
      for (const side of [before, after]) {
        if (side === null) continue
        const decision = await this.decideOn(act, type, side)
        if (!decision.allowed) refusals.push(decision.refusal)
        if (!decision.allowed) break
      }
      if (after === null) await this.rememberPatient(type, id)
    }
    return refusals
  }

  private async rememberPatient(type: string, id: string): Promise<void> {
    const current = await this.whole.read(type, id)
    const patient = current && patientOf(current, referenceHash)
    if (patient) this.deleted.set(`${type}/${id}`, patient)
  }

  private async decide(act: Act, version: Delivered): Promise<Decision> {
    const { type, patient, body, standing } = version
    const labels = labelBits(securityOf(body))
    if (standing === undefined || patient === null) return this.decideOn(act, type, { patient, labels })
    return this.door.rules.decide(this.request(act, type, patient, labelsIn(labels), factsOf(standing)))
  }

  private async decideOn(
    act: Act,
    type: string,
    { patient, labels }: Pick<Belonging, 'patient' | 'labels'>,
  ): Promise<Decision> {
    const ask = (facts: PatientFacts) =>
      this.door.rules.decide(this.request(act, type, patient, labelsIn(labels), facts))
    if (patient === null) return ask(NO_FACTS)
    const { standings } = this.door
    const remembered = standings.of(patient, this.fence.holders)
    const decision = ask(remembered instanceof Promise ? await remembered : remembered)
    // What was remembered may be some seconds old: a refusal is only given on what is so now.
    return decision.allowed ? decision : ask(await standings.of(patient, this.fence.holders, true))
  }

  private request(
    act: Act,
    type: string,
    patient: bigint | null,
    labels: AccessRequest['labels'],
    facts: PatientFacts,
  ): AccessRequest {
    const { reader } = this.asked
    return {
      reader,
      act,
      type,
      labels: labels.length === 0 ? facts.labels : [...new Set([...labels, ...facts.labels])],
      ofPatient: patient !== null,
      relations: facts.relations,
      withinPatients: reader.patients === null || reader.patients.some((one) => referenceHash(one) === patient),
      at: this.at,
    }
  }

  private async refuse(
    refusal: Refusal,
    type: string,
    versions: readonly Delivered[],
    breakGlass = false,
  ): Promise<Answer> {
    await this.door.audit(this.entryOf({ outcome: 'refused', versions, rule: refusal.rule, type }))
    const answer = refused([refusal])
    return breakGlass ? { ...answer, headers: { ...answer.headers, 'x-lanh-break-glass': 'possible' } } : answer
  }

  /** A write that the store refused on our word. */
  private async told(answer: Answer, type: string, id: string): Promise<Answer> {
    const versions = id === '' ? [] : [{ type, id, version: 0, patient: null, body: null }]
    await this.door.audit(this.entryOf({ outcome: 'refused', versions, rule: answer.refusals?.[0]?.rule ?? '', type }))
    return answer
  }

  private auditWrites(written: readonly Written[]): AuditEntry {
    const action = written.length > 1 ? 'transaction' : this.action
    return this.entryOf({ outcome: 'success', versions: written.map(({ stored }) => stored), action })
  }

  private entryOf({
    outcome,
    versions,
    query,
    rule,
    action = this.action,
  }: {
    readonly outcome: AuditFacts['outcome']
    readonly versions: readonly Delivered[]
    readonly query?: string
    readonly rule?: string
    readonly type?: string
    readonly action?: AuditFacts['action']
  }): AuditEntry {
    const { reader, request } = this.asked
    const patients = new Set<string>()
    for (const version of versions) {
      const patient = patientOf(version, referenceHash) ?? this.deleted.get(`${version.type}/${version.id}`)
      if (patient) patients.add(patient)
    }
    return auditEntry({
      at: new Date(this.door.now()).toISOString(),
      action,
      outcome,
      agent: {
        account: reader.account,
        reference: reader.agent,
        roles: reader.roles,
        client: reader.client,
        session: reader.session,
        network: reader.network,
        purpose: reader.purpose,
      },
      entities: versions
        .slice(0, MOST_NAMED)
        .map(({ type, id, version }) => ({ reference: `${type}/${id}`, ...(version > 0 && { version }) })),
      ...(versions.length > MOST_NAMED && { more: versions.length - MOST_NAMED }),
      patients: [...patients],
      ...(query && { query }),
      ...(rule && { rule }),
      request,
    })
  }
}
