/** Operators between two expressions. @source http://hl7.org/fhirpath/N1/#operations */
import { membership, union } from './collections.ts'
import { equal, equivalent, order } from './compare.ts'
import {
  condition,
  EMPTY,
  many,
  one,
  typeOfItem,
  valueOfItem,
  valuesOf,
  type Environment,
  type Expression,
} from './expression.ts'
import { mayBeNumber } from './primitives.ts'
import { Unsupported } from './syntax.ts'
import { isObject } from './values.ts'

type Operator = (left: Expression, right: Expression) => Expression
type Compared = (leftType: string, left: unknown, rightType: string, right: unknown) => boolean | undefined

/** Equality of collections: in order; empty where either is. */
const equality =
  (compare: Compared, negated: boolean): Operator =>
  (left, right) => {
    const asked = left.single && right.single ? ofSingles(left, right, compare) : ofLists(left, right, compare)
    if (!negated) return condition(asked)
    return condition((focus, env) => {
      const answer = asked(focus, env)
      return answer === undefined ? undefined : !answer
    })
  }

function ofSingles(left: Expression, right: Expression, compare: Compared) {
  return (focus: unknown, env: Environment) => {
    const a = left.one(focus, env)
    if (a === undefined) return undefined
    const b = right.one(focus, env)
    if (b === undefined) return undefined
    return compare(
      typeOfItem(left.type, a),
      valueOfItem(left.type, a),
      typeOfItem(right.type, b),
      valueOfItem(right.type, b),
    )
  }
}

function ofLists(left: Expression, right: Expression, compare: Compared) {
  return (focus: unknown, env: Environment) => {
    const a = valuesOf(left, focus, env)
    const b = a.length === 0 ? [] : valuesOf(right, focus, env)
    if (a.length === 0 || b.length === 0) return undefined
    if (a.length !== b.length) return false
    let answer: boolean | undefined = true
    for (let i = 0; i < a.length; i++) {
      const each = compare(
        typeOfItem(left.type, a[i]),
        valueOfItem(left.type, a[i]),
        typeOfItem(right.type, b[i]),
        valueOfItem(right.type, b[i]),
      )
      if (each === false) return false
      if (each === undefined) answer = undefined
    }
    return answer
  }
}

/** Equivalence of collections: in any order; two empty ones are equivalent. */
const equivalence =
  (negated: boolean): Operator =>
  (left, right) =>
    condition((focus, env) => {
      const a = valuesOf(left, focus, env)
      const b = valuesOf(right, focus, env)
      const found = (item: unknown) =>
        b.some((other) =>
          equivalent(
            typeOfItem(left.type, item),
            valueOfItem(left.type, item),
            typeOfItem(right.type, other),
            valueOfItem(right.type, other),
          ),
        )
      return (a.length === b.length && a.every(found)) !== negated
    })

const ordering =
  (holds: (order: number) => boolean): Operator =>
  (left, right) =>
    condition((focus, env) => {
      const a = left.one(focus, env)
      const b = a === undefined ? undefined : right.one(focus, env)
      if (a === undefined || b === undefined) return undefined
      const found = order(
        typeOfItem(left.type, a),
        valueOfItem(left.type, a),
        typeOfItem(right.type, b),
        valueOfItem(right.type, b),
      )
      return found === undefined ? undefined : holds(found)
    })

const and: Operator = (left, right) =>
  condition((focus, env) => {
    const a = left.test(focus, env)
    if (a === false) return false
    const b = right.test(focus, env)
    if (b === false) return false
    return a === undefined || b === undefined ? undefined : true
  })

const or: Operator = (left, right) =>
  condition((focus, env) => {
    const a = left.test(focus, env)
    if (a === true) return true
    const b = right.test(focus, env)
    if (b === true) return true
    return a === undefined || b === undefined ? undefined : false
  })

const xor: Operator = (left, right) =>
  condition((focus, env) => {
    const a = left.test(focus, env)
    const b = right.test(focus, env)
    return a === undefined || b === undefined ? undefined : a !== b
  })

const implies: Operator = (left, right) =>
  condition((focus, env) => {
    const a = left.test(focus, env)
    if (a === false) return true
    const b = right.test(focus, env)
    if (b === true) return true
    return a === undefined || b === undefined ? undefined : false
  })

/** Decimals keep to eight digits, the least the standard asks for, so that 0.1 + 0.2 is 0.3. */
const decimal = (value: number) => (Number.isFinite(value) ? Number(value.toPrecision(15)) : undefined)

type Computed = (a: number, b: number) => number | undefined

const arithmetic =
  (compute: Computed, words?: (a: string, b: string) => string, always?: string): Operator =>
  (left, right) => {
    if (!mayBeNumber(left) || !mayBeNumber(right)) throw new Unsupported(`arithmetic with ${left.type}, ${right.type}`)
    const whole = (expression: Expression) => /^(?:System\.I|i|positiveI|unsignedI)/.test(expression.type ?? '')
    const textual =
      words !== undefined && [left, right].some(({ type }) => /tring|code|uri|id|markdown/.test(type ?? ''))
    const type =
      always ?? (textual ? 'System.String' : whole(left) && whole(right) ? 'System.Integer' : 'System.Decimal')
    return one(type, (focus, env) => {
      const a = valueOfItem(left.type, left.one(focus, env))
      const b = valueOfItem(right.type, right.one(focus, env))
      if (typeof a === 'number' && typeof b === 'number') return compute(a, b)
      return words !== undefined && typeof a === 'string' && typeof b === 'string' ? words(a, b) : undefined
    })
  }

const concatenation: Operator = (left, right) =>
  one('System.String', (focus, env) => {
    const a = valueOfItem(left.type, left.one(focus, env)) ?? ''
    const b = valueOfItem(right.type, right.one(focus, env)) ?? ''
    return isObject(a) || isObject(b) ? undefined : `${String(a)}${String(b)}`
  })

/** `-value` */
export const negative = (of: Expression): Expression =>
  of === EMPTY
    ? EMPTY
    : many(of.type, (focus, env, out) => {
        const value = valueOfItem(of.type, of.one(focus, env))
        if (typeof value === 'number') out.push(of.type === null ? { type: 'System.Decimal', value: -value } : -value)
      })

export const operators: Readonly<Record<string, Operator>> = {
  '=': equality(equal, false),
  '!=': equality(equal, true),
  '~': equivalence(false),
  '!~': equivalence(true),
  '<': ordering((found) => found < 0),
  '<=': ordering((found) => found <= 0),
  '>': ordering((found) => found > 0),
  '>=': ordering((found) => found >= 0),
  '|': union,
  '&': concatenation,
  '+': arithmetic(
    (a, b) => decimal(a + b),
    (a, b) => a + b,
  ),
  '-': arithmetic((a, b) => decimal(a - b)),
  '*': arithmetic((a, b) => decimal(a * b)),
  '/': arithmetic((a, b) => (b === 0 ? undefined : decimal(a / b)), undefined, 'System.Decimal'),
  div: arithmetic((a, b) => (b === 0 ? undefined : Math.trunc(a / b)), undefined, 'System.Integer'),
  mod: arithmetic((a, b) => (b === 0 ? undefined : decimal(a % b))),
  and,
  or,
  xor,
  implies,
  in: membership,
  contains: (collection, item) => membership(item, collection),
}
