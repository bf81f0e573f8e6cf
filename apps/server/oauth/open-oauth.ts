/** OAuth 2, OpenID Connect and SMART App Launch 2.2 as one Fastify plugin and one function that reads tokens. */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type Provider from 'oidc-provider'
import type { KoaContextWithOIDC } from 'oidc-provider'
import pg from 'pg'
import type { Interactions } from './asked.ts'
import { auditOfEndpoint } from './audit.ts'
import { answerInteraction, INTERACTION, searchPatient, showInteraction } from './interaction.ts'
import { deskRoutes } from './desk-routes.ts'
import { Items } from './items.ts'
import { openKeys } from './keys.ts'
import { nameRefreshes } from './nameless-refresh.ts'
import { STYLE, STYLE_PATH } from './pages.ts'
import { buildProvider, MOUNT } from './provider.ts'
import { tokenReaders } from './reader-of-token.ts'
import { capabilitySecurity, SMART_STYLE, smartConfiguration, STYLE_DOCUMENT } from './smart-configuration.ts'
import { LONGEST_PARAMETER } from './smart-request.ts'
import { swapTokens } from './swap-tokens.ts'
import type { OAuth, OAuthOptions } from './types.ts'

const CONNECTIONS = 4
/** ms between two looks for keys of other processes that a stranger's token can cause */
const KEY_PAUSE = 5000

interface Running {
  readonly provider: Provider
  readonly callback: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  readonly mark: string
  readonly formKey: string
}

export async function openOAuth(options: OAuthOptions): Promise<OAuth> {
  const { base, facility, sealer, database } = options
  const pool = new pg.Pool({ ...database, max: CONNECTIONS })
  // A connection that the server ends is replaced on the next query; without listeners it would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const items = new Items(pool, facility)
  const first = await openKeys(items, sealer)
  let running = start(items, first, options)
  let looked = Date.now()

  async function renew(): Promise<void> {
    const keys = await openKeys(items, sealer)
    if (keys.mark === running.mark) return
    running = start(items, keys, options)
    readers.use(keys.signing)
  }
  async function renewKeys(): Promise<void> {
    if (Date.now() - looked < KEY_PAUSE) return
    looked = Date.now()
    await renew()
  }
  const readers = tokenReaders(items, { ...options, renewKeys }, first.signing)
  const parts: Interactions = {
    items,
    options,
    provider: () => running.provider,
    formKey: () => running.formKey,
  }
  return {
    plugin: async (app) => routes(app, parts, (request, response) => running.callback(request, response)),
    readerOfToken: readers.readerOf,
    smartConfiguration: () => smartConfiguration(base),
    capabilitySecurity: () => capabilitySecurity(base),
    endSession: (session) => items.revokeGrantsOf('session', session, true),
    endAccount: (account) => items.revokeGrantsOf('account', account),
    async sweep() {
      await items.sweep()
      await renew()
    },
    close: () => pool.end(),
  }
}

type Keys = Awaited<ReturnType<typeof openKeys>>

function start(items: Items, keys: Keys, options: OAuthOptions): Running {
  const provider = buildProvider(items, keys, options)
  // The headers of a proxy are written by ourselves, see `routes`.
  provider.proxy = true
  // Everything is added before the callback is taken: later additions would be ignored.
  provider.use(prepare)
  provider.use(finish(items, options))
  provider.use(nameRefreshes(items))
  provider.use(swapTokens(keys.signing, options.base))
  provider.on('authorization.error', (ctx, fault) => void (ctx.state['refused'] = fault.message))
  provider.on('server_error', (_ctx, fault: Error) => options.onFault?.(fault))
  const callback = provider.callback() as unknown as Running['callback']
  return { provider, callback, mark: keys.mark, formKey: keys.cookie[0]! }
}

type Middleware = (ctx: KoaContextWithOIDC, next: () => Promise<void>) => Promise<void>

/**
 * Who is at the keyboard is asked each time: ward computers are shared, and the provider's cookie, which is thrown away
 * here, says nothing about the person. No endless parameter; consent is asked even where an app does not say so.
 */
const prepare: Middleware = async (ctx, next) => {
  ctx.set({ 'cache-control': 'no-store', pragma: 'no-cache' })
  const { cookie } = ctx.req.headers
  if (cookie !== undefined) ctx.req.headers.cookie = cookie.replace(/(^|; *)(__Secure-)?lanh-oauth(\.sig)?=[^;]*/g, '')
  if (ctx.path === '/authorize') {
    if (
      Object.values(ctx.query).some((value) => [value].flat().some((one) => (one?.length ?? 0) > LONGEST_PARAMETER))
    ) {
      ctx.throw(414)
    }
    if (ctx.query['prompt'] === undefined) ctx.query = { ...ctx.query, prompt: 'consent' }
  }
  await next()
}

