import { ServerProblem } from '../server/index.ts'

/** What the server said to a refused wish. @param unknown sentence where it said nothing */
export const saidBy = (error: unknown, unknown: string): string =>
  (error instanceof ServerProblem && error.said) || unknown
