import { languageNow } from '../text/index.ts'
import { problemOf, ServerProblem } from '../server/index.ts'

/** What the desk of the server says when it refuses. */
interface Refused {
  readonly vi: string
  readonly en: string
}

const isRefused = (body: unknown): body is Refused =>
  typeof body === 'object' && body !== null && 'vi' in body && 'en' in body

/**
 * Asks the insurance desk of our own origin.
 *
 * @param path below `/insurance/`
 * @throws {ServerProblem} with the sentence of the refusal in the language in use
 */
export async function askDesk<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(`/insurance/${path}`, {
    ...init,
    headers: { accept: 'application/json', ...init.headers },
  }).catch((cause: unknown) => {
    if (init.signal?.aborted) throw cause
    throw new ServerProblem('offline', 0, '', cause)
  })
  const body: unknown = await response.json().catch(() => null)
  if (response.ok && body !== null) return body as T
  const problem = problemOf(response.ok ? 500 : response.status, body)
  if (!isRefused(body)) throw problem
  throw new ServerProblem(problem.kind, response.status, body[languageNow()])
}

/** Sends a small JSON value to the desk. @throws {ServerProblem} */
export const tellDesk = <T>(
  method: 'POST' | 'PUT',
  path: string,
  value: object = {},
  signal?: AbortSignal,
): Promise<T> =>
  askDesk<T>(path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
    signal: signal ?? null,
  })
