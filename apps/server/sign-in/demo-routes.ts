/** One click for each role, in the demo hospital on loopback and nowhere else. */
import type { FastifyInstance } from 'fastify'
import { signInAsDemo } from '#foundation/sign-in'
import { answerStep } from './answer-step.ts'
import type { DemoRole } from './api.ts'
import { membersOf, oneOfIn } from './body.ts'
import { DEMO_PEOPLE } from './demo-roles.ts'
import { askerOf, type SignInDesk } from './desk.ts'
import { refuseBy } from './replies.ts'

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/

export function demoRoutes(app: FastifyInstance, desk: SignInDesk): void {
  const { signIn } = desk
  app.addHook('onRequest', async ({ ip }, reply) => {
    if (!signIn.demo || !LOOPBACK.test(ip)) await refuseBy(reply, 'SIGN-IN-22')
  })
  app.get('/demo', async () => ({
    roles: DEMO_PEOPLE.map(({ role, display, department }) => ({ role, display, department }) satisfies DemoRole),
  }))
  app.post('/demo', async (request, reply) => {
    const asker = await askerOf(desk, request, reply)
    const role = oneOfIn(
      membersOf(request.body),
      'role',
      DEMO_PEOPLE.map((person) => person.role),
    )
    const person = DEMO_PEOPLE.find((one) => one.role === role)
    if (!person) return refuseBy(reply, 'SIGN-IN-22')
    const value = await signInAsDemo(signIn, person, asker.place)
    return answerStep(desk, request, reply, asker, { ok: true, value }, 'demo')
  })
}
