/** A tree that only grows, held as the roots of its complete subtrees: some forty hashes for a trillion leaves. */
import { EMPTY_ROOT, innerHash } from './hash.ts'

/** A complete subtree: 2^height leaves, the index-th of its height. */
export type NodeVisitor = (height: number, index: number, hash: Buffer) => void

export interface GrowingTree {
  readonly size: () => number
  readonly root: () => Buffer
  /** roots of its complete subtrees, from the left: what is needed to grow it elsewhere */
  readonly frontier: () => readonly Buffer[]
  /** @param visit is told of each subtree that this leaf completes, the leaf itself (height 0) first */
  readonly append: (leaf: Buffer, visit?: NodeVisitor) => void
}

/** @param frontier of a tree of `size` leaves */
export function growingTree(size = 0, frontier: readonly Buffer[] = []): GrowingTree {
  if (frontier.length !== bitsIn(size)) throw new Error('a frontier has a hash for each bit of the size')
  const hashes = [...frontier]
  let leaves = size
  return {
    size: () => leaves,
    root: () =>
      hashes.reduceRight<Buffer | null>((right, left) => (right ? innerHash(left, right) : left), null) ?? EMPTY_ROOT,
    frontier: () => [...hashes],
    append(leaf, visit) {
      let hash = leaf
      let index = leaves
      visit?.(0, index, hash)
      for (let height = 1; index % 2 === 1; height += 1) {
        hash = innerHash(hashes.pop() as Buffer, hash)
        index = (index - 1) / 2
        visit?.(height, index, hash)
      }
      hashes.push(hash)
      leaves += 1
    },
  }
}

function bitsIn(size: number): number {
  let bits = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) bits += rest % 2
  return bits
}
