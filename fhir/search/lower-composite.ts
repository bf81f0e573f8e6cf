/** @source http://hl7.org/fhir/R4/search.html#combining */
import { accept, refuse, type Outcome } from '#fhir/outcome'
import { either, type Asked, type Question } from './asked.ts'
import { compositeElements, type CompositeElement, type CompositePart } from './composites.ts'
import { splitAt, unescaped } from './escapes.ts'
import { ANY_UNIT, partName, unitOfCode } from './extract-composite.ts'
import { codeForm, pairForm } from './forms.ts'
import { hashUnder } from './hash.ts'
import { dateTest, numberTest, quantityTests } from './lower-range.ts'
import { parameterLanes, parameterNumber } from './parameters.ts'
import { badComposite, unsupportedModifier } from './refusals.ts'
import type { Criterion, RangeTest } from './types.ts'

/** Lowers one part like a parameter of its own. */
export type LowerPart = (part: CompositePart, value: string) => Promise<Outcome<Asked>>

/** @param lower given by the caller, because parts are parameters and composites are parameters too */
export async function lowerComposite(question: Question, lower: LowerPart): Promise<Outcome<Asked>> {
  const { parameter, values, modifier, at } = question
  if (modifier !== '') return refuse([unsupportedModifier(at)])
  const elements = compositeElements(parameter.owner, parameter.code)
  const alternatives: (readonly Criterion[])[] = []
  for (const value of values) {
    const parts = splitAt(value, '$')
    if (parts.some((part) => part === '') || parts.length !== elements[0]?.parts.length)
      return refuse([badComposite(at)])
    for (const element of elements) {
      const criteria = await lowerElement(question, element, parts, lower)
      if (!criteria.ok) return criteria
      alternatives.push(criteria.value)
    }
  }
  return accept({ criteria: either(alternatives) })
}

type Conditions = Outcome<readonly Criterion[]>

async function lowerElement(
  question: Question,
  element: CompositeElement,
  values: readonly string[],
  lower: LowerPart,
): Promise<Conditions> {
  const criteria: Criterion[] = []
  for (const [i, part] of element.parts.entries()) {
    // The code of a repeating element is in the pair; asked by itself it adds the system, which the pair leaves out.
    const separate = element.repeats ? i === 0 || splitAt(values[i]!, '|').length > 1 : true
    if (!separate || (element.repeats && part.parameter.type !== 'token')) continue
    const lowered = await lower(part, values[i]!)
    if (!lowered.ok) return lowered
    criteria.push(...lowered.value.criteria)
  }
  if (!element.repeats) return accept(criteria)
  const paired = pairs(question, element, values)
  return paired.ok ? accept([...criteria, ...paired.value]) : paired
}

/** The code of a token as it is paired: without its system. */
const codeOf = (token: string) => codeForm(unescaped(splitAt(token, '|').at(-1)!))

function pairs(
  { parameter: { owner }, at, context }: Question,
  { keptUnder, parts }: Extract<CompositeElement, { repeats: true }>,
  [first, ...others]: readonly string[],
): Conditions {
  const code = codeOf(first!)
  const criteria: Criterion[] = []
  for (const [i, value] of others.entries()) {
    const { type } = parts[i + 1]!.parameter
    const tests = RANGES[type]?.(value, at, context.now)
    if (tests === undefined) {
      const word = type === 'token' ? codeOf(value) : unescaped(value)
      criteria.push({ kind: 'terms', anyOf: [hashUnder(parameterLanes(owner, keptUnder), pairForm(code, word))] })
      continue
    }
    if ('rule' in tests) return refuse([tests])
    const anyOf = tests.map(({ anyUnit, unit, ...test }) => ({
      ...test,
      unit: unitOfCode(anyUnit ? ANY_UNIT : unit, code),
    }))
    criteria.push({ kind: 'range', parameter: parameterNumber(owner, partName(keptUnder, i + 1)), anyOf })
  }
  return accept(criteria)
}

const one = (test: ReturnType<typeof dateTest>): readonly RangeTest[] | Extract<typeof test, { rule: string }> =>
  'rule' in test ? test : [test]

const RANGES: Readonly<
  Record<
    string,
    (
      value: string,
      at: string,
      now?: number,
    ) => readonly RangeTest[] | Extract<ReturnType<typeof dateTest>, { rule: string }>
  >
> = {
  date: (value, at, now) => one(dateTest(value, at, now)),
  number: (value, at) => one(numberTest(value, at)),
  quantity: (value, at) => quantityTests(value, at),
}
