import { compileNode, typedValues } from './compile.ts'
import { possibleTypes, type Environment, type Expression } from './expression.ts'
import { parse } from './parse.ts'
import { SyntaxFault, Unsupported } from './syntax.ts'
import { bare, Primitive, typed, type TypedValue } from './values.ts'

/** The expression uses something the compiler leaves to the `fhirpath` library; or it is no FHIRPath. */
export interface NotCompiled {
  readonly unsupported: string
}

export type Path = (focus: unknown, env?: Environment) => TypedValue[]
export type Test = (focus: unknown, env?: Environment) => boolean | undefined

const NOTHING: Environment = {}
const compiled = new Map<string, Expression | NotCompiled>()

function expressionOf(expression: string, type: string): Expression | NotCompiled {
  const key = `${type} ${expression}`
  let known = compiled.get(key)
  if (known === undefined) {
    known = compile(expression, type)
    compiled.set(key, known)
  }
  return known
}

function compile(expression: string, type: string): Expression | NotCompiled {
  try {
    return compileNode(parse(expression), type)
  } catch (fault) {
    if (fault instanceof Unsupported || fault instanceof SyntaxFault) return { unsupported: fault.message }
    throw fault
  }
}

const hasElement = ({ value }: TypedValue) => value instanceof Primitive

/** `%context` is what evaluation starts from. */
const withContext = (expression: string, type: string) =>
  expression.includes('%context')
    ? (focus: unknown, env: Environment): Environment => ({ ...env, context: typed(type, focus) })
    : (_: unknown, env: Environment): Environment => env

/**
 * Compiles an expression that selects values. Compiled once for each context type and kept; meant for expressions of
 * the standard and of profiles, not for ones that come with a request.
 *
 * @param contextType type of the focus: `Patient`, `Observation.component`, `Quantity`
 * @returns the values with their types; a primitive that has only extensions has an undefined value. Never throws.
 */
export function compilePath(expression: string, contextType: string): Path | NotCompiled {
  const found = expressionOf(expression, contextType)
  if ('unsupported' in found) return found
  const evaluate = typedValues(found)
  const environment = withContext(expression, contextType)
  return (focus, env = NOTHING) => {
    const values = evaluate(focus, environment(focus, env))
    return values.some(hasElement) ? values.map(({ type, value }) => ({ type, value: bare(value) })) : values
  }
}

/** What the definitions tell about the values an expression selects. */
export interface PathShape {
  /** undefined where they are only known when it runs (contained resources, extensions' contents) */
  readonly types: readonly string[] | undefined
  readonly single: boolean
}

/** @returns undefined where the expression is not compiled */
export function pathShape(expression: string, contextType: string): PathShape | undefined {
  const found = expressionOf(expression, contextType)
  return 'unsupported' in found ? undefined : { types: possibleTypes(found), single: found.single }
}

/**
 * Compiles an expression as a condition: an invariant. Stops at the first operand that decides, and allocates nothing
 * where paths are single.
 *
 * @returns true, false, or undefined where the expression is empty. Never throws.
 */
export function compileTest(expression: string, contextType: string): Test | NotCompiled {
  const found = expressionOf(expression, contextType)
  if ('unsupported' in found) return found
  const { test } = found
  if (!expression.includes('%context')) return (focus, env = NOTHING) => test(focus, env)
  const environment = withContext(expression, contextType)
  return (focus, env = NOTHING) => test(focus, environment(focus, env))
}
