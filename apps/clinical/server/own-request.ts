import { languageNow } from '../text/index.ts'
import { problemOf, ServerProblem } from './server-problem.ts'
import { confirmAgain, fetchSignedIn } from './signed-in.ts'

/** What our own JSON routes say when they refuse. */
interface Refused {
  readonly rule?: string
  readonly vi: string
  readonly en: string
}

const isRefused = (body: unknown): body is Refused =>
  typeof body === 'object' && body !== null && 'vi' in body && 'en' in body

/** Refusals that a PIN, passkey or password answers: changes of an account, breaking the glass. */
const CONFIRM_FIRST: ReadonlySet<string> = new Set(['SIGN-IN-16', 'GLASS-5', 'ACCESS-25'])

/** The problem behind an answer of our own JSON routes, with its sentence in the language in use. */
export function ownProblem(status: number, body: unknown): ServerProblem {
  const problem = problemOf(status, body)
  if (!isRefused(body)) return problem
  return new ServerProblem(problem.kind, status, body[languageNow()], { rule: body.rule ?? '' })
}

/**
 * Asks a JSON route of our own origin (`/access/…`, `/administration/…`, `/sign-in/account/…`, `/insurance/…`), as whoever
 * is signed in. Where the server wants to know once more who that is, they are asked, and then it is tried again.
 *
 * @param path from the root, such as `/access/reasons`
 * @throws {ServerProblem} with the sentence of the refusal in the language in use, and its rule
 */
export async function askOwn<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await fetchSignedIn(path, {
    ...init,
    headers: { accept: 'application/json', ...init.headers },
  }).catch((cause: unknown) => {
    if (init.signal?.aborted) throw cause
    throw new ServerProblem('offline', 0, '', { cause })
  })
  const body: unknown = await response.json().catch(() => null)
  if (response.ok && body !== null) return body as T
  const problem = ownProblem(response.ok ? 500 : response.status, body)
  if (CONFIRM_FIRST.has(problem.rule) && (await confirmAgain())) return askOwn<T>(path, init)
  throw problem
}

/** Sends a small JSON value. @throws {ServerProblem} */
export const tellOwn = <T>(
  path: string,
  value: object = {},
  { method = 'POST', signal }: { readonly method?: 'POST' | 'PUT'; readonly signal?: AbortSignal | undefined } = {},
): Promise<T> =>
  askOwn<T>(path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
    signal: signal ?? null,
  })
