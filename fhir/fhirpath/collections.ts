/** Sets, subsets and conditions over collections. @source http://hl7.org/fhirpath/N1/#functions */
import { equal } from './compare.ts'
import {
  alike,
  boxed,
  condition,
  EMPTY,
  many,
  one,
  possibleTypes,
  typeOfItem,
  valueOfItem,
  valuesOf,
  type Environment,
  type Expression,
} from './expression.ts'
import type { FunctionCompiler, FunctionTable, Scope } from './scope.ts'
import { Unsupported, type Node } from './syntax.ts'
import { allChildrenInto, isObject, type TypedValue } from './values.ts'

/** A condition to put to each value: `(item, env, index)`. */
type Criterion = (item: unknown, env: Environment, index: number) => boolean | undefined

function criterion(node: Node, receiver: Expression, scope: Scope): Criterion {
  const { test } = scope.inside(receiver.type).compile(node)
  if (!mentions(node, '$index')) return test
  return (item, env, index) => test(item, { ...env, index })
}

/** Does the expression use a variable? */
export function mentions(node: unknown, name: string): boolean {
  if (!isObject(node)) return false
  if (node['kind'] === 'variable' && node['name'] === name) return true
  return Object.values(node).some((part) => mentions(part, name))
}

/** `where(criteria)` */
const where: FunctionCompiler = (receiver, [node], scope) => {
  if (receiver === EMPTY) return EMPTY
  const holds = criterion(node!, receiver, scope)
  if (receiver.single) {
    return one(receiver.type, (focus, env) => {
      const item = receiver.one(focus, env)
      return item !== undefined && holds(item, env, 0) === true ? item : undefined
    })
  }
  return many(
    receiver.type,
    (focus, env, out) => {
      const items = valuesOf(receiver, focus, env)
      for (let i = 0; i < items.length; i++) if (holds(items[i], env, i) === true) out.push(items[i])
    },
    (focus, env) =>
      receiver.some(focus, env) && valuesOf(receiver, focus, env).some((item, i) => holds(item, env, i) === true),
  )
}

const all: FunctionCompiler = (receiver, [node], scope) => {
  if (receiver === EMPTY) return condition(() => true)
  const holds = criterion(node!, receiver, scope)
  return condition(
    (focus, env) =>
      !receiver.some(focus, env) || valuesOf(receiver, focus, env).every((item, i) => holds(item, env, i) === true),
  )
}

const exists: FunctionCompiler = (receiver, args, scope) => {
  const { some } = args.length === 0 ? receiver : where(receiver, args, scope)
  return condition(some)
}

const empty: FunctionCompiler = ({ some }) => condition((focus, env) => !some(focus, env))

const not: FunctionCompiler = ({ test }) =>
  condition((focus, env) => {
    const value = test(focus, env)
    return value === undefined ? undefined : !value
  })

const select: FunctionCompiler = (receiver, [node], scope) => {
  if (receiver === EMPTY) return EMPTY
  const projection = scope.inside(receiver.type).compile(node!)
  const indexed = mentions(node, '$index')
  if (receiver.single && projection.single && !indexed) {
    return one(projection.type, (focus, env) => {
      const item = receiver.one(focus, env)
      return item === undefined ? undefined : projection.one(item, env)
    })
  }
  return many(projection.type, (focus, env, out) => {
    valuesOf(receiver, focus, env).forEach((item, index) => {
      projection.into(item, indexed ? { ...env, index } : env, out)
    })
  })
}

const repeat: FunctionCompiler = (receiver, [node], scope) => {
  const start = boxed(receiver)
  const projection = boxed(scope.inside(null).compile(node!))
  return many(null, (focus, env, out) => {
    const seen = new Distinct(null)
    let round = valuesOf(start, focus, env)
    while (round.length > 0) {
      const found = round.flatMap((item) => valuesOf(projection, item, env))
      round = found.filter((item) => seen.add(item))
      out.push(...round)
    }
  })
}

const aggregate: FunctionCompiler = (receiver, [node, initial], scope) => {
  const start = initial === undefined ? EMPTY : boxed(scope.compile(initial))
  const projection = boxed(scope.inside(receiver.type).compile(node!))
  return many(null, (focus, env, out) => {
    let total = valuesOf(start, focus, env) as TypedValue[]
    valuesOf(receiver, focus, env).forEach((item, index) => {
      total = valuesOf(projection, item, { ...env, index, total }) as TypedValue[]
    })
    out.push(...total)
  })
}

/** Values met so far; primitives are found by hashing, the rest by comparison. */
class Distinct {
  private readonly type: string | null
  private readonly primitives = new Set<unknown>()
  private readonly others: unknown[] = []

