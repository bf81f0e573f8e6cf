import type { FastifyRequest } from 'fastify'

/** Browsers say where a request comes from; what comes from elsewhere is no press of our button. */
export function isOwnSite({ headers }: FastifyRequest, base: string): boolean {
  const site = headers['sec-fetch-site']
  if (typeof site === 'string' && site !== 'same-origin' && site !== 'none') return false
  return headers.origin === undefined || headers.origin === new URL(base).origin
}
