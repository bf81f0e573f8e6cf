/** Everything below /access; the contract is `api.ts`. */
import type { FastifyInstance } from 'fastify'
import { type GlassDesk, glassRoutes } from './glass-routes.ts'
import { type GrantDesk, grantRoutes } from './grant-routes.ts'
import { type PolicyDesk, policyRoutes } from './policy-routes.ts'
import { printRoute } from './print-route.ts'
import { standingRoute } from './standing-route.ts'

export type AccessRoutesOptions = GlassDesk & PolicyDesk & GrantDesk

export async function accessRoutes(app: FastifyInstance, desk: AccessRoutesOptions): Promise<void> {
  await app.register(async (inner) => {
    inner.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'no-store'))
    glassRoutes(inner, desk)
    policyRoutes(inner, desk)
    grantRoutes(inner, desk)
    printRoute(inner, desk)
    standingRoute(inner, desk)
  })
}
