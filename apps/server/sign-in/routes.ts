/** Signing in under `/sign-in`, accounts under `/administration`; api.ts says what is asked and answered. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Busy, signInRefusal } from '#foundation/sign-in'
import { administrationRoutes } from './administration-routes.ts'
import { Misshapen } from './body.ts'
import { tokenIn } from './cookies.ts'
import { demoRoutes } from './demo-routes.ts'
import type { SignInDesk } from './desk.ts'
import { entranceRoutes } from './entrance-routes.ts'
import { linkRoutes } from './link-routes.ts'
import { ownAccountRoutes } from './account-routes.ts'
import { refuseBy, refuseWith } from './replies.ts'
import { sessionRoutes } from './session-routes.ts'
import { isForeign, siteOf } from './site.ts'

const BODY = 64 * 1024

/** Registers everything below `/sign-in` and `/administration`. */
export async function signInRoutes(app: FastifyInstance, desk: SignInDesk): Promise<void> {
  const guarded = (routes: (inner: FastifyInstance, desk: SignInDesk) => void) => async (inner: FastifyInstance) => {
    inner.addHook('onRequest', (request, reply) => guard(desk, request, reply))
    inner.addHook('onRoute', (route) => void (route.bodyLimit ??= BODY))
    inner.setErrorHandler(answerFault)
    routes(inner, desk)
  }
  for (const routes of [entranceRoutes, linkRoutes, sessionRoutes, ownAccountRoutes, demoRoutes]) {
    await app.register(guarded(routes), { prefix: '/sign-in' })
  }
  await app.register(guarded(administrationRoutes), { prefix: '/administration' })
}

/** Nothing of signing in is kept by browsers, said over a wire that others read, or done for another site's page. */
async function guard({ base }: SignInDesk, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.header('cache-control', 'no-store')
  const site = siteOf(request, base)
  if (!site.isSafe) await refuseBy(reply, 'SIGN-IN-18')
  else if (isForeign(request, site, tokenIn(request, site, 'session') !== null)) await refuseBy(reply, 'SIGN-IN-7')
}

/** A flood of hashes, and what was not JSON, too large or misshapen is refused in our form; faults of ours go on to the app's handler. */
async function answerFault(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (error instanceof Misshapen) await refuseBy(reply, 'SIGN-IN-8', error.at)
  else if (error instanceof Busy) await refuseBy(reply, 'SIGN-IN-23')
  else if (error.statusCode !== undefined && error.statusCode < 500) {
    await refuseWith(reply, [signInRefusal('SIGN-IN-8')], error.statusCode)
  } else throw error
}
