/**
 * A JSON text opened for editing, only where it is edited: everything else stays a piece of the source, so that numbers
 * and strings keep their spelling. Members live in a Map, so no name can reach an object's prototype.
 */
import { childrenOf, endOf, type JsonDocument, nameOf, sourceOf, startOf } from '#fhir/json'

export interface SourceTree {
  readonly kind: 'source'
  readonly document: JsonDocument
  readonly node: number
}
export interface ObjectTree {
  readonly kind: 'object'
  readonly members: Map<string, Tree>
}
export interface ArrayTree {
  readonly kind: 'array'
  readonly items: Tree[]
}
export type Tree = SourceTree | ObjectTree | ArrayTree

export const treeOf = (document: JsonDocument, node: number): SourceTree => ({ kind: 'source', document, node })

/** One level deeper. Numbers, strings and words stay as they are. */
export function opened(tree: Tree): Tree {
  if (tree.kind !== 'source') return tree
  const { document, node } = tree
  const first = document.text[startOf(document, node)]
  if (first === '[') return { kind: 'array', items: childrenOf(document, node).map((child) => treeOf(document, child)) }
  if (first !== '{') return tree
  const members = childrenOf(document, node).map((child) => [nameOf(document, child), treeOf(document, child)] as const)
  return { kind: 'object', members: new Map(members) }
}

/** A copy that may be edited on its own. Pieces of the source are never edited, so they are shared. */
export function copyOf(tree: Tree): Tree {
  if (tree.kind === 'array') return { kind: 'array', items: tree.items.map(copyOf) }
  if (tree.kind === 'object')
    return { kind: 'object', members: new Map([...tree.members].map(([name, value]) => [name, copyOf(value)])) }
  return tree
}

/** Length of the text that `write` would give, commas aside. */
export function sizeOf(tree: Tree): number {
  if (tree.kind === 'source') return endOf(tree.document, tree.node) - startOf(tree.document, tree.node)
  if (tree.kind === 'array') return tree.items.reduce((sum, item) => sum + sizeOf(item), 2)
  let size = 2
  for (const [name, value] of tree.members) size += name.length + 3 + sizeOf(value)
  return size
}

export function write(tree: Tree): string {
  if (tree.kind === 'source') return sourceOf(tree.document, tree.node)
  if (tree.kind === 'array') return `[${tree.items.map(write).join(',')}]`
  return `{${[...tree.members].map(([name, value]) => `${JSON.stringify(name)}:${write(value)}`).join(',')}}`
}

/** Equality of RFC 6902 §4.6: numbers by value, objects whatever the order of their members. */
export function equal(one: Tree, other: Tree): boolean {
  const a = opened(one)
  const b = opened(other)
  if (a.kind === 'array' && b.kind === 'array')
    return a.items.length === b.items.length && a.items.every((item, i) => equal(item, b.items[i]!))
  if (a.kind === 'object' && b.kind === 'object') {
    if (a.members.size !== b.members.size) return false
    return [...a.members].every(([name, value]) => {
      const there = b.members.get(name)
      return there !== undefined && equal(value, there)
    })
  }
  return a.kind === 'source' && b.kind === 'source' && JSON.parse(write(a)) === JSON.parse(write(b))
}
