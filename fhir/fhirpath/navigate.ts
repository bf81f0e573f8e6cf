/** Steps from a value to its children. Where the types are known they are property reads and nothing else. */
import { boxed, EMPTY, many, one, valuesOf, type Expression } from './expression.ts'
import {
  childOf,
  isAbstractType,
  isObject,
  isPrimitive,
  namedChildrenInto,
  Primitive,
  readInto,
  readOne,
  readSome,
  runtimeType,
  typed,
  type Child,
  type TypedValue,
  type TypeTest,
  type Variant,
} from './values.ts'

/** `receiver.name`; with `only`, of a choice those types that pass. */
export function step(receiver: Expression, name: string, only?: TypeTest): Expression {
  if (receiver === EMPTY) return EMPTY
  if (receiver.type === null) return narrowed(dynamicStep(receiver, name), only)
  const child = childOf(isPrimitive(receiver.type) ? 'Element' : receiver.type, name)
  if (child === undefined)
    return isAbstractType(receiver.type) ? narrowed(dynamicStep(boxed(receiver), name), only) : EMPTY
  const variants =
    only === undefined ? child.variants : child.variants.filter(({ type }) => only(type) || isAbstractType(type))
  if (variants.length === 0) return EMPTY
  if (isPrimitive(receiver.type)) return siblingStep(receiver, child)
  if (variants.length > 1) return choiceStep(receiver, variants)
  return narrowed(propertyStep(receiver, child.many, variants[0]!), only)
}

/** The values of an expression that are of a type. */
export function narrowed(expression: Expression, only: TypeTest | undefined): Expression {
  if (only === undefined || expression === EMPTY) return expression
  const { type } = expression
  if (type !== null && !isAbstractType(type)) return only(type) ? expression : EMPTY
  const passes =
    type === null
      ? (item: unknown) => only((item as TypedValue).type)
      : (item: unknown) => only(runtimeType(type, item))
  if (expression.single) {
    return one(type, (focus, env) => {
      const item = expression.one(focus, env)
      return item !== undefined && passes(item) ? item : undefined
    })
  }
  return many(type, (focus, env, out) => {
    for (const item of valuesOf(expression, focus, env)) if (passes(item)) out.push(item)
  })
}

function propertyStep(receiver: Expression, isMany: boolean, variant: Variant): Expression {
  const { type } = variant
  if (receiver.single && !isMany) {
    return one(
      type,
      (focus, env) => {
        const holder = receiver.one(focus, env)
        return isObject(holder) ? readOne(holder, variant) : undefined
      },
      (focus, env) => {
        const holder = receiver.one(focus, env)
        return isObject(holder) && readSome(holder, variant)
      },
    )
  }
  if (receiver.single) {
    return many(
      type,
      (focus, env, out) => {
        const holder = receiver.one(focus, env)
        if (isObject(holder)) readInto(holder, variant, out)
      },
      (focus, env) => {
        const holder = receiver.one(focus, env)
        return isObject(holder) && readSome(holder, variant)
      },
    )
  }
  return many(
    type,
    (focus, env, out) => {
      for (const holder of valuesOf(receiver, focus, env)) if (isObject(holder)) readInto(holder, variant, out)
    },
    (focus, env) =>
      receiver.some(focus, env) &&
      valuesOf(receiver, focus, env).some((holder) => isObject(holder) && readSome(holder, variant)),
  )
}

/** Above this many types the properties of the value are looked at, rather than every type tried. */
const FEW = 12

function choiceStep(receiver: Expression, variants: readonly Variant[]): Expression {
  const byProperty = new Map(
    variants.flatMap((each) => [[each.property, each] as const, [`_${each.property}`, each] as const]),
  )
  const present = (holder: Record<string, unknown>): Variant | undefined => {
    if (variants.length <= FEW) {
      for (const variant of variants) if (readSome(holder, variant)) return variant
      return undefined
    }
    for (const key in holder) {
      const variant = byProperty.get(key)
      if (variant !== undefined && readSome(holder, variant)) return variant
    }
    return undefined
  }
  const read = (holder: unknown): TypedValue | undefined => {
    const variant = isObject(holder) ? present(holder) : undefined
    return variant === undefined ? undefined : typed(variant.type, readOne(holder as Record<string, unknown>, variant))
  }
  const some = (holder: unknown) => isObject(holder) && present(holder) !== undefined
  const types = variants.map(({ type }) => type)
  if (receiver.single) {
    const single = one(
      null,
      (focus, env) => read(receiver.one(focus, env)),
      (focus, env) => some(receiver.one(focus, env)),
    )
    return { ...single, types }
  }
  const each = many(
    null,
    (focus, env, out) => {
      for (const holder of valuesOf(receiver, focus, env)) {
        const value = read(holder)
        if (value !== undefined) out.push(value)
      }
    },
    (focus, env) => valuesOf(receiver, focus, env).some(some),
  )
  return { ...each, types }
}

/** The id and extensions of a primitive. */
function siblingStep(receiver: Expression, child: Child): Expression {
  const variant = child.variants[0]!
  return many(variant.type, (focus, env, out) => {
    for (const item of valuesOf(receiver, focus, env)) {
      if (item instanceof Primitive && isObject(item.element)) readInto(item.element, variant, out)
    }
  })
}

function dynamicStep(receiver: Expression, name: string): Expression {
  return many(null, (focus, env, out) => {
    for (const item of valuesOf(receiver, focus, env)) namedChildrenInto(item as TypedValue, name, out as TypedValue[])
  })
}
