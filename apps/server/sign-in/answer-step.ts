import type { FastifyReply, FastifyRequest } from 'fastify'
import { type NextStep, type Opened, presentOf, type Tried } from '#foundation/sign-in'
import { giveSession } from './cookies.ts'
import { type Asker, noteAct, type SignInDesk } from './desk.ts'
import { stepLine } from './lines.ts'
import { refuseWith } from './replies.ts'

/**
 * Answers a try to get in: it is written down first, and only then the cookie leaves.
 * @param way what was shown, a word for the audit
 */
export async function answerStep(
  desk: SignInDesk,
  request: FastifyRequest,
  reply: FastifyReply,
  { site, place }: Asker,
  tried: Tried<Opened | NextStep>,
  way: string,
): Promise<FastifyReply> {
  if (!tried.ok) {
    const { account, reason, refusals } = tried
    await noteAct(desk, request, { action: 'sign-in', account, rule: refusals[0]?.rule ?? 'SIGN-IN-1', reason })
    return refuseWith(reply, refusals)
  }
  const { value } = tried
  if ('token' in value) {
    const present = await presentOf(desk.signIn, value.token, place.network, false)
    await noteAct(desk, request, {
      action: 'sign-in',
      account: value.account,
      roles: present?.roles ?? [],
      session: value.session,
      reason: way,
    })
    giveSession(reply, site, value.token)
  }
  return reply.send(await stepLine(desk.signIn, value, place.network))
}
