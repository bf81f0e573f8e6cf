import { askOwn, tellOwn } from '../server/index.ts'

/**
 * Asks the insurance desk of our own origin.
 *
 * @param path below `/insurance/`
 * @throws {ServerProblem} with the sentence of the refusal in the language in use
 */
export const askDesk = <T>(path: string, init: RequestInit = {}): Promise<T> => askOwn<T>(`/insurance/${path}`, init)

/** Sends a small JSON value to the desk. @throws {ServerProblem} */
export const tellDesk = <T>(
  method: 'POST' | 'PUT',
  path: string,
  value: object = {},
  signal?: AbortSignal,
): Promise<T> => tellOwn<T>(`/insurance/${path}`, value, { method, signal })
