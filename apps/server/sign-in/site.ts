/** Which site this is for whoever asks, and whether the page that asks is one of it. */
import type { FastifyRequest } from 'fastify'
import type { Site } from '#foundation/sign-in'

export interface AskedSite extends Site {
  readonly isSecure: boolean
  /** HTTPS, or the server itself: nobody in between reads a password or cookie */
  readonly isSafe: boolean
  /** passkeys belong to names, not to addresses */
  readonly hasPasskeys: boolean
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/** @param base absolute address of the server as its users have it, where one is configured (behind a proxy) */
export function siteOf({ protocol, headers }: FastifyRequest, base: string | undefined): AskedSite {
  const asked = `${protocol}://${headers.host ?? 'localhost'}`
  const key = `${base ?? ''} ${asked}`
  const known = sites.get(key)
  if (known) return known
  if (sites.size >= MOST_SITES) sites.clear()
  const site = readSite(asked, base)
  sites.set(key, site)
  return site
}

/** Every request asks, and almost all of them ask the same. */
const sites = new Map<string, AskedSite>()
const MOST_SITES = 50

/** A Host that is no host at all is of no site. */
const NOWHERE: AskedSite = { origin: 'null', host: '', isSecure: false, isSafe: false, hasPasskeys: false }

function readSite(address: string, base: string | undefined): AskedSite {
  const asked = URL.parse(address)
  if (!asked) return NOWHERE
  const url = base !== undefined && new URL(base).hostname === asked.hostname ? new URL(base) : asked
  const isSecure = url.protocol === 'https:'
  return {
    origin: url.origin,
    host: url.hostname,
    isSecure,
    isSafe: isSecure || LOOPBACK.includes(url.hostname),
    hasPasskeys: url.hostname === 'localhost' || (isSecure && !/^[\d.]+$|^\[/.test(url.hostname)),
  }
}

const QUIET = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether a request that changes something may come from another site's page. Browsers say where it comes from in
 * `Origin` or `Sec-Fetch-Site`; a request with our cookie that says neither is not believed.
 */
export function isForeign({ method, headers }: FastifyRequest, site: AskedSite, hasCookie: boolean): boolean {
  if (QUIET.has(method)) return false
  if (headers.origin !== undefined) return headers.origin !== site.origin
  const from = headers['sec-fetch-site']
  return from === undefined ? hasCookie : from !== 'same-origin'
}
