/** What somebody does with the session they have. */
import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  countTries,
  endSessions,
  isPasswordOf,
  judgePasskey,
  lockSession,
  ofAddress,
  ofLogin,
  type Present,
  presentOf,
  reopenSession,
  signInRefusal,
  takeBack,
  type Tried,
  tryPin,
} from '#foundation/sign-in'
import { type Members, membersOf, passkeyIn, textIn } from './body.ts'
import { giveSession, takeSession } from './cookies.ts'
import { type Asker, askerOf, noteAct, presentIn, type SignInDesk } from './desk.ts'
import { whoAmI } from './lines.ts'
import { refuseBy, refuseWith } from './replies.ts'
import { siteOf } from './site.ts'

export function sessionRoutes(app: FastifyInstance, desk: SignInDesk): void {
  const { signIn } = desk
  app.post('/lock', async (request) => {
    const present = await presentIn(desk, request)
    if (present) {
      await lockSession(signIn, present.session.id)
      await noteSession(desk, request, present, 'lock')
    }
    return whoAmI(signIn, await presentIn(desk, request))
  })
  // Leaving is possible from a locked screen too.
  for (const [path, which] of [
    ['/sign-out', 'one'],
    ['/sign-out-everywhere', 'all'],
  ] as const) {
    app.post(path, async (request, reply) => {
      const present = await presentIn(desk, request)
      if (present) {
        const { id, account } = present.session
        await endSessions(signIn, account.id, which === 'all' ? 'all' : [id])
        await noteSession(desk, request, present, which === 'all' ? 'sign-out-everywhere' : 'sign-out')
      }
      takeSession(reply, siteOf(request, desk.base))
      return whoAmI(signIn, null)
    })
  }
  confirmRoutes(app, desk)
}

const noteSession = (desk: SignInDesk, request: FastifyRequest, { session, roles }: Present, reason: string) =>
  noteAct(desk, request, { action: 'sign-out', account: session.account, session: session.id, roles, reason })

function confirmRoutes(app: FastifyInstance, desk: SignInDesk): void {
  const { signIn } = desk
  app.post('/confirm', async (request, reply) => {
    const asker = await askerOf(desk, request, reply)
    const members = membersOf(request.body)
    const by = members['pin'] === undefined ? 'password' : 'pin'
    return confirm(desk, request, reply, asker, by, (present) => judgeSecret(desk, present, members, by))
  })
  app.post('/confirm/passkey', async (request, reply) => {
    const asker = await askerOf(desk, request, reply)
    const response = passkeyIn<AuthenticationResponseJSON>(membersOf(request.body), 'response')
    return confirm(desk, request, reply, asker, 'passkey', async ({ session }) => {
      const judged = await judgePasskey(signIn, asker.site, response, asker.place)
      return !judged.ok || judged.value.id === session.account.id ? judged : wrong('passkey-owner')
    })
  })
}

const wrong = (reason: string): Tried<never> => ({
  ok: false,
  refusals: [signInRefusal('SIGN-IN-1')],
  account: null,
  reason,
})

async function judgeSecret(
  { signIn }: SignInDesk,
  { session }: Present,
  members: Members,
  by: 'pin' | 'password' | 'passkey',
): Promise<Tried<unknown>> {
  if (by === 'pin') return tryPin(signIn, session.account, textIn(members, 'pin'))
  const fits = await isPasswordOf(signIn, session.account, textIn(members, 'password'))
  return fits ? { ok: true, value: null } : wrong('password')
}

/** Shows again who sits there; the session goes on under a new token. A demo session has nothing to show and needs none. */
async function confirm(
  desk: SignInDesk,
  request: FastifyRequest,
  reply: FastifyReply,
  { site, place, present }: Asker,
  by: 'pin' | 'password' | 'passkey',
  judge: (present: Present) => Promise<Tried<unknown>>,
): Promise<FastifyReply> {
  const { signIn } = desk
  if (!present) return refuseBy(reply, 'SIGN-IN-3')
  if (present.state === 'locked') return refuseBy(reply, 'SIGN-IN-4')
  const { account, id } = present.session
  const counters = [ofAddress(place), ...(by === 'password' ? [await ofLogin(signIn, account.name, place)] : [])]
  const may = await countTries(signIn, counters)
  const tried = may.ok ? await judge(present) : may
  const act = { action: 'sign-in', account, session: id, roles: present.roles } as const
  if (!tried.ok) {
    await noteAct(desk, request, { ...act, rule: tried.refusals[0]?.rule ?? '', reason: `confirm ${tried.reason}` })
    return refuseWith(reply, tried.refusals)
  }
  await takeBack(signIn, signIn.facility, counters)
  const opened = await signIn.transaction((sql) => reopenSession(signIn, sql, present.session, by, place.network))
  if (!opened) return refuseBy(reply, 'SIGN-IN-3')
  await noteAct(desk, request, { ...act, reason: `confirm ${by}` })
  giveSession(reply, site, opened.token)
  return reply.send(await whoAmI(signIn, await presentOf(signIn, opened.token, place.network, true)))
}
