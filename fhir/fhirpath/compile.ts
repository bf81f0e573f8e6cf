/**
 * FHIRPath into JavaScript closures. What the definitions say about types is used while compiling, so that running an
 * expression is reading properties. What is not covered is refused, for the caller to hand to the `fhirpath` library.
 *
 * @source http://hl7.org/fhirpath/N1/
 */
import { isSubtypeOf, typeDefinition } from '#fhir/definitions'
import { at, collectionFunctions } from './collections.ts'
import { boxed, condition, EMPTY, many, one, type Expression } from './expression.ts'
import { fhirFunctions, isOfType, resolvesTo } from './fhir-functions.ts'
import { narrowed, step } from './navigate.ts'
import { negative, operators } from './operators.ts'
import { primitiveFunctions } from './primitives.ts'
import type { FunctionTable, Scope } from './scope.ts'
import { Unsupported, type Node } from './syntax.ts'
import { castTest, isAbstractType, runtimeType, typeTest, type TypedValue, type TypeTest } from './values.ts'

const localNow = () => new Date(Date.now() + 7 * 3_600_000).toISOString().replace('Z', '+07:00')

const clockFunctions: FunctionTable = {
  now: [0, 0, () => one('System.DateTime', localNow)],
  today: [0, 0, () => one('System.Date', () => localNow().slice(0, 10))],
  timeOfDay: [0, 0, () => one('System.Time', () => localNow().slice(11, 23))],
}

const functions: FunctionTable = { ...collectionFunctions, ...primitiveFunctions, ...fhirFunctions, ...clockFunctions }

/** @source http://hl7.org/fhir/R4/fhirpath.html#variables */
const ADDRESSES: Readonly<Record<string, string>> = {
  ucum: 'http://unitsofmeasure.org',
  sct: 'http://snomed.info/sct',
  loinc: 'http://loinc.org',
}

/**
 * @param type of the value the expression will start from
 * @throws Unsupported, with the construct that is not covered
 */
export function compileNode(node: Node, type: string): Expression {
  return scopeOf(type).compile(node)
}

function scopeOf(type: string | null): Scope {
  const scope: Scope = { type, compile: (node) => compileIn(node, scope), inside: scopeOf }
  return scope
}

function compileIn(node: Node, scope: Scope): Expression {
  switch (node.kind) {
    case 'empty':
      return EMPTY
    case 'literal':
      return literal(node)
    case 'variable':
      return variable(node.name, scope)
    case 'constant':
      return constant(node.name)
    case 'member':
      return node.of === null ? firstStep(node.name, scope) : step(compileIn(node.of, scope), node.name)
    case 'index':
      return at(compileIn(node.of, scope), compileIn(node.at, scope))
    case 'negative':
      return negative(compileIn(node.of, scope))
    case 'type':
      return typeOperation(node, scope)
    case 'call':
      return call(node, scope)
    case 'operation':
      return operators[node.op]!(compileIn(node.left, scope), compileIn(node.right, scope))
  }
}

function literal({ type, value, unit }: Extract<Node, { kind: 'literal' }>): Expression {
  const constantValue = unit === undefined ? value : { value, code: unit }
  if (type === 'Boolean') return condition(() => value === true)
  return one(
    `System.${type}`,
    () => constantValue,
    () => true,
  )
}

const focused = (type: string | null): Expression => one(type, (focus) => focus ?? undefined)

function variable(name: '$this' | '$index' | '$total', { type }: Scope): Expression {
  if (name === '$index') return one('System.Integer', (_, env) => env.index)
  if (name === '$total') return many(null, (_, env, out) => void out.push(...(env.total ?? [])))
  return focused(type)
}

function constant(name: string): Expression {
  if (name === 'resource') return one('Resource', (_, env) => env.resource ?? undefined)
  if (name === 'rootResource') return one('Resource', (_, env) => env.rootResource ?? env.resource ?? undefined)
  if (name === 'context') return one(null, (_, env) => env.context ?? undefined)
  const address =
    ADDRESSES[name] ??
    (name.startsWith('vs-') ? `http://hl7.org/fhir/ValueSet/${name.slice(3)}` : undefined) ??
    (name.startsWith('ext-') ? `http://hl7.org/fhir/StructureDefinition/${name.slice(4)}` : undefined)
  if (address === undefined) throw new Unsupported(`%${name}`)
  return one('System.String', () => address)
}

/** A first segment is an element, or the name of the type of the focus (`Patient.name`). */
function firstStep(name: string, { type }: Scope): Expression {
  const focus = focused(type)
  if (!/^[A-Z]/.test(name) || typeDefinition(name) === undefined) return step(focus, name)
  if (type !== null && isSubtypeOf(type, name)) return focus
  const test = typeTest(name)!
  if (type === null || !isAbstractType(type)) return narrowed(focus, test)
  return one(name, (value) => (value !== undefined && test(runtimeType(type, value)) ? value : undefined))
}

function typeOperation({ op, of, name }: Extract<Node, { kind: 'type' }>, scope: Scope): Expression {
  const test = typeTest(name)
  if (test === undefined) throw new Unsupported(`the type ${name}`)
  if (op === 'as') return cast(of, test, scope)
  if (of.kind === 'call' && of.name === 'resolve') {
    return resolvesTo(of.of === null ? focused(scope.type) : compileIn(of.of, scope), test)
  }
  return isOfType(compileIn(of, scope), test)
}

/** `value as Quantity` reads `valueQuantity` and looks at no other property. */
function cast(of: Node, test: TypeTest, scope: Scope): Expression {
  if (of.kind === 'member' && of.of !== null) return step(compileIn(of.of, scope), of.name, test)
  if (of.kind === 'member' && /^[a-z]/.test(of.name)) return step(focused(scope.type), of.name, test)
  return narrowed(compileIn(of, scope), test)
}

function call({ of, name, args }: Extract<Node, { kind: 'call' }>, scope: Scope): Expression {
  const known = Object.hasOwn(functions, name) ? functions[name] : undefined
  if (known === undefined) throw new Unsupported(`${name}()`)
  const [least, most, compile] = known
  if (args.length < least || args.length > most) throw new Unsupported(`${name}() with ${args.length} arguments`)
  if ((name === 'as' || name === 'ofType') && of !== null && args[0]!.kind === 'member' && args[0]!.of === null) {
    const test = castTest(args[0]!.name)
    if (test !== undefined) return cast(of, test, scope)
  }
  return compile(of === null ? focused(scope.type) : compileIn(of, scope), args, scope)
}

/** Values with their types, whatever the shape of the expression. */
export const typedValues = (expression: Expression): ((focus: unknown, env: object) => TypedValue[]) => {
  const { into } = boxed(expression)
  return (focus, env) => {
    const out: unknown[] = []
    into(focus, env, out)
    return out as TypedValue[]
  }
}
