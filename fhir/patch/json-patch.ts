/** @source RFC 6902; http://hl7.org/fhir/R4/http.html#patch */
import { childrenOf, type JsonDocument, memberOf, ROOT, sourceOf, startOf } from '#fhir/json'
import { accept, type Outcome, refuse } from '#fhir/outcome'
import { indexIn, parsePointer } from './pointer.ts'
import { type PatchRule, patchRefusal } from './refusals.ts'
import { copyOf, equal, opened, sizeOf, type Tree, treeOf, write } from './tree.ts'

export const MAX_OPERATIONS = 1_000
/** Characters that all operations of one patch together may add; stops patches that double a value again and again. */
export const MAX_GROWTH = 16 * 1024 * 1024

interface Operation {
  readonly op: string
  readonly path: readonly string[]
  readonly from: readonly string[] | null
  readonly value: Tree | null
}

/**
 * @param current the text to change; what the patch does not touch keeps its spelling
 * @returns the new text, or the first operation that cannot be carried out; all operations or none
 */
export function applyJsonPatch(current: JsonDocument, patch: JsonDocument): Outcome<string> {
  if (patch.text[startOf(patch, ROOT)] !== '[') return refuse([patchRefusal('FHIR-PATCH-1')])
  const operations = childrenOf(patch, ROOT)
  if (operations.length > MAX_OPERATIONS) return refuse([patchRefusal('FHIR-PATCH-5')])
  const editor = new Editor(treeOf(current, ROOT))
  for (const [index, node] of operations.entries()) {
    const problem = perform(editor, readOperation(patch, node))
    if (problem !== null) return refuse([patchRefusal(problem.rule, index, problem.detail)])
  }
  return accept(write(editor.root))
}

interface Problem {
  readonly rule: PatchRule
  readonly detail: string
}

const malformed = (detail: string): Problem => ({ rule: 'FHIR-PATCH-2', detail })
const isProblem = (result: Operation | Problem): result is Problem => 'rule' in result

function readOperation(patch: JsonDocument, node: number): Operation | Problem {
  const [op, path, from] = ['op', 'path', 'from'].map((name) => textMember(patch, node, name))
  if (typeof op !== 'string' || OPERATIONS[op] === undefined) return malformed('op')
  const { needsValue, needsFrom } = OPERATIONS[op]
  const target = typeof path === 'string' ? parsePointer(path) : null
  if (target === null) return malformed('path')
  const source = typeof from === 'string' ? parsePointer(from) : null
  if (needsFrom && source === null) return malformed('from')
  const value = memberOf(patch, node, 'value')
  if (needsValue && value < 0) return malformed('value')
  return { op, path: target, from: source, value: value < 0 ? null : treeOf(patch, value) }
}

function textMember(patch: JsonDocument, node: number, name: string): unknown {
  const member = memberOf(patch, node, name)
  return member < 0 ? undefined : (JSON.parse(sourceOf(patch, member)) as unknown)
}

/** The text being edited, and how much it may still grow. */
class Editor {
  root: Tree
  growth = 0

  constructor(root: Tree) {
    this.root = root
  }

  /** @returns the value at `path`, opening what leads there; undefined where there is none */
  at(path: readonly string[]): Tree | undefined {
    let tree: Tree | undefined = (this.root = opened(this.root))
    for (const token of path) {
      const parent: Tree = tree
      tree = childAt(parent, token)
      if (tree === undefined) return undefined
      tree = opened(tree)
      put(parent, token, tree)
    }
    return tree
  }

  /** @returns whether there was something to remove */
  remove(path: readonly string[]): boolean {
    const parent = path.length === 0 ? undefined : this.at(path.slice(0, -1))
    const token = path.at(-1)!
    if (parent === undefined || childAt(parent, token) === undefined) return false
    if (parent.kind === 'object') return parent.members.delete(token)
    return parent.kind === 'array' && parent.items.splice(Number(token), 1).length === 1
  }

  /** @returns whether the parent exists and has room for it */
  add(path: readonly string[], value: Tree): boolean {
    this.growth += sizeOf(value)
    if (path.length === 0) {
      this.root = value
      return true
    }
    const parent = this.at(path.slice(0, -1))
    const token = path.at(-1)!
    if (parent?.kind === 'object') return parent.members.set(token, value).has(token)
    if (parent?.kind !== 'array') return false
    const index = indexIn(parent.items.length, token)
    if (index >= 0) parent.items.splice(index, 0, value)
    return index >= 0
  }
}

function childAt(parent: Tree, token: string): Tree | undefined {
  if (parent.kind === 'object') return parent.members.get(token)
  if (parent.kind !== 'array') return undefined
  return parent.items[indexIn(parent.items.length, token)]
}

function put(parent: Tree, token: string, child: Tree): void {
  if (parent.kind === 'object') parent.members.set(token, child)
  else if (parent.kind === 'array') parent.items[Number(token)] = child
}

interface Kind {
  readonly needsValue: boolean
  readonly needsFrom: boolean
  /** @returns the rule that stands against it, or null */
  readonly run: (editor: Editor, operation: Operation) => PatchRule | null
}

const missingUnless = (done: boolean): PatchRule | null => (done ? null : 'FHIR-PATCH-3')

/** Each operation of RFC 6902 §4. */
const OPERATIONS: Readonly<Record<string, Kind>> = Object.assign(Object.create(null) as object, {
  add: kind('value', (editor, { path, value }) => missingUnless(editor.add(path, value!))),
  remove: kind('', (editor, { path }) => missingUnless(editor.remove(path))),
  replace: kind('value', (editor, { path, value }) => missingUnless(replace(editor, path, value!))),
  test: kind('value', (editor, { path, value }) => {
    const there = editor.at(path)
    if (there === undefined) return 'FHIR-PATCH-3'
    return equal(there, value!) ? null : 'FHIR-PATCH-4'
  }),
  copy: kind('from', (editor, { path, from }) => {
    const there = editor.at(from!)
    return missingUnless(there !== undefined && editor.add(path, copyOf(there)))
  }),
  move: kind('from', (editor, { path, from }) => {
    const there = editor.at(from!)
    if (there === undefined) return 'FHIR-PATCH-3'
    if (path.length === from!.length && path.every((token, i) => token === from![i])) return null
    if (from!.every((token, i) => token === path[i])) return 'FHIR-PATCH-2'
    return missingUnless(editor.remove(from!) && editor.add(path, there))
  }),
})

function kind(needs: '' | 'value' | 'from', run: Kind['run']): Kind {
  return { needsValue: needs === 'value', needsFrom: needs === 'from', run }
}

/** Unlike remove and add, keeps the member where it stands. */
function replace(editor: Editor, path: readonly string[], value: Tree): boolean {
  if (editor.at(path) === undefined) return false
  const parent = path.length === 0 ? undefined : editor.at(path.slice(0, -1))
  if (parent === undefined || parent.kind === 'object') return editor.add(path, value)
  return editor.remove(path) && editor.add(path, value)
}

function perform(editor: Editor, operation: Operation | Problem): Problem | null {
  if (isProblem(operation)) return operation
  const rule = OPERATIONS[operation.op]!.run(editor, operation)
  const detail = `${operation.op} /${operation.path.join('/')}`.slice(0, 200)
  if (rule !== null) return { rule, detail }
  return editor.growth > MAX_GROWTH ? { rule: 'FHIR-PATCH-5', detail } : null
}
