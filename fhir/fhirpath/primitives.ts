/** Functions of text, numbers and their conversions. @source http://hl7.org/fhirpath/N1/#string-manipulation */
import { condition, many, one, valueOfItem, type Expression } from './expression.ts'
import type { FunctionCompiler, FunctionTable } from './scope.ts'
import { Unsupported } from './syntax.ts'
import { isObject, isPrimitive } from './values.ts'

type Plain = string | number | boolean

const plain = (expression: Expression, focus: unknown, env: object): unknown =>
  valueOfItem(expression.type, expression.one(focus, env))

/** A function of one text and texts or numbers as arguments; empty where any is missing. */
const ofText =
  (type: string, compute: (text: string, ...args: never[]) => Plain | undefined): FunctionCompiler =>
  (receiver, nodes, scope) => {
    const args = nodes.map((node) => scope.compile(node))
    const evaluate = (focus: unknown, env: object) => {
      const text = plain(receiver, focus, env)
      if (typeof text !== 'string') return undefined
      const values = args.map((arg) => plain(arg, focus, env))
      return values.includes(undefined) ? undefined : compute(text, ...(values as never[]))
    }
    return type === 'System.Boolean' ? condition(evaluate as never) : one(type, evaluate)
  }

/** A question about two texts, without allocation. */
const ofTwoTexts =
  (ask: (text: string, other: string) => boolean | undefined): FunctionCompiler =>
  (receiver, [node], scope) => {
    const other = scope.compile(node!)
    return condition((focus, env) => {
      const text = plain(receiver, focus, env)
      if (typeof text !== 'string') return undefined
      const second = plain(other, focus, env)
      return typeof second === 'string' ? ask(text, second) : undefined
    })
  }

const patterns = new Map<string, RegExp | null>()

/** Dots match line ends. @returns null where it is no regular expression */
function pattern(source: string, flags = 's'): RegExp | null {
  const key = `${flags}/${source}`
  let known = patterns.get(key)
  if (known === undefined) {
    try {
      known = new RegExp(source, flags)
    } catch {
      known = null
    }
    if (patterns.size < 2000) patterns.set(key, known)
  }
  return known
}

/** Arithmetic of dates and quantities is left to the library. */
export const mayBeNumber = ({ type }: Expression): boolean =>
  type === null || isPrimitive(type) ? !/[dD]ate|[tT]ime|instant/.test(type ?? '') : type === 'System.Any'

const ofNumber =
  (compute: (value: number, ...args: number[]) => number, type?: string): FunctionCompiler =>
  (receiver, nodes, scope) => {
    if (!mayBeNumber(receiver)) throw new Unsupported(`arithmetic with ${receiver.type}`)
    const args = nodes.map((node) => scope.compile(node))
    return one(type ?? 'System.Decimal', (focus, env) => {
      const value = plain(receiver, focus, env)
      const values = args.map((arg) => plain(arg, focus, env))
      if (typeof value !== 'number' || values.some((each) => typeof each !== 'number')) return undefined
      const result = compute(value, ...(values as number[]))
      return Number.isFinite(result) ? result : undefined
    })
  }

