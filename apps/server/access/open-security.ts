/** Sign-in, OAuth, policy, fence and audit log of a running hospital, opened together and closed in the opposite order. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { accept, refuse } from '#fhir/outcome'
import type { Reader } from '#foundation/access-control'
import { auditEntry, type AuditFacts } from '#foundation/audit-log'
import { openGlassBook } from '#foundation/break-glass'
import { openGrantBook } from '#foundation/grant-book'
import { byteSealer, textSealer } from '#foundation/keys'
import { openPolicyBook } from '#foundation/policy-book'
import { firstLink, isConfirmed, openSignIn, readerOfAccount } from '#foundation/sign-in'
import { actOnAuditEvents, type AuditLook, auditRoutes, openAudit } from '../audit/index.ts'
import type { Admit } from '../fhir/index.ts'
import { OPEN_KEYS, openKeys } from '../keys/open-keys.ts'
import { letAppsRead, openOAuth } from '../oauth/index.ts'
import type { Hospital } from '../open-hospital.ts'
import type { Settings } from '../settings.ts'
import { identify as identifyBySession, keepUp, presentIn, type SignInDesk, signInRoutes } from '../sign-in/index.ts'
import { accessRoutes } from './access-routes.ts'
import { admitBy, type Identify, notSignedIn } from './admit.ts'
import { watchDesks } from './desk-door.ts'
import { describePatient, findPatients } from './launch-patients.ts'
import { told } from './desk.ts'
import { localTime } from './local-time.ts'
import { openDoor } from './open-door.ts'
import { staffFor } from './staff-for.ts'
import { visitOf } from './visits.ts'

export interface Security {
  readonly admit: Admit
  /** `CapabilityStatement.rest.security` */
  readonly restSecurity: () => object
  /** everything below /sign-in, /administration, /oauth, /access, /audit, and the doors of the desks */
  readonly register: (app: FastifyInstance) => Promise<void>
  /** path of the one-time link that makes the first administrator; null once there are accounts */
  readonly firstLink: () => Promise<string | null>
  readonly close: () => Promise<void>
}

export interface SecurityOptions {
  readonly settings: Settings
  readonly hospital: Hospital
  /** absolute address of the server as its users have it, without a slash at the end */
  readonly origin: string
  readonly log: Logger
  /** a line for whoever sits at the console */
  readonly print: (line: string) => void
}

const UPKEEP_MS = 5 * 60_000