  constructor(type: string | null) {
    this.type = type
  }

  has(item: unknown): boolean {
    const value = valueOfItem(this.type, item)
    if (!isObject(value)) return this.primitives.has(value)
    const type = typeOfItem(this.type, item)
    return this.others.some(
      (other) => equal(typeOfItem(this.type, other), valueOfItem(this.type, other), type, value) === true,
    )
  }

  /** @returns false where it was there already */
  add(item: unknown): boolean {
    if (this.has(item)) return false
    const value = valueOfItem(this.type, item)
    if (isObject(value)) this.others.push(item)
    else this.primitives.add(value)
    return true
  }
}

function setOf(expression: Expression, focus: unknown, env: Environment): Distinct {
  const set = new Distinct(expression.type)
  for (const item of valuesOf(expression, focus, env)) set.add(item)
  return set
}

/** `left | right`, without duplicates */
export function union(left: Expression, right: Expression): Expression {
  if (left === EMPTY) return right === EMPTY ? EMPTY : distinct(right)
  if (right === EMPTY) return distinct(left)
  const [a, b] = alike(left, right)
  const types = [possibleTypes(left), possibleTypes(right)]
  const both = many(
    a.type,
    (focus, env, out) => {
      const items = valuesOf(a, focus, env)
      b.into(focus, env, items)
      distinctInto(items, a.type, out)
    },
    (focus, env) => left.some(focus, env) || right.some(focus, env),
  )
  return types.includes(undefined) ? both : { ...both, types: [...new Set(types.flatMap((each) => each ?? []))] }
}

function distinct(expression: Expression): Expression {
  if (expression.single) return expression
  return many(
    expression.type,
    (focus, env, out) => distinctInto(valuesOf(expression, focus, env), expression.type, out),
    expression.some,
  )
}

function distinctInto(items: readonly unknown[], type: string | null, out: unknown[]): void {
  if (items.length < 2) {
    out.push(...items)
    return
  }
  const seen = new Distinct(type)
  for (const item of items) if (seen.add(item)) out.push(item)
}

const isDistinct: FunctionCompiler = (receiver) =>
  condition((focus, env) => {
    const items = valuesOf(receiver, focus, env)
    const seen = new Distinct(receiver.type)
    return items.every((item) => seen.add(item))
  })

const other = (scope: Scope, node: Node | undefined) => scope.compile(node!)

/** Keeps the values whose presence in the other collection is as wanted. */
const selecting =
  (wanted: boolean, once: boolean): FunctionCompiler =>
  (receiver, [node], scope) => {
    const [a, b] = alike(receiver, other(scope, node))
    return many(a.type, (focus, env, out) => {
      if (!a.some(focus, env)) return
      const set = setOf(b, focus, env)
      const kept = valuesOf(a, focus, env).filter((item) => set.has(item) === wanted)
      if (once) distinctInto(kept, a.type, out)
      else out.push(...kept)
    })
  }

const combine: FunctionCompiler = (receiver, [node], scope) => {
  const [a, b] = alike(receiver, other(scope, node))
  return many(
    a === EMPTY ? b.type : a.type,
    (focus, env, out) => {
      a.into(focus, env, out)
      b.into(focus, env, out)
    },
    (focus, env) => a.some(focus, env) || b.some(focus, env),
  )
}

const contained = (inner: Expression, outer: Expression): Expression => {
  const [a, b] = alike(inner, outer)
  return condition((focus, env) => {
    if (!a.some(focus, env)) return true
    const set = setOf(b, focus, env)
    return valuesOf(a, focus, env).every((item) => set.has(item))
  })
}

/** `item in collection`: empty where there is no item */
export function membership(item: Expression, collection: Expression): Expression {
  const [a, b] = alike(item, collection)
  return condition((focus, env) => {
    const wanted = a.one(focus, env)
    if (wanted === undefined) return undefined
    const value = valueOfItem(a.type, wanted)
    const type = typeOfItem(a.type, wanted)
    return valuesOf(b, focus, env).some(
      (each) => equal(type, value, typeOfItem(b.type, each), valueOfItem(b.type, each)) === true,
    )
  })
}

/** `collection[index]` */
export function at(receiver: Expression, index: Expression): Expression {
  return one(receiver.type, (focus, env) => {
    const wanted = valueOfItem(index.type, index.one(focus, env))
    return typeof wanted === 'number' ? valuesOf(receiver, focus, env)[wanted] : undefined
  })
}

const first: FunctionCompiler = (receiver) =>
  receiver.single ? receiver : one(receiver.type, (focus, env) => valuesOf(receiver, focus, env)[0], receiver.some)

