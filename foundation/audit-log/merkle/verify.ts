/** Judges proofs. Trusts nothing but the root. @source RFC 9162 section 2.1, draft-ietf-plants-merkle-tree-certs section 4 */
import { EMPTY_ROOT, HASH_BYTES, innerHash } from './hash.ts'

const half = (n: number): number => Math.floor(n / 2)
const isOdd = (n: number): boolean => n % 2 === 1

const areHashes = (hashes: readonly Uint8Array[]): boolean => hashes.every(({ length }) => length === HASH_BYTES)

const areEqual = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

/** @returns whether the leaf is the one at `index` of the tree of `size` leaves with this root @source RFC 9162 section 2.1.3.2 */
export function verifyInclusion(
  { leaf, index, size, root }: { leaf: Uint8Array; index: number; size: number; root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (index < 0 || index >= size || !areHashes([leaf, root, ...proof])) return false
  let hash = leaf
  let at = index
  let last = size - 1
  for (const sibling of proof) {
    if (last === 0) return false
    if (isOdd(at) || at === last) {
      hash = innerHash(sibling, hash)
      while (!isOdd(at) && at !== 0) {
        at = half(at)
        last = half(last)
      }
    } else {
      hash = innerHash(hash, sibling)
    }
    at = half(at)
    last = half(last)
  }
  return last === 0 && areEqual(hash, root)
}

interface Subtree {
  readonly start: number
  readonly end: number
  readonly root: Uint8Array
}

/** Subtrees that occur in a larger tree or begin it: their start is a multiple of the power of two that holds them. */
export function isSubtree({ start, end }: { start: number; end: number }): boolean {
  if (start < 0 || start >= end) return false
  let power = 1
  while (power < end - start) power *= 2
  return start % power === 0
}

/** @returns whether the leaf with this index in the whole tree is in the subtree */
export const verifySubtreeInclusion = (
  { leaf, index, start, end, root }: Subtree & { leaf: Uint8Array; index: number },
  proof: readonly Uint8Array[],
): boolean =>
  isSubtree({ start, end }) && verifyInclusion({ leaf, index: index - start, size: end - start, root }, proof)

/** @returns whether the subtree is a part of the tree of `size` leaves with the root `whole`; without leaves it is of any */
export function verifySubtreeConsistency(
  { start, end, root, size, whole }: Subtree & { size: number; whole: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (end > size || !areHashes(proof)) return false
  if (start === end) return proof.length === 0 && areEqual(root, EMPTY_ROOT)
  if (!isSubtree({ start, end })) return false
  let [from, to, last] = [start, end - 1, size - 1]
  const up = () => ([from, to, last] = [half(from), half(to), half(last)])
  while (from !== to && (to === last || isOdd(to))) up()
  const rest = from === to ? proof : proof.slice(1)
  let part = from === to ? root : proof[0]
  let all = part
  if (part === undefined || all === undefined) return false
  for (const sibling of rest) {
    if (last === 0) return false
    if (isOdd(to) || to === last) {
      if (from < to) part = innerHash(sibling, part)
      all = innerHash(sibling, all)
      while (!isOdd(to) && to !== 0) up()
    } else {
      all = innerHash(all, sibling)
    }
    up()
  }
  return last === 0 && areEqual(part, root) && areEqual(all, whole)
}

/**
 * @returns whether the tree of `first` leaves is the beginning of that of `second`; false for an empty first one, of which
 * nothing is proved
 * @source RFC 9162 section 2.1.4.2
 */
export const verifyConsistency = (
  first: { size: number; root: Uint8Array },
  second: { size: number; root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean =>
  first.size > 0 &&
  verifySubtreeConsistency(
    { start: 0, end: first.size, root: first.root, size: second.size, whole: second.root },
    proof,
  )
