/** What FHIR adds to FHIRPath. @source http://hl7.org/fhir/R4/fhirpath.html#functions */
import { isResourceType } from '#fhir/definitions'
import { boxed, condition, many, one, valueOfItem, valuesOf, type Environment, type Expression } from './expression.ts'
import { narrowed, step } from './navigate.ts'
import type { FunctionCompiler, FunctionTable } from './scope.ts'
import { Unsupported, type Node } from './syntax.ts'
import { castTest, isObject, typeTest, type TypeTest } from './values.ts'

const extension: FunctionCompiler = (receiver, [node], scope) => {
  const url = scope.compile(node!)
  const all = step(receiver, 'extension')
  return many(all.type, (focus, env, out) => {
    if (!all.some(focus, env)) return
    const wanted = valueOfItem(url.type, url.one(focus, env))
    for (const each of valuesOf(all, focus, env)) {
      const value = valueOfItem(all.type, each)
      if (isObject(value) && value['url'] === wanted) out.push(each)
    }
  })
}

const hasExtension: FunctionCompiler = (receiver, args, scope) => condition(extension(receiver, args, scope).some)

const hasValue: FunctionCompiler = (receiver) =>
  condition((focus, env) => {
    const value = valueOfItem(receiver.type, receiver.one(focus, env))
    return value !== undefined && !isObject(value)
  })

const getValue: FunctionCompiler = (receiver) =>
  one(receiver.type, (focus, env) => {
    const item = receiver.one(focus, env)
    const value = valueOfItem(receiver.type, item)
    return value === undefined || isObject(value) ? undefined : item
  })

/** Names a type as a reference would: `Patient/1`, `http://server/fhir/Patient/1/_history/2`. */
const REFERENCE = /(?:^|\/)([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[^/]+)?$/

/** The resource type a literal reference names; null where its text does not say. */
export function referencedType(reference: string): string | null {
  const named = REFERENCE.exec(reference)?.[1]
  return named !== undefined && isResourceType(named) ? named : null
}

const textOf = (value: unknown): string | undefined => {
  const text = isObject(value) ? value['reference'] : value
  return typeof text === 'string' ? text : undefined
}

function containedWithId(env: Environment, id: string): unknown {
  for (const holder of [env.rootResource ?? env.resource, env.resource]) {
    if (!isObject(holder)) continue
    if (id === '') return holder
    const contained = holder['contained']
    const found = Array.isArray(contained)
      ? contained.find((each: unknown) => isObject(each) && each['id'] === id)
      : undefined
    if (found !== undefined) return found
  }
  return undefined
}

function resolved(value: unknown, env: Environment): unknown {
  const text = textOf(value)
  if (text === undefined) return undefined
  const found = text.startsWith('#') ? containedWithId(env, text.slice(1)) : env.resolve?.(text)
  return isObject(found) ? found : undefined
}

const resolve: FunctionCompiler = (receiver) => {
  if (receiver.single) {
    return one('Resource', (focus, env) => resolved(valueOfItem(receiver.type, receiver.one(focus, env)), env))
  }
  return many('Resource', (focus, env, out) => {
    for (const item of valuesOf(receiver, focus, env)) {
      const found = resolved(valueOfItem(receiver.type, item), env)
      if (found !== undefined) out.push(found)
    }
  })
}

/** The type a reference points to, as far as its text, its `type` or what is contained tells. */
function typeBehind(value: unknown, env: Environment): string | null {
  const text = textOf(value)
  const named = text === undefined || text.startsWith('#') ? null : referencedType(text)
  if (named !== null) return named
  const target = resolved(value, env)
  if (isObject(target) && typeof target['resourceType'] === 'string') return target['resourceType']
  return isObject(value) && typeof value['type'] === 'string' ? value['type'] : null
}

/** `reference.resolve() is Patient`, without fetching anything where the reference names the type itself. */
export function resolvesTo(receiver: Expression, is: TypeTest): Expression {
  return condition((focus, env) => {
    const item = receiver.one(focus, env)
    if (item === undefined) return undefined
    const type = typeBehind(valueOfItem(receiver.type, item), env)
    return type === null ? undefined : is(type)
  })
}

/** `is`, on one value */
export function isOfType(receiver: Expression, is: TypeTest): Expression {
  const from = boxed(receiver)
  return condition((focus, env) => {
    const item = from.one(focus, env)
    return item === undefined ? undefined : is((item as { type: string }).type)
  })
}

/** A type name given as an argument: `is(Patient)`, `ofType(FHIR.string)`. */
function named(node: Node | undefined, testOf = typeTest): TypeTest {
  const test = node?.kind === 'member' ? testOf(written(node)) : undefined
  if (test === undefined) throw new Unsupported('a type that is not known')
  return test
}

function written(node: Node): string {
  if (node.kind !== 'member') throw new Unsupported('a type that is not a name')
  return node.of === null ? node.name : `${written(node.of)}.${node.name}`
}

const refused =
  (name: string): FunctionCompiler =>
  () => {
    throw new Unsupported(`${name}()`)
  }

export const fhirFunctions: FunctionTable = {
  as: [1, 1, (receiver, [node]) => narrowed(receiver, named(node, castTest))],
  conformsTo: [1, 1, refused('conformsTo')],
  elementDefinition: [0, 0, refused('elementDefinition')],
  extension: [1, 1, extension],
  getValue: [0, 0, getValue],
  hasExtension: [1, 1, hasExtension],
  hasValue: [0, 0, hasValue],
  htmlChecks: [0, 0, refused('htmlChecks')],
  is: [1, 1, (receiver, [node]) => isOfType(receiver, named(node))],
  memberOf: [1, 1, refused('memberOf')],
  ofType: [1, 1, (receiver, [node]) => narrowed(receiver, named(node, castTest))],
  resolve: [0, 0, resolve],
  slice: [2, 2, refused('slice')],
  subsumedBy: [1, 1, refused('subsumedBy')],
  subsumes: [1, 1, refused('subsumes')],
}