export async function openSecurity({ settings, hospital, origin, log, print }: SecurityOptions): Promise<Security> {
  const { store, database } = hospital
  const opened: (() => Promise<unknown>)[] = []
  const onFault = (fault: unknown, sentence = 'fault') => log.error({ code: codeOf(fault) }, sentence)

  const audit = await openAudit(settings, database.connection, { error: onFault, print })
  opened.push(audit.close)
  const policies = await openPolicyBook(database.connection)
  opened.push(policies.close)
  const book = openGlassBook(database.connection)
  opened.push(book.close)
  const grants = openGrantBook(database.connection)
  opened.push(grants.close)
  const keys = await openKeys(settings)
  if (!keys.sealed && !settings.demo) print(OPEN_KEYS)
  const sealer = byteSealer(keys)
  const signIn = openSignIn(database.connection, { sealer, demo: settings.demo })
  opened.push(signIn.close)

  const door = openDoor({
    store,
    auditLog: audit.log,
    policy: policies.inForce,
    auditEvents: (exchange, fence) => actOnAuditEvents(audit.log, exchange, fence),
  })
  const write = (facts: AuditFacts) => audit.log.append(auditEntry(facts))
  const desk: SignInDesk = { signIn, audit: write, base: origin, staffFor: (id, name) => staffFor(store, id, name) }
  const bySession: Identify = async (request) => {
    const reader = await identifyBySession(request, desk)
    return reader?.roles.includes('guest') ? grants.narrowed(reader) : reader
  }
  const oauth = await openOAuth({
    database: database.connection,
    facility: signIn.facility,
    base: `${origin}/fhir/R4`,
    identify: bySession,
    readerOf: (account, session) => readerOfAccount(signIn, account, { session, network: '' }),
    findPatients: (reader, text) => findPatients(door, store, reader, text),
    describePatient: (reader, reference) => describePatient(door, store, reader, reference),
    sealer: textSealer(keys),
    audit: write,
    onFault: (fault) => onFault(fault, 'oauth'),
  })
  opened.push(oauth.close)

  const identify = once((request) =>
    request.headers.authorization === undefined
      ? bySession(request)
      : oauth.readerOfToken(request.headers.authorization, request.ip),
  )

  /** Our own screens have no scopes: an app that somebody let in for one type has no business behind them. */
  const atScreens = once(bySession)

  async function admitToAudit(request: FastifyRequest, look: AuditLook) {
    const reader = await atScreens(request)
    if (reader === null) return refuse(notSignedIn())
    const isOwn = look.of === 'opened' && reader.patients?.includes(look.patient) === true
    const decision = door.rules.decide({
      reader,
      act: 'search',
      type: 'AuditEvent',
      labels: [],
      ofPatient: false,
      relations: [],
      withinPatients: true,
      at: localTime(door.now()),
    })
    const fence = isOwn ? undefined : door.rules.fenceOf(reader, localTime(door.now()))
    if (!isOwn && !decision.allowed) {
      const { rule } = decision.refusal
      await door.audit(told({ door }, { reader, request }, { action: 'search', outcome: 'refused', rule }))
      return refuse([decision.refusal])
    }
    return accept({
      ...(fence && { fence }),
      agent: agentOf(reader),
      store: visitOf(door, store, { reader, request: request.id }).store,
    })
  }

  const upkeep = setInterval(() => {
    Promise.all([keepUp(desk), oauth.sweep()]).catch((fault: unknown) => onFault(fault, 'upkeep of accounts'))
  }, UPKEEP_MS)
  upkeep.unref()

  return {
    admit: admitBy(door, identify),
    restSecurity: oauth.capabilitySecurity,
    async register(app) {
      letAppsRead(app, `${origin}/fhir/R4`)
      watchDesks(app, door, atScreens)
      await app.register(signInRoutes, desk)
      await app.register(oauth.plugin)
      await app.register(accessRoutes, {
        door,
        store,
        book,
        policies,
        grants,
        policy: policies.inForce,
        identify: atScreens,
        isConfirmed: async (request) => {
          const present = await presentIn(desk, request)
          if (present?.state !== 'open') return false
          return present.session.demo || isConfirmed(present.session, signIn.now(), true)
        },
        readerOfAccount: (account, network) => readerOfAccount(signIn, account, { session: null, network }),
      })
      await app.register(auditRoutes, {
        log: audit.log,
        sequencer: audit.sequencer,
        copyFolder: audit.copyFolder,
        admit: admitToAudit,
      })
    },
    firstLink: () => firstLink(signIn),
    async close() {
      clearInterval(upkeep)
      for (let close = opened.pop(); close; close = opened.pop()) await close()
    },
  }
}

const agentOf = (reader: Reader): AuditFacts['agent'] => ({
  account: reader.account,
  reference: reader.agent,
  roles: reader.roles,
  client: reader.client,
  session: reader.session,
  network: reader.network,
  purpose: reader.purpose,
})

/** Several parts of one request ask who it is from; it is found out once. */
function once(identify: Identify): Identify {
  const known = new WeakMap<FastifyRequest, ReturnType<Identify>>()
  return (request) => {
    let found = known.get(request)
    if (found === undefined) {
      found = identify(request)
      known.set(request, found)
    }
    return found
  }
}

const codeOf = (fault: unknown): string =>
  typeof fault === 'object' && fault !== null && 'code' in fault ? String(fault.code) : ''
