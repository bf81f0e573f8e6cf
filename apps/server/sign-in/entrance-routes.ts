/** Ways in: nobody needs to be signed in for them. */
import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import type { FastifyInstance } from 'fastify'
import {
  beginSecondFactor,
  changeFirstPassword,
  countTries,
  deviceName,
  endSecondFactor,
  ofAsking,
  passkeyToShow,
  reopenWithPin,
  sessionsOnDevice,
  showSecondFactor,
  signInWithPasskey,
  signInWithPassword,
} from '#foundation/sign-in'
import { answerStep } from './answer-step.ts'
import type { DeviceState, TotpSetUp } from './api.ts'
import { membersOf, passkeyIn, textIn } from './body.ts'
import { askerOf, presentIn, type SignInDesk } from './desk.ts'
import { whoAmI } from './lines.ts'
import { refuseBy, refuseWith } from './replies.ts'
import { siteOf } from './site.ts'

export function entranceRoutes(app: FastifyInstance, desk: SignInDesk): void {
  whoRoutes(app, desk)
  passkeyRoutes(app, desk)
  passwordRoutes(app, desk)
  secondFactorRoutes(app, desk)
}

function whoRoutes(app: FastifyInstance, desk: SignInDesk): void {
  const { signIn } = desk
  app.get('/session', async (request) => whoAmI(signIn, await presentIn(desk, request)))
  app.get('/device', async (request, reply): Promise<DeviceState> => {
    const { place, present } = await askerOf(desk, request, reply)
    const sessions = await sessionsOnDevice(signIn, place.device)
    return {
      name: await deviceName(signIn, place.device),
      sessions: sessions.map(({ id, account, hasPin }) => ({
        id,
        display: account.display,
        hasPin,
        current: id === present?.session.id,
      })),
      passkeys: siteOf(request, desk.base).hasPasskeys,
      demo: signIn.demo,
    }
  })
}

function passkeyRoutes(app: FastifyInstance, desk: SignInDesk): void {
  const { signIn } = desk
  app.post('/passkey/options', async (request, reply) => {
    const { site, place } = await askerOf(desk, request, reply)
    const may = await countTries(signIn, [ofAsking(place)])
    return may.ok ? passkeyToShow(signIn, site, place) : refuseWith(reply, may.refusals)
  })
  app.post('/passkey', async (request, reply) => {
    const asker = await askerOf(desk, request, reply)
    const response = passkeyIn<AuthenticationResponseJSON>(membersOf(request.body), 'response')
    const tried = await signInWithPasskey(signIn, asker.site, response, asker.place)
    return answerStep(desk, request, reply, asker, tried, 'passkey')
  })
  app.post('/pin', async (request, reply) => {
    const asker = await askerOf(desk, request, reply)
    const members = membersOf(request.body)
    const tried = await reopenWithPin(signIn, textIn(members, 'session'), textIn(members, 'pin'), asker.place)
    return answerStep(desk, request, reply, asker, tried, 'pin')
  })
}

function passwordRoutes(app: FastifyInstance, desk: SignInDesk): void {
  const { signIn } = desk
  app.post('/password', async (request, reply) => {
    const asker = await askerOf(desk, request, reply)
    const members = membersOf(request.body)
    const [name, password] = [textIn(members, 'name'), textIn(members, 'password')]
    const tried = await signInWithPassword(signIn, name, password, asker.place)
    return answerStep(desk, request, reply, asker, tried, 'password')
  })
  app.post('/first-password', async (request, reply) => {
    const asker = await askerOf(desk, request, reply)
    const members = membersOf(request.body)
    const [ticket, password] = [textIn(members, 'ticket'), textIn(members, 'password')]
    const tried = await changeFirstPassword(signIn, ticket, password, asker.place)
    return answerStep(desk, request, reply, asker, tried, 'first-password')
  })
}

function secondFactorRoutes(app: FastifyInstance, desk: SignInDesk): void {
  const { signIn } = desk
  for (const way of ['totp', 'recovery'] as const) {
    app.post(`/${way}`, async (request, reply) => {
      const asker = await askerOf(desk, request, reply)
      const members = membersOf(request.body)
      const shown = { ticket: textIn(members, 'ticket'), code: textIn(members, 'code'), way }
      return answerStep(desk, request, reply, asker, await showSecondFactor(signIn, shown, asker.place), way)
    })
  }
  app.post('/second-factor/options', async (request, reply) => {
    const { place } = await askerOf(desk, request, reply)
    const ticket = textIn(membersOf(request.body), 'ticket')
    const totp = await beginSecondFactor(signIn, ticket, place)
    return totp ? ({ uri: totp.uri, secret: totp.secret, ticket } satisfies TotpSetUp) : refuseBy(reply, 'SIGN-IN-14')
  })
  app.post('/second-factor', async (request, reply) => {
    const asker = await askerOf(desk, request, reply)
    const members = membersOf(request.body)
    const tried = await endSecondFactor(signIn, textIn(members, 'ticket'), textIn(members, 'code'), asker.place)
    return answerStep(desk, request, reply, asker, tried, 'second-factor')
  })
}
