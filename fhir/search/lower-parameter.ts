/**
 * One parameter of a request, with its modifier, chain or `_has`, as conditions on the index.
 *
 * @source http://hl7.org/fhir/R4/search.html
 */
import { isResourceType, resourceTypes } from '#fhir/definitions'
import { refuse, type Outcome, type Refusal } from '#fhir/outcome'
import { asked, readEach, type Asked, type Question, type SearchContext } from './asked.ts'
import { combinedTerms } from './combine.ts'
import { splitAt, unescaped } from './escapes.ts'
import { selfHash } from './hash.ts'
import { lowerComposite } from './lower-composite.ts'
import { dateModifiers, dateTest, numberModifiers, quantityModifiers } from './lower-range.ts'
import { lowerReference, uriModifiers } from './lower-reference.ts'
import { stringModifiers } from './lower-string.ts'
import { tokenModifiers } from './lower-token.ts'
import {
  parameter,
  parameterBit,
  parameterConstant,
  parameterNumber,
  promotedPatient,
  targetsOf,
  type Parameter,
} from './parameters.ts'
import {
  badBoolean,
  badChain,
  badHas,
  badReference,
  emptyValue,
  notSupported,
  tooMuch,
  unknownParameter,
  unsupportedModifier,
} from './refusals.ts'

/** Chains and `_has` may be this deep. */
const DEEPEST = 3
const MOST_ALTERNATIVES = 1000

/** What is asked, of which type, under which name. */
interface Asking {
  readonly type: string
  readonly name: string
  readonly value: string
  /** the parameter as it stands in the request, for refusals */
  readonly at: string
  readonly context: SearchContext
  readonly depth: number
}

/** Lowers one `name=value` for one resource type. */
export async function lowerParameter(
  type: string,
  name: string,
  value: string,
  context: SearchContext,
): Promise<Outcome<Asked>> {
  return await lower({ type, name, value, at: name, context, depth: 0 })
}

function lower(asking: Asking): Outcome<Asked> | Promise<Outcome<Asked>> {
  const { name, at, value } = asking
  if (name.startsWith('_has:')) return lowerHas(asking)
  const dot = name.indexOf('.')
  if (dot >= 0) return lowerChain(asking, name.slice(0, dot), name.slice(dot + 1))
  const [code = '', modifier = '', ...more] = name.split(':')
  if (more.length > 0) return refuse([unsupportedModifier(at)])
  const values = splitAt(value, ',')
  if (values.length > MOST_ALTERNATIVES) return refuse([tooMuch(at)])
  const apart = Object.hasOwn(APART, code) ? APART[code] : undefined
  if (apart !== undefined)
    return modifier === '' || (code === '_id' && modifier === 'not')
      ? apart(asking, values, modifier)
      : refuse([unsupportedModifier(at)])
  const found = parameter(asking.type, code)
  if (found === undefined) return refuse([unknownParameter(at)])
  return lowerKnown({ parameter: found, modifier, values, at, context: asking.context })
}

type Apart = (asking: Asking, values: readonly string[], modifier: string) => Outcome<Asked>

const ID = /^[A-Za-z0-9\-.]{1,64}$/

/** Parameters that are no index entries. */
const APART: Readonly<Record<string, Apart>> = {
  _id: ({ type, at }, values, modifier) => {
    const ids = readEach(values, (value) => {
      const text = unescaped(value)
      const id = text.startsWith(`${type}/`) ? text.slice(type.length + 1) : text
      return id === '' ? emptyValue(at) : ID.test(id) ? id : badReference(at)
    })
    if (!ids.ok) return ids
    const anyOf = ids.value.map((id) => selfHash(type, id))
    return asked({ kind: 'self', anyOf, ...(modifier === 'not' ? { negated: true } : {}) })
  },
  _lastUpdated: ({ at, context }, values) => {
    const tests = readEach(values, (value) => dateTest(value, at, context.now))
    return tests.ok ? asked({ kind: 'updated', anyOf: tests.value }) : tests
  },
  _text: ({ at }) => refuse([notSupported(at)]),
  _content: ({ at }) => refuse([notSupported(at)]),
  _filter: ({ at }) => refuse([notSupported(at)]),
  _query: ({ at }) => refuse([notSupported(at)]),
  _list: ({ at }) => refuse([notSupported(at)]),
}

type Lowering = (question: Question) => Outcome<Asked> | Promise<Outcome<Asked>>

const withModifiers =
  (modifiers: Readonly<Record<string, Lowering>>): Lowering =>
  (question) => {
    const lowering = Object.hasOwn(modifiers, question.modifier) ? modifiers[question.modifier] : undefined
    return lowering === undefined ? refuse([unsupportedModifier(question.at)]) : lowering(question)
  }

/** @source http://hl7.org/fhir/R4/search.html#ptypes */
const LOWERINGS: Readonly<Record<Parameter['type'], Lowering>> = {
  token: withModifiers(tokenModifiers),
  string: withModifiers(stringModifiers),
  reference: lowerReference,
  uri: withModifiers(uriModifiers),
  date: withModifiers(dateModifiers),
  number: withModifiers(numberModifiers),
  quantity: withModifiers(quantityModifiers),
  composite: (question) =>
    lowerComposite(question, async (part, value) =>
      LOWERINGS[part.parameter.type]({ ...question, parameter: part.parameter, modifier: '', values: [value] }),
    ),
  special: ({ at }) => refuse([notSupported(at)]),
}

