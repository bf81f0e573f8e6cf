/** The sign-in of one test file: its real routes over a database of its own, with a clock that the test turns. */
import fastify, { type FastifyInstance } from 'fastify'
import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll } from 'vitest'
import { identify, signInRoutes, type SignInDesk } from '#apps/server'
import type { AuditFacts } from '#foundation/audit-log'
import type { Reader } from '#foundation/access-control'
import { firstLink, keySealer, openSignIn, type SignIn } from '#foundation/sign-in'
import { databaseForTest } from '#testing/postgres'
import { Browser } from './browser.ts'

export interface SignInServer {
  readonly app: FastifyInstance
  readonly signIn: SignIn
  /** everything that was audited, the oldest first */
  readonly acts: readonly AuditFacts[]
  /** moves the clock */
  later(ms: number): void
  /** a browser that nobody has used yet */
  browser(options?: { origin?: string; network?: string }): Browser
  /** who the server takes a browser for */
  readerOf(browser: Browser, method?: 'GET' | 'POST', headers?: Record<string, string>): Promise<Reader | null>
  /** the code that an authenticator app shows now */
  code(secret: string, steps?: number): string
  /** token of a new link for the first administrator */
  firstToken(): Promise<string>
}

/** @param options demo: with one-click roles; base: where users reach the server */
export function signInServer(options: { demo?: boolean; base?: string } = {}): SignInServer {
  let app: FastifyInstance | undefined
  let signIn: SignIn | undefined
  const acts: AuditFacts[] = []
  let moved = 0
  const now = () => new Date(Date.now() + moved)
  const readers = new Map<string, Reader | null>()
  beforeAll(async () => {
    const { connection } = await databaseForTest()
    signIn = openSignIn(connection, { sealer: keySealer(randomBytes(32)), demo: options.demo ?? false, now })
    const desk: SignInDesk = {
      signIn,
      audit: async (facts) => void acts.push(facts),
      ...(options.base === undefined ? {} : { base: options.base }),
    }
    app = fastify()
    await app.register(signInRoutes, desk)
    // A page of the same site, for browsers that are real.
    app.get('/page', async (_request, reply) =>
      reply.type('text/html').send('<!doctype html><link rel="icon" href="data:,"><title>Trang</title>'),
    )
    app.route({
      method: ['GET', 'POST'],
      url: '/who',
      handler: async (request) => {
        readers.set(request.id, await identify(request, desk))
        return { id: request.id }
      },
    })
  })
  afterAll(async () => {
    await app?.close()
    await signIn?.close()
  })
  return {
    get app() {
      return app!
    },
    get signIn() {
      return signIn!
    },
    acts,
    later: (ms) => void (moved += ms),
    browser: ({ origin = options.base ?? 'http://localhost', network = '127.0.0.1' } = {}) =>
      new Browser(() => app!, origin, network),
    async readerOf(browser, method = 'GET', headers = {}) {
      const { body } = await browser.ask(method, '/who', method === 'GET' ? undefined : {}, headers)
      return readers.get(String(body['id'])) ?? null
    },
    code: (secret, steps = 0) =>
      new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) }).generate({
        timestamp: now().getTime() + steps * 30_000,
      }),
    firstToken: async () => (await firstLink(signIn!))?.split('#')[1] ?? '',
  }
}