const last: FunctionCompiler = (receiver) =>
  one(receiver.type, (focus, env) => valuesOf(receiver, focus, env).at(-1), receiver.some)

const tail: FunctionCompiler = (receiver) =>
  many(receiver.type, (focus, env, out) => void out.push(...valuesOf(receiver, focus, env).slice(1)))

const slice =
  (cut: (items: unknown[], count: number) => unknown[]): FunctionCompiler =>
  (receiver, [node], scope) => {
    const count = other(scope, node)
    return many(receiver.type, (focus, env, out) => {
      const wanted = valueOfItem(count.type, count.one(focus, env))
      if (typeof wanted === 'number') out.push(...cut(valuesOf(receiver, focus, env), Math.max(0, wanted)))
    })
  }

const count: FunctionCompiler = (receiver) =>
  one('System.Integer', (focus, env) => (receiver.some(focus, env) ? valuesOf(receiver, focus, env).length : 0))

/** `allTrue()` and its sisters: over the values that are booleans. */
const booleans =
  (decide: (values: readonly unknown[]) => boolean): FunctionCompiler =>
  (receiver) =>
    condition((focus, env) => decide(valuesOf(receiver, focus, env).map((item) => valueOfItem(receiver.type, item))))

const children: FunctionCompiler = (receiver) => {
  const from = boxed(receiver)
  return many(null, (focus, env, out) => {
    for (const item of valuesOf(from, focus, env)) allChildrenInto(item as TypedValue, out as TypedValue[])
  })
}

const descendants: FunctionCompiler = (receiver) => {
  const from = boxed(receiver)
  return many(null, (focus, env, out) => {
    const start = out.length
    for (const item of valuesOf(from, focus, env)) allChildrenInto(item as TypedValue, out as TypedValue[])
    for (let i = start; i < out.length; i++) allChildrenInto(out[i] as TypedValue, out as TypedValue[])
  })
}

const iif: FunctionCompiler = (receiver, [when, then, otherwise], scope) => {
  const inner = scope.inside(receiver.type)
  const root = receiver.single ? (node: Node) => inner.compile(node) : null
  if (root === null) throw new Unsupported('iif() on a collection')
  const test = root(when!).test
  const [yes, no] = alike(root(then!), otherwise === undefined ? EMPTY : root(otherwise))
  const type = yes === EMPTY ? no.type : yes.type
  const choose = (focus: unknown, env: Environment) => {
    const item = receiver.one(focus, env)
    return test(item, env) === true ? ([yes, item] as const) : ([no, item] as const)
  }
  if (yes.single && no.single) {
    return one(type, (focus, env) => {
      const [branch, item] = choose(focus, env)
      return branch.one(item, env)
    })
  }
  return many(type, (focus, env, out) => {
    const [branch, item] = choose(focus, env)
    branch.into(item, env, out)
  })
}

export const collectionFunctions: FunctionTable = {
  aggregate: [1, 2, aggregate],
  all: [1, 1, all],
  allFalse: [0, 0, booleans((values) => values.every((value) => value === false))],
  allTrue: [0, 0, booleans((values) => values.every((value) => value === true))],
  anyFalse: [0, 0, booleans((values) => values.includes(false))],
  anyTrue: [0, 0, booleans((values) => values.includes(true))],
  children: [0, 0, children],
  combine: [1, 1, combine],
  count: [0, 0, count],
  descendants: [0, 0, descendants],
  distinct: [0, 0, (receiver) => distinct(receiver)],
  empty: [0, 0, empty],
  exclude: [1, 1, selecting(false, false)],
  exists: [0, 1, exists],
  first: [0, 0, first],
  iif: [2, 3, iif],
  intersect: [1, 1, selecting(true, true)],
  isDistinct: [0, 0, isDistinct],
  last: [0, 0, last],
  not: [0, 0, not],
  repeat: [1, 1, repeat],
  select: [1, 1, select],
  single: [0, 0, (receiver) => one(receiver.type, receiver.one)],
  skip: [1, 1, slice((items, from) => items.slice(from))],
  subsetOf: [1, 1, (receiver, [node], scope) => contained(receiver, other(scope, node))],
  supersetOf: [1, 1, (receiver, [node], scope) => contained(other(scope, node), receiver)],
  tail: [0, 0, tail],
  take: [1, 1, slice((items, to) => items.slice(0, to))],
  trace: [1, 2, (receiver) => receiver],
  union: [1, 1, (receiver, [node], scope) => union(receiver, other(scope, node))],
  where: [1, 1, where],
}