function lowerKnown(question: Question): Outcome<Asked> | Promise<Outcome<Asked>> {
  const { parameter: found, modifier, values, at } = question
  if (modifier === 'missing') return lowerMissing(found, values, at)
  if (values.includes('')) return refuse([emptyValue(at)])
  return LOWERINGS[found.type](question)
}

function lowerMissing({ owner, code }: Parameter, [value, ...more]: readonly string[], at: string): Outcome<Asked> {
  if ((value !== 'true' && value !== 'false') || more.length > 0) return refuse([badBoolean(at)])
  return asked({ kind: 'missing', bit: parameterBit(owner, code), missing: value === 'true' })
}

/** `subject:Patient.name`: the reference and what is asked of its target. */
async function lowerChain(asking: Asking, link: string, rest: string): Promise<Outcome<Asked>> {
  const { at, type, depth } = asking
  const [code = '', named, ...more] = link.split(':')
  const reference = parameter(type, code)
  if (reference === undefined) return refuse([unknownParameter(at)])
  const allowed = targetsOf(reference)
  if (reference.type !== 'reference' || more.length > 0 || depth >= DEEPEST || rest === '')
    return refuse([badChain(at)])
  if (named !== undefined && (!isResourceType(named) || (allowed.length > 0 && !allowed.includes(named))))
    return refuse([badChain(at)])
  const candidates = named === undefined ? allowed : [named]
  if (candidates.length === 0) return refuse([badChain(at)])
  return chainTo(asking, reference, candidates, rest)
}

async function chainTo(
  asking: Asking,
  reference: Parameter,
  candidates: readonly string[],
  rest: string,
): Promise<Outcome<Asked>> {
  const { type, at, depth } = asking
  const lowered = await Promise.all(
    candidates.map(async (target) => ({
      type: target,
      asked: await lower({ ...asking, type: target, name: rest, depth: depth + 1 }),
    })),
  )
  const targets = lowered.flatMap(({ type: target, asked: each }) =>
    each.ok ? [{ type: target, criteria: each.value.criteria }] : [],
  )
  if (targets.length === 0)
    return refuse(
      mostTelling(
        lowered.map(({ asked: each }) => (each.ok ? [] : each.refusals)),
        at,
      ),
    )
  const keeper = reference.kept[0]!.code
  return asked({
    kind: 'chain',
    constant: parameterConstant(type, reference.code),
    promotedPatient: promotedPatient(type) === keeper && targets.every((target) => target.type === 'Patient'),
    targets,
  })
}

/** Where no candidate type can be asked: rather that its value is wrong than that it lacks the parameter. */
function mostTelling(refusals: readonly (readonly Refusal[])[], at: string): readonly Refusal[] {
  const found = refusals.find(([first]) => first !== undefined && first.rule !== 'SEARCH-1') ?? refusals[0]
  return found ?? [badChain(at)]
}

/** `_has:Observation:patient:code`: something refers to this resource, and what is asked of it. */
async function lowerHas(asking: Asking): Promise<Outcome<Asked>> {
  const { name, at, type, depth } = asking
  const [, referring = '', code = '', ...rest] = name.split(':')
  if (!isResourceType(referring) || rest.length === 0 || depth >= DEEPEST) return refuse([badHas(at)])
  const reference = parameter(referring, code)
  if (reference?.type !== 'reference') return refuse([badHas(at)])
  const targets = targetsOf(reference)
  if (targets.length > 0 && !targets.includes(type)) return refuse([badHas(at)])
  const inner = await lower({ ...asking, type: referring, name: rest.join(':'), depth: depth + 1 })
  if (!inner.ok) return inner
  const { criteria, combinable } = inner.value
  const ofPatient = type === 'Patient' && promotedPatient(referring) === reference.kept[0]?.code
  return asked({
    kind: 'has',
    of: type,
    type: referring,
    parameter: parameterNumber(referring, code),
    constant: parameterConstant(referring, code),
    criteria,
    ...(ofPatient && combinable && { combined: combinedTerms(referring, combinable) }),
  })
}

/** Parameters that any resource has: the only ones that can be asked of all types. */
export const isShared = (name: string): boolean => /^_(?:id|lastUpdated|tag|profile|security|source)(?::|$)/.test(name)

/** `_id` at system level: of every type, or of the named ones. */
export function lowerIdOfTypes(types: readonly string[], value: string, at: string): Outcome<Asked> {
  const ids = splitAt(value, ',').map(unescaped)
  if (ids.some((id) => !ID.test(id))) return refuse([ids.includes('') ? emptyValue(at) : badReference(at)])
  const of = types.length > 0 ? types : resourceTypes
  return asked({ kind: 'self', anyOf: ids.flatMap((id) => of.map((type) => selfHash(type, id))) })
}