/** How a value of each kind converts; undefined where it does not. */
const CONVERSIONS: Readonly<Record<string, (value: unknown) => Plain | undefined>> = {
  Boolean: (value) => {
    if (typeof value === 'boolean') return value
    const word = String(value).toLowerCase()
    if (['true', 't', 'yes', 'y', '1', '1.0'].includes(word)) return true
    return ['false', 'f', 'no', 'n', '0', '0.0'].includes(word) ? false : undefined
  },
  Integer: (value) => {
    if (typeof value === 'boolean') return value ? 1 : 0
    return /^[+-]?\d+$/.test(String(value)) ? Number(value) : undefined
  },
  Decimal: (value) => {
    if (typeof value === 'number') return value
    if (typeof value === 'boolean') return value ? 1 : 0
    return /^[+-]?\d+(\.\d+)?$/.test(String(value)) ? Number(value) : undefined
  },
  String: (value) => {
    if (!isObject(value)) return String(value)
    const unit = value['code'] ?? value['unit']
    return typeof value['value'] === 'number' ? `${value['value']} '${String(unit ?? '1')}'` : undefined
  },
  Date: (value) => /^\d{4}(-\d\d(-\d\d)?)?(?=T|$)/.exec(String(value))?.[0],
  DateTime: (value) =>
    /^\d{4}(-\d\d(-\d\d(T\d\d(:\d\d(:\d\d(\.\d+)?)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/.test(String(value))
      ? String(value)
      : undefined,
  Time: (value) =>
    /^T?\d\d(:\d\d(:\d\d(\.\d+)?)?)?$/.test(String(value)) ? String(value).replace('T', '') : undefined,
}

const conversions: FunctionTable = Object.fromEntries(
  Object.entries(CONVERSIONS).flatMap(([name, convert]) => {
    const to: FunctionCompiler = (receiver) => {
      // A literal 1.0 is the number 1 here; its digits are gone.
      if (name === 'String' && receiver.type === 'System.Decimal') throw new Unsupported('toString() of a decimal')
      return one(`System.${name}`, (focus, env) => {
        const value = plain(receiver, focus, env)
        return value === undefined ? undefined : convert(value)
      })
    }
    const converts: FunctionCompiler = (receiver) =>
      condition((focus, env) => {
        const value = plain(receiver, focus, env)
        return value === undefined ? undefined : convert(value) !== undefined
      })
    return [
      [`to${name}`, [0, 0, to]],
      [`convertsTo${name}`, [0, 0, converts]],
    ]
  }),
)

const matches = (wrap: (source: string) => string) => ofTwoTexts((text, source) => pattern(wrap(source))?.test(text))

const split: FunctionCompiler = (receiver, [node], scope) => {
  const separator = scope.compile(node!)
  return many('System.String', (focus, env, out) => {
    const text = plain(receiver, focus, env)
    const by = plain(separator, focus, env)
    if (typeof text === 'string' && typeof by === 'string') out.push(...text.split(by))
  })
}

const join: FunctionCompiler = (receiver, [node], scope) => {
  const separator = node === undefined ? null : scope.compile(node)
  return one('System.String', (focus, env) => {
    const items: unknown[] = []
    receiver.into(focus, env, items)
    const by = separator === null ? '' : plain(separator, focus, env)
    return items.length === 0
      ? undefined
      : items.map((item) => String(valueOfItem(receiver.type, item))).join(String(by))
  })
}

const toChars: FunctionCompiler = (receiver) =>
  many('System.String', (focus, env, out) => {
    const text = plain(receiver, focus, env)
    if (typeof text === 'string') out.push(...text)
  })

function substring(text: string, from: number, length?: number): string | undefined {
  if (from < 0 || from >= text.length) return undefined
  return text.slice(from, length === undefined ? undefined : from + Math.max(0, length))
}

const power = (base: number, exponent: number) => base ** exponent
const rounded = (value: number, digits = 0) => Math.round((value + Number.EPSILON) * 10 ** digits) / 10 ** digits

export const primitiveFunctions: FunctionTable = {
  ...conversions,
  abs: [0, 0, ofNumber(Math.abs)],
  ceiling: [0, 0, ofNumber(Math.ceil, 'System.Integer')],
  contains: [1, 1, ofTwoTexts((text, part) => text.includes(part))],
  endsWith: [1, 1, ofTwoTexts((text, part) => text.endsWith(part))],
  exp: [0, 0, ofNumber(Math.exp)],
  floor: [0, 0, ofNumber(Math.floor, 'System.Integer')],
  indexOf: [1, 1, ofText('System.Integer', (text, part: string) => text.indexOf(part))],
  join: [0, 1, join],
  length: [0, 0, ofText('System.Integer', (text) => text.length)],
  ln: [0, 0, ofNumber(Math.log)],
  log: [1, 1, ofNumber((value, base) => Math.log(value) / Math.log(base!))],
  lower: [0, 0, ofText('System.String', (text) => text.toLowerCase())],
  matches: [1, 1, matches((source) => source)],
  matchesFull: [1, 1, matches((source) => `^(?:${source})$`)],
  power: [1, 1, ofNumber((value, exponent) => power(value, exponent!))],
  replace: [
    2,
    2,
    ofText('System.String', (text, part: string, by: string) =>
      part === '' ? by + [...text].join(by) + by : text.replaceAll(part, () => by),
    ),
  ],
  replaceMatches: [
    2,
    2,
    ofText('System.String', (text, source: string, by: string) => {
      const found = source === '' ? undefined : pattern(source, 'gs')
      return found === undefined ? text : found === null ? undefined : text.replace(found, by)
    }),
  ],
  round: [0, 1, ofNumber(rounded)],
  split: [1, 1, split],
  sqrt: [0, 0, ofNumber(Math.sqrt)],
  startsWith: [1, 1, ofTwoTexts((text, part) => text.startsWith(part))],
  substring: [1, 2, ofText('System.String', substring as never)],
  toChars: [0, 0, toChars],
  trim: [0, 0, ofText('System.String', (text) => text.trim())],
  truncate: [0, 0, ofNumber(Math.trunc, 'System.Integer')],
  upper: [0, 0, ofText('System.String', (text) => text.toUpperCase())],
}