/** SMART's own words in the answer of the token endpoint; the audit, before the answer leaves. */
const finish =
  (items: Items, { base, audit }: OAuthOptions): Middleware =>
  async (ctx, next) => {
    await next()
    const { oidc } = ctx
    const route = oidc?.route
    const body = ctx.body as Record<string, unknown> | undefined
    const isToken = route === 'token' && ctx.status === 200
    if (isToken && body) Object.assign(body, await launchContext(items, oidc.entities.Grant?.jti, base))
    const error = refusalOf(ctx)
    // Asking what a token is good for changes nothing, and a resource server does it all day.
    if (error === null && !isToken && route !== 'revocation') return
    const agent = { client: oidc.client?.clientId ?? null, network: ctx.ip, account: oidc.entities.Account?.accountId }
    await audit(auditOfEndpoint(route, agent, error, randomUUID()))
  }

/** What an endpoint said no with; null where it did not. */
function refusalOf({ oidc, state, status, body }: KoaContextWithOIDC): string | null {
  const route = oidc?.route
  if (route === 'authorization' || route === 'resume') return (state['refused'] as string | undefined) ?? null
  const isAsked = route === 'token' || route === 'introspection' || route === 'revocation'
  return isAsked && status !== 200 ? String((body as { error?: string } | undefined)?.error ?? 'refused') : null
}

/** @source https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#launch-context-arrives-with-your-access_token */
async function launchContext(items: Items, grant: string | undefined, base: string): Promise<object> {
  const context = grant === undefined ? undefined : await items.context(grant)
  if (!context) return {}
  const { patient, encounter, fromChart } = context
  return {
    ...(patient === null ? {} : { patient: patient.split('/')[1] }),
    ...(encounter === null ? {} : { encounter: encounter.split('/')[1] }),
    need_patient_banner: !fromChart,
    smart_style_url: new URL(base).origin + MOUNT + STYLE_DOCUMENT,
  }
}

type Callback = Running['callback']

async function routes(app: FastifyInstance, parts: Interactions, callback: Callback): Promise<void> {
  const { base } = parts.options
  const { host, protocol } = new URL(base)
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 64 * 1024 },
    (_, body, done) => done(null, new URLSearchParams(body as string)),
  )
  app.get(INTERACTION, (request, reply) => showInteraction(parts, request, reply))
  app.post(INTERACTION, (request, reply) => answerInteraction(parts, request, reply))
  app.post(`${INTERACTION}/confirm`, (request, reply) => answerInteraction(parts, request, reply))
  app.post(`${INTERACTION}/abort`, (request, reply) => answerInteraction(parts, request, reply))
  app.post(`${INTERACTION}/patient`, (request, reply) => searchPatient(parts, request, reply))
  deskRoutes(app, parts)
  app.get(STYLE_PATH, (_, reply) => reply.header('cache-control', 'max-age=3600').type('text/css').send(STYLE))
  app.get(MOUNT + STYLE_DOCUMENT, (_, reply) => openToAll(reply).send(SMART_STYLE))
  const wellKnown = `${new URL(base).pathname}/.well-known/smart-configuration`
  app.get(wellKnown, (_, reply) => openToAll(reply).send(smartConfiguration(base)))
  // RFC 8414 puts the well-known part first.
  app.get(`/.well-known/oauth-authorization-server${MOUNT}`, (_, reply) =>
    reply.redirect(`${MOUNT}/.well-known/oauth-authorization-server`, 302),
  )
  app.route({
    method: ['GET', 'POST', 'OPTIONS'],
    url: `${MOUNT}/*`,
    // Before Fastify reads the body: oidc-provider reads it itself.
    onRequest: async ({ raw, ip }, reply) => {
      reply.hijack()
      // What Fastify and its hooks said about every answer holds for these too.
      for (const [name, value] of Object.entries(reply.getHeaders())) reply.raw.setHeader(name, value as string)
      // What the server is called is known; what this request called it is not asked.
      Object.assign(raw.headers, { host, 'x-forwarded-proto': protocol.slice(0, -1), 'x-forwarded-for': ip })
      delete raw.headers['x-forwarded-host']
      Object.assign(raw, { baseUrl: MOUNT, url: raw.url!.slice(MOUNT.length) })
      await callback(raw, reply.raw)
    },
    handler: () => undefined,
  })
}

const openToAll = (reply: FastifyReply): FastifyReply =>
  reply.headers({ 'access-control-allow-origin': '*', 'cache-control': 'max-age=300' }).type('application/json')
