import type { Environment, TypedValue } from '#fhir/fhirpath'
import type { Collector } from './collector.ts'
import { compositeElements, type CompositeElement } from './composites.ts'
import { dateIntervals, numberIntervals, quantityIntervals, type Interval } from './extract-range.ts'
import { codesOf } from './extract-token.ts'
import { fields, text } from './fields.ts'
import { pairForm } from './forms.ts'
import { hash64, hashUnder } from './hash.ts'
import { parameterLanes, parameterNumber } from './parameters.ts'

/** What a range of a composite has as unit: the interval's own, mixed with the code it belongs to. */
export const unitOfCode = (unit: bigint, code: string): bigint => unit ^ hash64(`of code ${code}`)

/** The unit of a composite's quantity for searches that name none: its value as written. */
export const ANY_UNIT = hash64('any unit')

/** The derived names under which the second, third, … part of a composite is kept. */
export const partName = (code: string, part: number): string => (part === 1 ? code : `${code}:${part}`)

const INTERVALS: Readonly<Record<string, (value: TypedValue) => readonly Interval[]>> = {
  date: dateIntervals,
  number: numberIntervals,
  quantity: (value) => [
    ...quantityIntervals(value).map(({ unit, low, high }) => ({ unit, low, high })),
    ...numberIntervals({ type: value.type, value: numberOf(value) }).map((own) => ({ ...own, unit: ANY_UNIT })),
  ],
}

/** The number of a quantity without its unit; of a range both. */
const numberOf = ({ type, value }: TypedValue): unknown => (type === 'Range' ? value : fields(value)['value'])

/** The words by which a value that is no interval is paired with its code. */
export function wordsOf(value: TypedValue): readonly string[] {
  if (value.type === 'Reference') return [text(fields(value.value)['reference']) ?? []].flat()
  return codesOf(value).map(({ code }) => code)
}

type Extractor = (resource: unknown, env: Environment, into: Collector) => boolean

/** @returns what adds a composite's values to a collector; it answers whether the resource has all parts */
export function compositeExtractor(owner: string, code: string): Extractor {
  const extractors = compositeElements(owner, code).map((element) => elementExtractor(owner, code, element))
  return (resource, env, into) => {
    let present = false
    for (const extract of extractors) if (extract(resource, env, into)) present = true
    return present
  }
}

function elementExtractor(owner: string, code: string, element: CompositeElement): Extractor {
  const { parts } = element
  const complete = (holder: unknown, env: Environment) => parts.every(({ exists }) => exists(holder, env) === true)
  if (!element.repeats) return (resource, env) => complete(resource, env)
  const add = element.keptUnder === code ? pairing(owner, element) : () => {}
  return (resource, env, into) => {
    let present = false
    for (const { value } of element.elements(resource, env)) {
      if (!complete(value, env)) continue
      present = true
      add(value, env, into)
    }
    return present
  }
}

function pairing(owner: string, { keptUnder, parts }: Extract<CompositeElement, { repeats: true }>) {
  const lanes = parameterLanes(owner, keptUnder)
  const numbers = parts.map((_, i) => parameterNumber(owner, partName(keptUnder, i)))
  return (holder: unknown, env: Environment, into: Collector) => {
    const codes = new Set(parts[0]!.values(holder, env).flatMap((value) => codesOf(value).map(({ code }) => code)))
    for (let i = 1; i < parts.length; i++) {
      const intervals = INTERVALS[parts[i]!.parameter.type]
      for (const value of parts[i]!.values(holder, env)) {
        for (const code of codes) {
          if (intervals === undefined) {
            for (const word of wordsOf(value)) into.addTerm(hashUnder(lanes, pairForm(code, word)))
          } else {
            for (const interval of intervals(value)) {
              into.addRange({ ...interval, parameter: numbers[i]!, unit: unitOfCode(interval.unit, code) })
            }
          }
        }
      }
    }
  }
}
