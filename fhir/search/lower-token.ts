/** @source http://hl7.org/fhir/R4/search.html#token */
import { requiredCodes } from '#fhir/definitions'
import { accept, refuse, type Outcome, type Refusal } from '#fhir/outcome'
import { asked, either, readEach, type Asked, type Question } from './asked.ts'
import { elementPaths } from './element-path.ts'
import { splitAt, unescaped } from './escapes.ts'
import { fold } from './fold.ts'
import { anyOfSystem, codeForm, limited, ofTypeForm, phoneForm, withoutSystem, withSystem } from './forms.ts'
import { hash64, hashUnder } from './hash.ts'
import { COMBINED, parameterConstant, parameterLanes, parameterNumber, type Parameter } from './parameters.ts'
import { badBoolean, badToken, emptyValue, unknownValueSet, unsupportedModifier } from './refusals.ts'
import type { Criterion } from './types.ts'

/** `system|code` with what was left out undefined; '' is written as nothing before or after the bar. */
interface Token {
  readonly system: string | undefined
  readonly code: string
}

function tokenOf(value: string, at: string): Token | Refusal {
  const parts = splitAt(value, '|').map(unescaped)
  const [first = '', second] = parts
  if (parts.length > 2) return badToken(at)
  if (second === undefined) return first === '' ? emptyValue(at) : { system: undefined, code: first }
  return first === '' && second === '' ? badToken(at) : { system: first, code: second }
}

const WITH_SYSTEM: ReadonlySet<string> = new Set(['Coding', 'CodeableConcept', 'Identifier'])
const AS_WRITTEN: ReadonlySet<string> = new Set(['Identifier', 'string', 'uri'])
const FLAGS: ReadonlySet<string> = new Set(['boolean', 'System.Boolean'])

/** The spellings in which a code may have been indexed. */
function spellings({ valueTypes }: Parameter, code: string): readonly string[] {
  const found = new Set<string>()
  for (const type of valueTypes) {
    found.add(AS_WRITTEN.has(type) ? code : codeForm(code))
    if (type === 'ContactPoint') found.add(phoneForm(code))
  }
  return [...found]
}

/** The texts whose hashes a token is found by; none where it cannot be found. */
export function tokenForms(parameter: Parameter, { system, code }: Token): readonly string[] {
  const namespaced = parameter.valueTypes.some((type) => WITH_SYSTEM.has(type))
  if (system === undefined) return spellings(parameter, code)
  const own = namespaced ? namespacedForms(parameter, system, code) : []
  return parameter.valueTypes.some((type) => !WITH_SYSTEM.has(type))
    ? [...own, ...implicitForms(parameter, system, code)]
    : own
}

function namespacedForms(parameter: Parameter, system: string, code: string): readonly string[] {
  if (code === '') return [anyOfSystem(system)]
  const form = (each: string) => (system === '' ? withoutSystem(each) : withSystem(system, each))
  return spellings(parameter, code).map(form)
}

/** Of a bound `code` the system is that of its binding; flags and addresses have none. */
function implicitForms(parameter: Parameter, system: string, code: string): readonly string[] {
  if (system === '') return spellings(parameter, code)
  const bound = boundCodes(parameter)
  if (code === '') return [...bound].flatMap(([each, of]) => (of === system ? [codeForm(each)] : []))
  return bound.get(code) === system ? [codeForm(code)] : []
}

const bindings = new Map<Parameter, ReadonlyMap<string, string>>()

function boundCodes(parameter: Parameter): ReadonlyMap<string, string> {
  let known = bindings.get(parameter)
  if (known === undefined) {
    const paths = elementPaths(parameter.owner, parameter.expression) ?? []
    known = new Map(
      paths.flatMap(({ element }) =>
        element.binding?.strength === 'required' ? [...(requiredCodes(element.binding.valueSet) ?? [])] : [],
      ),
    )
    bindings.set(parameter, known)
  }
  return known
}

/** The terms of all parameters under which the values of one are kept. */
export const termsOf = ({ owner, kept }: Parameter, forms: readonly string[]): readonly bigint[] =>
  kept.flatMap(({ code }) => forms.map((form) => hashUnder(parameterLanes(owner, code), form)))

type Lowering = (question: Question) => Outcome<Asked> | Promise<Outcome<Asked>>

