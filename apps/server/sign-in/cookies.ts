import type { FastifyReply, FastifyRequest } from 'fastify'
import { deviceOf, type Device, meetDevice } from '#foundation/sign-in'
import type { AskedSite } from './site.ts'

/**
 * `__Host-` makes the browser refuse them from any other host, path or plain HTTP; on loopback there is only plain HTTP.
 * Two names, so that a cookie of the one is never taken for the other's.
 */
const NAMES = {
  session: { secure: '__Host-lanh', plain: 'lanh-session' },
  device: { secure: '__Host-lanh-device', plain: 'lanh-device' },
} as const

/** 400 days, the most that browsers keep. */
const DEVICE_SECONDS = 34_560_000
const TOKEN = /^[\w-]{43}$/

const nameOf = (kind: keyof typeof NAMES, { isSecure }: AskedSite): string => NAMES[kind][isSecure ? 'secure' : 'plain']

/** The token of a cookie; null where there is none, or two of one name. */
export function tokenIn({ headers }: FastifyRequest, site: AskedSite, kind: keyof typeof NAMES): string | null {
  const name = `${nameOf(kind, site)}=`
  const values = (headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(name))
  const value = values.length === 1 ? values[0]?.slice(name.length) : undefined
  return value !== undefined && TOKEN.test(value) ? value : null
}

function give(reply: FastifyReply, site: AskedSite, kind: keyof typeof NAMES, value: string, more: string): void {
  const secure = site.isSecure ? '; Secure' : ''
  reply.header('set-cookie', `${nameOf(kind, site)}=${value}; Path=/; HttpOnly; SameSite=Lax${secure}${more}`)
}

/** Without an end of its own: it goes with the browser, and the server ends it before that. */
export const giveSession = (reply: FastifyReply, site: AskedSite, token: string): void =>
  give(reply, site, 'session', token, '')

export const takeSession = (reply: FastifyReply, site: AskedSite): void =>
  give(reply, site, 'session', '', '; Max-Age=0')

/** The device that asks; one that is met for the first time gets its cookie. */
export function deviceFor(request: FastifyRequest, reply: FastifyReply, site: AskedSite): Device {
  const known = tokenIn(request, site, 'device')
  if (known !== null) return deviceOf(known)
  const met = meetDevice()
  give(reply, site, 'device', met.token, `; Max-Age=${DEVICE_SECONDS}`)
  return met
}
