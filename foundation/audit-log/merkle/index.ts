export { EMPTY_ROOT, HASH_BYTES, innerHash, leafHash } from './hash.ts'
export { growingTree, type GrowingTree } from './growing-tree.ts'
export { consistencyRanges, frontierOf, inclusionRanges, type NodeReader, proofOf, rangeRoot } from './proofs.ts'
export { verifyConsistency, verifyInclusion } from './verify.ts'