const byCode =
  (negated: boolean): Lowering =>
  ({ parameter, values, at }) => {
    const tokens = readEach(values, (value) => tokenOf(value, at))
    if (!tokens.ok) return tokens
    const onlyFlags = parameter.valueTypes.every((type) => FLAGS.has(type))
    if (onlyFlags && tokens.value.some(({ code }) => code !== 'true' && code !== 'false'))
      return refuse([badBoolean(at)])
    return accept(criterionOf(parameter, tokens.value, negated))
  }

function criterionOf(parameter: Parameter, tokens: readonly Token[], negated: boolean): Asked {
  const forms = [...new Set(tokens.flatMap((token) => tokenForms(parameter, token)))]
  const anyOf = termsOf(parameter, forms)
  if (anyOf.length === 0) return { criteria: negated ? [] : [{ kind: 'none' }] }
  // a parameter of ours is asked for the few whom it finds
  const few = parameter.valueTypes.includes('Identifier') || parameter.reading !== undefined
  const selective = few && forms.every((form) => !form.endsWith('\n'))
  const criterion: Criterion = {
    kind: 'terms',
    anyOf,
    ...(negated ? { negated } : {}),
    ...(selective && !negated ? { selective } : {}),
  }
  const combinable = negated ? null : combinableOf(parameter, tokens, forms)
  return { criteria: [criterion], ...(combinable === null ? {} : { combinable }) }
}

/** @returns null where the parameter has no combined terms, or one of the values names a system or no system only */
function combinableOf(
  parameter: Parameter,
  tokens: readonly Token[],
  forms: readonly string[],
): Asked['combinable'] | null {
  const { code, kept } = parameter
  const alone = kept.length === 1 && COMBINED.has(code) && kept[0]!.code === code
  if (!alone || tokens.some((token) => token.system === '' || token.code === '')) return null
  const possible = tokens.filter((token) => tokenForms(parameter, token).length > 0)
  const codes = [...new Set(possible.flatMap((token) => spellings(parameter, token.code)))]
  return { code, codes, complete: forms.every((form) => codes.includes(form)) }
}

/** The texts of a code are found from their beginning and from each word. */
const byText: Lowering = ({ parameter, values, at }) => {
  const folded = readEach(values, (value) => limited(fold(unescaped(value))) || emptyValue(at))
  if (!folded.ok) return folded
  const tests = folded.value.flatMap((text) => [
    { match: 'prefix' as const, folded: text },
    { match: 'contains' as const, folded: ` ${text}` },
  ])
  const { owner, kept } = parameter
  const strings = kept.map(({ code }): readonly Criterion[] => [
    { kind: 'string', parameter: parameterNumber(owner, `${code}:text`), anyOf: tests },
  ])
  return accept({ criteria: either(strings) })
}

const inValueSet =
  (negated: boolean): Lowering =>
  async ({ parameter, values, at, context }) => {
    const expansions = await Promise.all(values.map((url) => context.expandValueSet?.(unescaped(url)) ?? null))
    if (expansions.includes(null)) return refuse([unknownValueSet(at)])
    const tokens = expansions.flatMap((codes) => (codes ?? []).map(({ system, code }) => ({ system, code })))
    return accept(criterionOf(parameter, tokens, negated))
  }

/** `type-system|type-code|value` of an identifier */
const ofType: Lowering = ({ parameter, values, at }) => {
  const { owner, code, valueTypes } = parameter
  if (!valueTypes.includes('Identifier')) return refuse([unsupportedModifier(at)])
  const forms = readEach(values, (value) => {
    const [system, type, number, ...more] = splitAt(value, '|').map(unescaped)
    return system === undefined || !type || !number || more.length > 0 ? badToken(at) : ofTypeForm(system, type, number)
  })
  if (!forms.ok) return forms
  const constant = parameterConstant(owner, `${code}:of-type`)
  return asked({ kind: 'terms', anyOf: forms.value.map((form) => hash64(form) ^ constant), selective: true })
}

export const tokenModifiers: Readonly<Record<string, Lowering>> = {
  '': byCode(false),
  not: byCode(true),
  text: byText,
  in: inValueSet(false),
  'not-in': inValueSet(true),
  'of-type': ofType,
}
