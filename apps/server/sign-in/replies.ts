import type { FastifyReply } from 'fastify'
import type { Refusal } from '#fhir/outcome'
import { signInRefusal, type SignInRule } from '#foundation/sign-in'
import type { Refused } from './api.ts'

const STATUS: Readonly<Record<SignInRule, number>> = {
  'SIGN-IN-1': 401,
  'SIGN-IN-2': 429,
  'SIGN-IN-3': 401,
  'SIGN-IN-4': 401,
  'SIGN-IN-5': 403,
  'SIGN-IN-6': 403,
  'SIGN-IN-7': 403,
  'SIGN-IN-8': 400,
  'SIGN-IN-9': 422,
  'SIGN-IN-10': 422,
  'SIGN-IN-11': 422,
  'SIGN-IN-12': 404,
  'SIGN-IN-13': 422,
  'SIGN-IN-14': 401,
  'SIGN-IN-15': 409,
  'SIGN-IN-16': 403,
  'SIGN-IN-17': 404,
  'SIGN-IN-18': 403,
  'SIGN-IN-19': 422,
  'SIGN-IN-20': 422,
  'SIGN-IN-21': 422,
  'SIGN-IN-22': 404,
  'SIGN-IN-23': 503,
  'SIGN-IN-24': 401,
}

const hasStatus = (rule: string): rule is SignInRule => rule in STATUS

/**
 * Answers with the first refusal, in the form of api.ts.
 * @param status where HTTP itself has a nearer one than the rule
 */
export function refuseWith(reply: FastifyReply, [first]: readonly Refusal[], status?: number): FastifyReply {
  const refusal = first ?? signInRefusal('SIGN-IN-8')
  const { rule, message, at } = refusal
  const retryAfter = 'retryAfter' in refusal && typeof refusal.retryAfter === 'number' ? refusal.retryAfter : undefined
  const body: Refused = { rule, ...message, ...(at === undefined ? {} : { at }), ...(retryAfter && { retryAfter }) }
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter)
  return reply.code(status ?? (hasStatus(rule) ? STATUS[rule] : 422)).send(body)
}

export const refuseBy = (reply: FastifyReply, rule: SignInRule, at?: string): FastifyReply =>
  refuseWith(reply, [signInRefusal(rule, at)])
