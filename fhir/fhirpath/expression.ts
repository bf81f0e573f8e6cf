import { bare, isObject, typed, type TypedValue } from './values.ts'

/** What an expression can refer to besides the value it starts from. */
export interface Environment {
  /** `%resource`: the resource that holds the focus */
  readonly resource?: unknown
  /** `%rootResource`: the outermost one, where `%resource` is contained; the same as `resource` when absent */
  readonly rootResource?: unknown
  /** `%context`: what the whole expression starts from */
  readonly context?: unknown
  /** finds what a reference or canonical points to; undefined where it cannot */
  readonly resolve?: (reference: string) => unknown
  /** `$index` */
  readonly index?: number
  /** `$total` of aggregate() */
  readonly total?: readonly TypedValue[]
}

type Evaluate<T> = (focus: unknown, env: Environment) => T

/**
 * A compiled expression. The four ways of asking give the same answer in the cheapest form for the one who asks;
 * none of them throws, whatever the value looks like.
 */
export interface Expression {
  /** type of every value, which then are bare; null: each value is a `TypedValue` */
  readonly type: string | null
  /** where `type` is null: the types that can occur, as far as the definitions tell */
  readonly types?: readonly string[]
  /** at most one value, by the definitions */
  readonly single: boolean
  /** the value where there is exactly one, else undefined */
  readonly one: Evaluate<unknown>
  /** appends the values */
  readonly into: (focus: unknown, env: Environment, out: unknown[]) => void
  /** is there a value? */
  readonly some: Evaluate<boolean>
  /** as a condition: undefined where empty or several; a value that is no boolean counts as true */
  readonly test: Evaluate<boolean | undefined>
}

export const EMPTY: Expression = {
  type: 'System.Any',
  single: true,
  one: () => undefined,
  into: () => {},
  some: () => false,
  test: () => undefined,
}

/** An expression of at most one value. */
export function one(type: string | null, evaluate: Evaluate<unknown>, some?: Evaluate<boolean>): Expression {
  return {
    type,
    single: true,
    one: evaluate,
    into: (focus, env, out) => {
      const value = evaluate(focus, env)
      if (value !== undefined) out.push(value)
    },
    some: some ?? ((focus, env) => evaluate(focus, env) !== undefined),
    test: (focus, env) => truth(evaluate(focus, env), type),
  }
}

/** A condition. */
export function condition(test: Evaluate<boolean | undefined>): Expression {
  return {
    type: 'System.Boolean',
    single: true,
    one: test,
    into: (focus, env, out) => {
      const value = test(focus, env)
      if (value !== undefined) out.push(value)
    },
    some: (focus, env) => test(focus, env) !== undefined,
    test,
  }
}

/** An expression of any number of values. */
export function many(type: string | null, into: Expression['into'], some?: Evaluate<boolean>): Expression {
  const collect = (focus: unknown, env: Environment) => {
    const out: unknown[] = []
    into(focus, env, out)
    return out
  }
  const only = (focus: unknown, env: Environment) => {
    const values = collect(focus, env)
    return values.length === 1 ? values[0] : undefined
  }
  return {
    type,
    single: false,
    one: only,
    into,
    some: some ?? ((focus, env) => collect(focus, env).length > 0),
    test: (focus, env) => truth(only(focus, env), type),
  }
}

/** All values of an expression, in a new list. */
export function valuesOf(expression: Expression, focus: unknown, env: Environment): unknown[] {
  const out: unknown[] = []
  expression.into(focus, env, out)
  return out
}

/** The types that can occur; undefined where they are only known when it runs. */
export const possibleTypes = ({ type, types }: Expression): readonly string[] | undefined =>
  type === null ? types : [type]

/** The same values, each with its type. */
export function boxed(expression: Expression): Expression {
  const { type } = expression
  if (type === null) return expression
  if (expression.single) {
    return one(
      null,
      (focus, env) => {
        const value = expression.one(focus, env)
        return value === undefined ? undefined : typed(type, value)
      },
      expression.some,
    )
  }
  return many(
    null,
    (focus, env, out) => {
      for (const value of valuesOf(expression, focus, env)) out.push(typed(type, value))
    },
    expression.some,
  )
}

/** Makes two expressions yield values of one shape. */
export function alike(left: Expression, right: Expression): readonly [Expression, Expression] {
  if (left === EMPTY || right === EMPTY || (left.type === right.type && left.type !== null)) return [left, right]
  return [boxed(left), boxed(right)]
}

export const typeOfItem = (type: string | null, item: unknown): string => type ?? (item as TypedValue).type

export const valueOfItem = (type: string | null, item: unknown): unknown =>
  bare(type === null ? (item as TypedValue | undefined)?.value : item)

function truth(item: unknown, type: string | null): boolean | undefined {
  if (item === undefined) return undefined
  if (typeof item === 'boolean') return item
  if (!isObject(item)) return true
  const value = valueOfItem(type, item)
  return typeof value === 'boolean' ? value : value === undefined ? undefined : true
}
