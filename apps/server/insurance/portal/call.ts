/** One request to a portal, with every way in which it can end as a value. No address is repeated: it may hold secrets. */

export type Called =
  | { readonly kind: 'answered'; readonly status: number; readonly body: Readonly<Record<string, unknown>> }
  /** no connection came about: the portal has nothing of it */
  | { readonly kind: 'unreachable' }
  /** it went out and no answer that can be read came back: the portal may have it */
  | { readonly kind: 'lost' }

/** Why nothing was sent. unreachable: no connection · account: refused user or password · paused: it failed just now */
export type Unavailable = 'unreachable' | 'account' | 'paused'

/** Failures before a connection stood. @source Node.js, errors of net and undici */
const NEVER_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

/** Longer answers are no answers of a portal. */
const LONGEST = 5_000_000

/** @param timeout ms until an answer must be there, whole */
export async function call(url: string, init: RequestInit, timeout: number): Promise<Called> {
  try {
    // A redirect would carry the account to another address.
    const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeout) })
    const text = await textOf(response)
    return { kind: 'answered', status: response.status, body: objectIn(text) }
  } catch (error) {
    return { kind: NEVER_SENT.has(codeOf(error)) ? 'unreachable' : 'lost' }
  }
}

/** The answer as text; '' for one that does not end, of which no more is read than an answer can have. */
async function textOf(response: Response): Promise<string> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of response.body ?? []) {
    length += piece.length
    // Leaving the loop ends the connection.
    if (length > LONGEST) return ''
    pieces.push(piece)
  }
  return new TextDecoder().decode(Buffer.concat(pieces))
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** The code of the failure under it; of several addresses that were tried, of the first. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  if (cause instanceof AggregateError) return codeIn(cause) || codeIn(cause.errors[0])
  return codeIn(cause)
}

const codeIn = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
