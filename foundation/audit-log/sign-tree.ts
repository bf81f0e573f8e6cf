/** Signs the tree as it stands, once for each size. One at a time, or a head would not know of the one before it. */
import { digestOf, readHead, type SignedHead, signHead } from './head.ts'
import type { AuditKeys } from './keys.ts'
import type { Ledger } from './ledger.ts'
import type { GrowingTree } from './merkle/index.ts'

const LAST = 'select head from audit_head where facility = $1 order by size desc limit 1'
const SINCE = 'select head from audit_head where facility = $1 and size > $2 order by size'
const KEEP = 'insert into audit_head (facility, size, head) values ($1, $2, $3)'

const headOf = (row: readonly (string | null)[] | undefined): SignedHead | null =>
  row ? readHead(row[0] as string) : null

export const lastHead = async (ledger: Ledger, facility: number): Promise<SignedHead | null> =>
  headOf((await ledger.rows(LAST, [facility]))[0])

export const headsSince = async (ledger: Ledger, facility: number, size: number): Promise<readonly SignedHead[]> =>
  (await ledger.rows(SINCE, [facility, size])).flatMap((row) => headOf(row) ?? [])

/** @param at the server's time, ISO 8601 @returns the new head, or the last one where the tree has not grown since */
export async function signTree(
  ledger: Ledger,
  facility: number,
  tree: GrowingTree,
  keys: AuditKeys,
  at: string,
): Promise<SignedHead | null> {
  const [row] = await ledger.rows(LAST, [facility])
  const line = row?.[0] ?? null
  const last = headOf(row)
  if (tree.size() <= (last?.size ?? 0)) return last
  const head = await signHead(
    {
      facility,
      size: tree.size(),
      root: tree.root().toString('hex'),
      at,
      previous: line === null ? '' : digestOf(line),
    },
    keys,
  )
  await ledger.rows(KEEP, [facility, head.size, head.line])
  return head
}
