/** The whole server as one value: FHIR at /fhir/R4, the insurance desk at /insurance, the screens at /. Listening is the caller's. */
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { Author, RecordStore } from '#foundation/record-store'
import { answerClientError, fhirRoutes, replyWithFailure, replyWithoutRoute, replyWithRefusal } from './fhir/index.ts'
import type { Security } from './access/index.ts'
import {
  type Certificate,
  limitConnections,
  type LoadOptions,
  securityHeaders,
  serverOptions,
  shedLoad,
  strictBodies,
  withSecurityHeaders,
} from './defences/index.ts'
import { isOurHost } from './host-names.ts'
import type { SendingDesk } from './insurance/portal/index.ts'
import { insuranceRoutes } from './insurance/routes.ts'
import { hasScreens, isPage, replyWithPage, screenRoutes } from './screens.ts'

export interface AppOptions {
  readonly store: RecordStore
  /** absolute address of the FHIR endpoint; by default what each client called */
  readonly base?: string
  /** in whose name everything is written where nobody signs in */
  readonly author?: Author
  /** who comes in; without it everybody does, and sees everything (`--no-auth`) */
  readonly security?: Pick<Security, 'admit' | 'restSecurity' | 'register'>
  /** where dossiers are sent from; without it none is */
  readonly sending?: SendingDesk
  /** folder of the built screens; without it only FHIR is served */
  readonly screens?: string
  readonly log?: FastifyBaseLogger
  /** what browsers see; without it plain http is spoken */
  readonly certificate?: Certificate
  /** when requests that can wait are turned away; without it never */
  readonly load?: LoadOptions
}

const NOBODY: Author = { reference: 'Device/lanh' }

/** Builds the server over a store that is open already; closing the app leaves the store open. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { store, base, author = NOBODY, security, sending, screens, log, certificate, load } = options
  const tls = certificate !== undefined || (base?.startsWith('https:') ?? false)
  const app = fastify({
    ...serverOptions(certificate ?? null),
    ...(log === undefined ? { logger: false } : { loggerInstance: log }),
    // addresses of requests name patients, so they are not logged
    logController: new LogController({ disableRequestLogging: true }),
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    frameworkErrors: (error, request, reply) => replyWithFailure(error, request, withSecurityHeaders(reply, tls)),
    clientErrorHandler: answerClientError,
  })
  app.setErrorHandler(replyWithFailure)
  limitConnections(app)
  securityHeaders(app, { tls })
  strictBodies(app)
  app.addHook('onRequest', async ({ headers }, reply) => {
    if (!isOurHost(headers.host, base)) await replyWithRefusal(reply, 'FHIR-HTTP-25')
  })
  if (load !== undefined) await shedLoad(app, load)
  if (security) await security.register(app)
  // the screens ask first who sits there: here nobody needs to sign in
  else app.get('/sign-in/session', async () => ({ state: 'without' }))
  await app.register(fhirRoutes, {
    store,
    author,
    ...(base === undefined ? {} : { base }),
    ...(security && { admit: security.admit, restSecurity: security.restSecurity }),
  })
  await app.register(insuranceRoutes, { store, author, ...(sending === undefined ? {} : { sending }) })
  const withScreens = screens !== undefined && hasScreens(screens)
  if (withScreens) await app.register(screenRoutes, { folder: screens })
  app.setNotFoundHandler((request, reply) =>
    withScreens && isPage(request) ? replyWithPage(reply) : replyWithoutRoute(request, reply),
  )
  return app
}
