/** Judges the heads of the database: each by itself, as a chain, and against those of the second place. */
import type { JsonWebKey } from 'node:crypto'
import type { Findings } from './findings.ts'
import { digestOf, isSigned, readHead, type SignedHead } from './head.ts'
import type { Ledger } from './ledger.ts'

/** A head that was signed less than this before the look at the database may still be on its way to the second place. */
const ON_ITS_WAY_MS = 60_000

export interface HeadsAsked {
  readonly facility: number
  readonly keys: ReadonlyMap<string, JsonWebKey>
  /** heads of the second place in their order; null where there is none to compare with */
  readonly copy: AsyncIterable<SignedHead> | Iterable<SignedHead> | null
  /** when the look at the database began, ms since 1970 */
  readonly now: number
}

/** @returns the heads by growing size */
export async function verifyHeads(
  ledger: Ledger,
  { facility, keys, copy, now }: HeadsAsked,
  findings: Findings,
): Promise<readonly SignedHead[]> {
  const rows = await ledger.rows('select size, head from audit_head where facility = $1 order by size', [facility])
  const heads: SignedHead[] = []
  let previous = ''
  for (const [size, line] of rows) {
    const head = readHead(line as string)
    if (head === null || head.facility !== facility || head.size !== Number(size) || !isSigned(head, keys)) {
      findings.add('AUDIT-17', `head of size ${size}`)
    } else {
      if (head.previous !== previous) findings.add('AUDIT-18', `head of size ${size}`)
      heads.push(head)
    }
    previous = digestOf(line as string)
  }
  if (copy !== null) await compareWithCopy(heads, { facility, copy, now }, findings)
  return heads
}

async function compareWithCopy(
  heads: readonly SignedHead[],
  { facility, copy, now }: Pick<HeadsAsked, 'facility' | 'now'> & { copy: NonNullable<HeadsAsked['copy']> },
  findings: Findings,
): Promise<void> {
  const notSeen = new Map(heads.map((head) => [head.line, head]))
  const own = new Set(notSeen.keys())
  for await (const head of copy) {
    notSeen.delete(head.line)
    const isLater = Date.parse(head.at) >= now
    // Whoever signed it: a key that is not known here was perhaps put away with what it signed.
    if (own.has(head.line) || isLater || head.facility !== facility) continue
    findings.add('AUDIT-19', `head of size ${head.size}, signed ${head.at}`)
  }
  for (const head of notSeen.values()) {
    if (now - Date.parse(head.at) > ON_ITS_WAY_MS)
      findings.add('AUDIT-20', `head of size ${head.size}, signed ${head.at}`)
  }
}
