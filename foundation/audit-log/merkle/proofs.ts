/** Proofs that a leaf is in a tree, and that one tree is the beginning of another. @source RFC 9162 section 2.1 */
import { EMPTY_ROOT, innerHash } from './hash.ts'

/** Leaves from `start` up to but not including `end`. */
export interface LeafRange {
  readonly start: number
  readonly end: number
}

/** Hash of the complete subtree of 2^height leaves that begins at leaf index × 2^height. */
export type NodeReader = (height: number, index: number) => Promise<Buffer>

/** The largest power of two below n, for n of at least 2: where a tree of n leaves is split. */
function splitOf(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}

/** Ranges whose hashes prove that leaf `index` is in a tree of `size` leaves. @source RFC 9162 section 2.1.3.1 */
export function inclusionRanges(index: number, size: number): readonly LeafRange[] {
  const walk = ({ start, end }: LeafRange): readonly LeafRange[] => {
    if (end - start <= 1) return []
    const middle = start + splitOf(end - start)
    const left = { start, end: middle }
    const right = { start: middle, end }
    return index < middle ? [...walk(left), right] : [...walk(right), left]
  }
  return walk({ start: 0, end: size })
}

/** Ranges whose hashes prove that the tree of `first` leaves is the beginning of that of `second`. @source RFC 9162 section 2.1.4.1 */
export function consistencyRanges(first: number, second: number): readonly LeafRange[] {
  const walk = (m: number, { start, end }: LeafRange, isKnown: boolean): readonly LeafRange[] => {
    const n = end - start
    if (m === n) return isKnown ? [] : [{ start, end }]
    const middle = start + splitOf(n)
    const left = { start, end: middle }
    const right = { start: middle, end }
    if (m <= middle - start) return [...walk(m, left, isKnown), right]
    return [...walk(m - (middle - start), right, false), left]
  }
  return walk(first, { start: 0, end: second }, true)
}

/** Root of the tree over these leaves, from complete subtrees. */
export async function rangeRoot(read: NodeReader, { start, end }: LeafRange): Promise<Buffer> {
  const size = end - start
  if (size === 0) return EMPTY_ROOT
  const height = Math.log2(size)
  if (Number.isInteger(height) && start % size === 0) return read(height, start / size)
  const middle = start + splitOf(size)
  return innerHash(await rangeRoot(read, { start, end: middle }), await rangeRoot(read, { start: middle, end }))
}

/** The hashes that a verifier is sent. */
export async function proofOf(read: NodeReader, ranges: readonly LeafRange[]): Promise<readonly Buffer[]> {
  const hashes: Buffer[] = []
  for (const range of ranges) hashes.push(await rangeRoot(read, range))
  return hashes
}

/** Roots of the complete subtrees of a tree of `size` leaves, from the left. */
export async function frontierOf(read: NodeReader, size: number): Promise<readonly Buffer[]> {
  const hashes: Buffer[] = []
  for (let start = 0; start < size;) {
    let power = 1
    while (start + power * 2 <= size && start % (power * 2) === 0) power *= 2
    hashes.push(await read(Math.log2(power), start / power))
    start += power
  }
  return hashes
}
