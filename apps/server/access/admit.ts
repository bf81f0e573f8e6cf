import type { FastifyRequest } from 'fastify'
import { no, type Refusal } from '#fhir/outcome'
import type { Reader } from '#foundation/access-control'
import { type Admit, type Answer, refused } from '../fhir/index.ts'
import { type Door, visitOf } from './visits.ts'

/** Finds out who a request is from: by the session of our own screens or by an access token; null for nobody. */
export type Identify = (request: FastifyRequest) => Promise<Reader | null>

/** Lets in whoever signed in, each behind their own fence; everybody else hears 401 and how to sign in. */
export const admitBy =
  (door: Door, identify: Identify): Admit =>
  async (request, store) => {
    const reader = await identify(request)
    return reader === null ? CHALLENGE : visitOf(door, store, { reader, request: request.id })
  }

export const notSignedIn = (): readonly Refusal[] => [
  no('ACCESS-0', 'login', { vi: 'Hãy đăng nhập để xem hồ sơ', en: 'Sign in to see records' }),
]

/** @source RFC 6750 §3 */
const CHALLENGE: Answer = { ...refused(notSignedIn()), headers: { 'www-authenticate': 'Bearer realm="lanh"' } }
