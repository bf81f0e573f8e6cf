/** The hashes of the tree, from the database. */
import type { Ledger } from './ledger.ts'
import { innerHash, type NodeReader } from './merkle/index.ts'

/** Subtrees of 2^8, 2^16 … leaves have their roots in rows of their own; what lies between is worked out again. */
export const HEIGHTS_A_LEVEL = 8

const SOURCES = {
  leaf: 'select hash from audit_leaf where facility = $1 and index >= $2 and index < $3 order by index',
  node: 'select hash from audit_node where facility = $1 and index >= $2 and index < $3 and level = $4 order by index',
}

/** A hash that should be there is not: somebody took it away. */
export class TreeHole extends Error {}

/** @throws TreeHole */
export function nodesOf(ledger: Ledger, facility: number): NodeReader {
  return async (height, index) => {
    const level = Math.floor(height / HEIGHTS_A_LEVEL)
    const count = 2 ** (height % HEIGHTS_A_LEVEL)
    const range = [facility, index * count, (index + 1) * count]
    const rows = await ledger.rows(level === 0 ? SOURCES.leaf : SOURCES.node, level === 0 ? range : [...range, level])
    if (rows.length !== count)
      throw new TreeHole(`the tree of the audit log has holes at height ${height}, index ${index}`)
    return folded(rows.map(([hash]) => bytesOf(hash as string)))
  }
}

/** PostgreSQL's text of a bytea. */
export const bytesOf = (text: string): Buffer => Buffer.from(text.slice(2), 'hex')

function folded(hashes: readonly Buffer[]): Buffer {
  let level = hashes
  while (level.length > 1) {
    level = level.filter((_, i) => i % 2 === 0).map((left, i) => innerHash(left, level[2 * i + 1] as Buffer))
  }
  return level[0] as Buffer
}
