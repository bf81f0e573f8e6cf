import { ServerProblem } from '../server/index.ts'

/** Why something failed, in words; `unknown` where nobody said. */
export const whyNot = (error: unknown, unknown: string): string =>
  (error instanceof ServerProblem && error.said) || unknown
