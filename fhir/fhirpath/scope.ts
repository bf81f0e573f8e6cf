import type { Expression } from './expression.ts'
import type { Node } from './syntax.ts'

/** Where in an expression the compiler is: what `$this` and a first path segment refer to. */
export interface Scope {
  /** type of the focus; null: the focus is a TypedValue */
  readonly type: string | null
  readonly compile: (node: Node) => Expression
  /** the scope inside `where(…)`, `select(…)` of a collection of `type` */
  readonly inside: (type: string | null) => Scope
}

/** Compiles one function. Argument counts were checked before. */
export type FunctionCompiler = (receiver: Expression, args: readonly Node[], scope: Scope) => Expression

/** Functions by name, with the least and the greatest number of arguments. */
export type FunctionTable = Readonly<Record<string, readonly [least: number, most: number, compile: FunctionCompiler]>>
