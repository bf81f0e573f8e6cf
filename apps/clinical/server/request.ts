import type { Bundle, FhirResource } from '#fhir/r4'
import { keepDecimals } from './keep-decimals.ts'
import { problemOf, ServerProblem } from './server-problem.ts'
import { fetchSignedIn } from './signed-in.ts'

/** Our own origin; the screens know no other host. */
const BASE = '/fhir/R4/'

/** A page's `next` link may name the server by another address (a proxy's); only its path is followed, on our origin. */
const addressOf = (path: string): string => {
  const { pathname, search } = new URL(path, new URL(BASE, window.location.origin))
  return pathname.replace(/\/$/, '') + search
}

async function send(path: string, init: RequestInit): Promise<unknown> {
  const response = await fetchSignedIn(addressOf(path), init).catch((cause: unknown) => {
    if (init.signal?.aborted) throw cause
    throw new ServerProblem('offline', 0, '', { cause })
  })
  const body: unknown = await response
    .text()
    .then((text) => JSON.parse(keepDecimals(text)) as unknown)
    .catch(() => null)
  if (!response.ok || body === null) throw problemOf(response.status, body)
  return body
}

/** @throws {ServerProblem} */
export const readResource = async <T extends FhirResource>(path: string, signal?: AbortSignal): Promise<T> =>
  (await send(path, { headers: { accept: 'application/fhir+json' }, signal: signal ?? null })) as T

/** @throws {ServerProblem} */
export const readBundle = (path: string, signal?: AbortSignal): Promise<Bundle<FhirResource>> =>
  readResource<Bundle<FhirResource>>(path, signal)

/**
 * Many searches or reads in one request. Typed names and numbers travel in the body, so that they never stand in an
 * address that a proxy or a server log keeps.
 *
 * @returns one answer per path, in order
 * @throws {ServerProblem} when the batch as a whole, or any of its reads, failed
 */
export async function readTogether(paths: readonly string[], signal?: AbortSignal): Promise<readonly FhirResource[]> {
  const batch: Bundle = {
    resourceType: 'Bundle',
    type: 'batch',
    entry: paths.map((url) => ({ request: { method: 'GET', url } })),
  }
  const answer = (await send('', {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json', accept: 'application/fhir+json' },
    body: JSON.stringify(batch),
    signal: signal ?? null,
  })) as Bundle<FhirResource>
  return paths.map((_, at) => {
    const entry = answer.entry?.[at]
    const status = Number.parseInt(entry?.response?.status ?? '500', 10)
    if (!entry?.resource || status >= 400) throw problemOf(status, entry?.resource ?? entry?.response?.outcome)
    return entry.resource
  })
}
