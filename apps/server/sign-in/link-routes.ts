/** One-time links: the first way in of an account, and the first account of all. */
import type { RegistrationResponseJSON } from '@simplewebauthn/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  beginLinkTotp,
  type Comer,
  comeInWithPasskey,
  comeInWithPassword,
  comerOf,
  countTries,
  findLink,
  ofAsking,
  passkeyToMake,
} from '#foundation/sign-in'
import { answerStep } from './answer-step.ts'
import type { LinkInfo, TotpSetUp } from './api.ts'
import { type Members, membersOf, passkeyIn, textIn, textOrNone } from './body.ts'
import { type Asker, askerOf, noteAct, type SignInDesk } from './desk.ts'
import { refuseWith } from './replies.ts'

const comerIn = (members: Members): Comer => ({
  token: textIn(members, 'token'),
  name: textOrNone(members, 'name'),
  display: textOrNone(members, 'display'),
})

export function linkRoutes(app: FastifyInstance, desk: SignInDesk): void {
  const { signIn } = desk
  /** Invented tokens are counted: asking is guessing too. */
  const asked = async (request: FastifyRequest, reply: FastifyReply) => {
    const asker = await askerOf(desk, request, reply)
    const may = await countTries(signIn, [ofAsking(asker.place)])
    return { asker, may, members: membersOf(request.body) }
  }
  app.post('/link', async (request, reply) => {
    const { may, members } = await asked(request, reply)
    const found = may.ok ? await findLink(signIn, textIn(members, 'token')) : may
    if (!found.ok) return refuseWith(reply, found.refusals)
    const { kind, account, until } = found.value
    return {
      kind,
      name: account?.name ?? '',
      display: account?.display ?? '',
      until: until.toISOString(),
    } satisfies LinkInfo
  })
  app.post('/link/passkey/options', async (request, reply) => {
    const { asker, may, members } = await asked(request, reply)
    const who = may.ok ? await comerOf(signIn, comerIn(members)) : may
    if (!who.ok) return refuseWith(reply, who.refusals)
    const { id, name, display } = who.value.account
    return passkeyToMake(signIn, asker.site, { name, display, handle: id }, `link:${id}`, asker.place)
  })
  app.post('/link/password/options', async (request, reply) => {
    const { may, members } = await asked(request, reply)
    const comer = comerIn(members)
    const link = may.ok ? await findLink(signIn, comer.token) : may
    if (!link.ok) return refuseWith(reply, link.refusals)
    const { uri, secret } = await beginLinkTotp(signIn, comer.token, link.value.account?.name ?? comer.name)
    return { uri, secret } satisfies TotpSetUp
  })
  comingRoutes(app, desk)
}

function comingRoutes(app: FastifyInstance, desk: SignInDesk): void {
  const { signIn } = desk
  app.post('/link/passkey', async (request, reply) => {
    const asker = await askerOf(desk, request, reply)
    const members = membersOf(request.body)
    const made = {
      passkeyName: textOrNone(members, 'passkeyName'),
      response: passkeyIn<RegistrationResponseJSON>(members, 'response'),
    }
    const tried = await comeInWithPasskey(signIn, asker.site, comerIn(members), made, asker.place)
    return answerComing(desk, request, reply, asker, tried)
  })
  app.post('/link/password', async (request, reply) => {
    const asker = await askerOf(desk, request, reply)
    const members = membersOf(request.body)
    const shown = { password: textIn(members, 'password'), code: textIn(members, 'code') }
    const tried = await comeInWithPassword(signIn, comerIn(members), shown, asker.place)
    return answerComing(desk, request, reply, asker, tried)
  })
}

type CameIn = Awaited<ReturnType<typeof comeInWithPassword>>

/** Setting up a way in is an account's change beside the sign-in. */
async function answerComing(
  desk: SignInDesk,
  request: FastifyRequest,
  reply: FastifyReply,
  asker: Asker,
  tried: CameIn,
): Promise<FastifyReply> {
  if (tried.ok) {
    const { account, session, kind } = tried.value
    if (kind === 'first') await desk.staffFor?.(account.id, account.display)
    await noteAct(desk, request, { action: 'account-change', account, session, reason: `link-${kind}` })
  }
  return answerStep(desk, request, reply, asker, tried, 'link')
}
