import type { FastifyReply, FastifyRequest } from 'fastify'
import { isConfirmed, type Present } from '#foundation/sign-in'
import { presentIn, type SignInDesk } from './desk.ts'
import { refuseBy } from './replies.ts'

/** An open session, or its refusal already sent. */
export async function openSessionOf(
  desk: SignInDesk,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Present | null> {
  const present = await presentIn(desk, request)
  if (present?.state === 'open') return present
  await refuseBy(reply, present ? 'SIGN-IN-4' : 'SIGN-IN-3')
  return null
}

/** An open session whose owner has shown within ten minutes who they are; the demo hospital's have nothing to show. */
export async function confirmedSessionOf(
  desk: SignInDesk,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Present | null> {
  const present = await openSessionOf(desk, request, reply)
  if (!present || present.session.demo || isConfirmed(present.session, desk.signIn.now())) return present
  await refuseBy(reply, 'SIGN-IN-16')
  return null
}
