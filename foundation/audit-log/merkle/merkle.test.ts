import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { growingTree, type GrowingTree } from './growing-tree.ts'
import { EMPTY_ROOT, innerHash, leafHash } from './hash.ts'
import { consistencyRanges, frontierOf, inclusionRanges, type NodeReader, proofOf } from './proofs.ts'
import { verifyConsistency, verifyInclusion, verifySubtreeConsistency, verifySubtreeInclusion } from './verify.ts'

const ARCHIVE = fileURLToPath(new URL('../../../../shared/data/merkle-rfc6962/merkle.tar.gz', import.meta.url))

interface Case {
  readonly desc: string
  readonly wantErr: boolean
  readonly proof: readonly string[] | null
  readonly leafIdx: number
  readonly leafHash: string
  readonly treeSize: number
  readonly root: string
  readonly start: number
  readonly end: number
  readonly size: number
  readonly size1: number
  readonly size2: number
  readonly root1: string
  readonly root2: string
}

const bytes = (base64: string | null): Buffer => Buffer.from(base64 ?? '', 'base64')

const JUDGES: Readonly<Record<string, (one: Case, proof: readonly Buffer[]) => boolean>> = {
  inclusion: (c, proof) =>
    verifyInclusion({ leaf: bytes(c.leafHash), index: c.leafIdx, size: c.treeSize, root: bytes(c.root) }, proof),
  consistency: (c, proof) =>
    verifyConsistency({ size: c.size1, root: bytes(c.root1) }, { size: c.size2, root: bytes(c.root2) }, proof),
  subtreeinclusion: (c, proof) =>
    verifySubtreeInclusion(
      { leaf: bytes(c.leafHash), index: c.leafIdx, start: c.start, end: c.end, root: bytes(c.root) },
      proof,
    ),
  subtreeconsistency: (c, proof) =>
    verifySubtreeConsistency(
      { start: c.start, end: c.end, root: bytes(c.root1), size: c.size, whole: bytes(c.root2) },
      proof,
    ),
}

/** The 345 cases of the transparency-dev project, right and wrong ones. */
function cases(): readonly { kind: string; name: string; one: Case }[] {
  const folder = mkdtempSync(join(tmpdir(), 'merkle-'))
  try {
    execFileSync('tar', ['xzf', ARCHIVE, '-C', folder])
    return Object.keys(JUDGES).flatMap((kind) =>
      readdirSync(join(folder, 'testdata', kind), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.json'))
        .map((name) => ({
          kind,
          name,
          one: JSON.parse(readFileSync(join(folder, 'testdata', kind, name), 'utf8')) as Case,
        })),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe.skipIf(!existsSync(ARCHIVE))('the published vectors (skipped where ../shared is absent)', () => {
  test('AUDIT-5 every proof is judged as it should be', () => {
    const all = cases()
    expect(all.length).toBe(345)
    const wrong = all.filter(({ kind, one }) => JUDGES[kind]!(one, (one.proof ?? []).map(bytes)) === one.wantErr)
    expect(wrong.map(({ kind, name }) => `${kind}/${name}`)).toEqual([])
  })
})

/** A tree with all of its complete subtrees. */
function grown(leaves: readonly Buffer[]): { tree: GrowingTree; read: NodeReader } {
  const nodes = new Map<string, Buffer>()
  const tree = growingTree()
  for (const leaf of leaves) tree.append(leaf, (height, index, hash) => nodes.set(`${height} ${index}`, hash))
  return { tree, read: async (height, index) => nodes.get(`${height} ${index}`)! }
}

const leavesOf = (count: number): readonly Buffer[] =>
  Array.from({ length: count }, (_, i) => leafHash(Buffer.from(`act ${i}`)))

/** The definition, word by word. @source RFC 9162 section 2.1.1 */
function rootByDefinition(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return EMPTY_ROOT
  if (leaves.length === 1) return leaves[0]!
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return innerHash(rootByDefinition(leaves.slice(0, k)), rootByDefinition(leaves.slice(k)))
}

test('the root of the empty tree and of one empty leaf are those of RFC 6962', () => {
  expect(growingTree().root().toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  expect(leafHash(Buffer.alloc(0)).toString('hex')).toBe(
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  )
})

test('a tree that grew has the root of the definition, and can grow on elsewhere', async () => {
  for (let count = 0; count <= 70; count += 1) {
    const leaves = leavesOf(count)
    const { tree, read } = grown(leaves)
    expect(tree.root()).toEqual(rootByDefinition(leaves))
    expect(await frontierOf(read, count)).toEqual(tree.frontier())
    const elsewhere = growingTree(count, tree.frontier())
    elsewhere.append(leaves[0] ?? leafHash(Buffer.from('x')))
    expect(elsewhere.root()).toEqual(rootByDefinition([...leaves, leaves[0] ?? leafHash(Buffer.from('x'))]))
  }
})

test('AUDIT-5 every proof of every tree to 40 leaves holds, and for no other leaf, size or root', async () => {
  for (let size = 1; size <= 40; size += 1) {
    const leaves = leavesOf(size)
    const { tree, read } = grown(leaves)
    const root = tree.root()
    for (let index = 0; index < size; index += 1) {
      const proof = await proofOf(read, inclusionRanges(index, size))
      const leaf = leaves[index]!
      expect(verifyInclusion({ leaf, index, size, root }, proof)).toBe(true)
      expect(verifyInclusion({ leaf, index: (index + 1) % size, size, root }, proof)).toBe(size === 1)
      expect(verifyInclusion({ leaf: leafHash(leaf), index, size, root }, proof)).toBe(false)
    }
    for (let first = 1; first <= size; first += 1) {
      const proof = await proofOf(read, consistencyRanges(first, size))
      const before = rootByDefinition(leaves.slice(0, first))
      expect(verifyConsistency({ size: first, root: before }, { size, root }, proof)).toBe(true)
      expect(verifyConsistency({ size: first, root: leafHash(before) }, { size, root }, proof)).toBe(false)
    }
  }
})

test('a proof with any bit changed holds no longer', async () => {
  const leaves = leavesOf(77)
  const { tree, read } = grown(leaves)
  await fc.assert(
    fc.asyncProperty(fc.nat(76), fc.nat(), fc.nat(255), async (index, place, bit) => {
      const proof = [...(await proofOf(read, inclusionRanges(index, 77)))]
      const at = place % proof.length
      const changed = Buffer.from(proof[at]!)
      changed[bit >> 3]! ^= 1 << (bit & 7)
      proof[at] = changed
      return !verifyInclusion({ leaf: leaves[index]!, index, size: 77, root: tree.root() }, proof)
    }),
    { numRuns: 50 },
  )
})
