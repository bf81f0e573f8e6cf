import { tellOwn } from '../server/index.ts'
import { standingNow } from '../session/session-store.ts'

/**
 * Prints the page, after the server knows: taking a copy is a right of its own, and each is written down.
 * @param references what is on the paper, such as `Patient/…`
 * @param form how the paper is called
 * @throws {ServerProblem} where it may not be printed; nothing was
 */
export async function printTold(references: readonly string[], form: string): Promise<void> {
  if (standingNow().state !== 'without') await tellOwn('/access/printed', { references, form })
  window.print()
}
