import { firstChildOf, nameOf, nextOf, ROOT, sourceOf, startOf } from './member.ts'
import type { JsonDocument } from './parse.ts'

type Places = Pick<JsonDocument, 'text' | 'tape'>

/**
 * Whether two resources say the same: id, meta.versionId, meta.lastUpdated, an otherwise empty meta and white space do
 * not count. Numbers are compared as written, because 1.0 and 1.00 differ in precision.
 */
export function sameContent(one: Places, other: Places): boolean {
  return sameMembers(one, ROOT, other, ROOT, ignoredInResource)
}

/** Members of the object at `node` that do not count. */
type Ignored = (document: Places, node: number, name: string) => boolean

const STAMPED: readonly string[] = ['versionId', 'lastUpdated']
const ignoredInMeta: Ignored = (_, __, name) => STAMPED.includes(name)
const ignoredInResource: Ignored = (document, node, name) =>
  name === 'id' ||
  (name === 'meta' && nextCounting(document, firstChildOf(node), nextOf(document, node), ignoredInMeta) < 0)
const ignoredElsewhere: Ignored = () => false

/** The first node from `child` on that counts; -1 at the end. */
function nextCounting(document: Places, child: number, end: number, ignored: Ignored): number {
  let node = child
  while (node < end && ignored !== ignoredElsewhere && ignored(document, node, nameOf(document, node)))
    node = nextOf(document, node)
  return node < end ? node : -1
}

function sameMembers(one: Places, a: number, other: Places, b: number, ignored: Ignored): boolean {
  const ends = [nextOf(one, a), nextOf(other, b)] as const
  let left = nextCounting(one, firstChildOf(a), ends[0], ignored)
  let right = nextCounting(other, firstChildOf(b), ends[1], ignored)
  while (left >= 0 && right >= 0) {
    const name = nameOf(one, left)
    if (name !== nameOf(other, right)) return false
    const inner = ignored === ignoredInResource && name === 'meta' ? ignoredInMeta : ignoredElsewhere
    if (!sameValue(one, left, other, right, inner)) return false
    left = nextCounting(one, nextOf(one, left), ends[0], ignored)
    right = nextCounting(other, nextOf(other, right), ends[1], ignored)
  }
  return left === right
}

function sameValue(one: Places, a: number, other: Places, b: number, ignored: Ignored): boolean {
  const kind = one.text[startOf(one, a)]
  if (kind !== other.text[startOf(other, b)]) return false
  return kind === '{' || kind === '[' ? sameMembers(one, a, other, b, ignored) : sourceOf(one, a) === sourceOf(other, b)
}
