/** @source http://hl7.org/fhir/R4/search.html#reference and #uri */
import { isResourceType, resourceTypes } from '#fhir/definitions'
import { accept, refuse, type Outcome, type Refusal } from '#fhir/outcome'
import { asked, readEach, type Asked, type Question } from './asked.ts'
import { splitAt, unescaped } from './escapes.ts'
import { localReference, pathPrefixes, withSystem } from './forms.ts'
import { hashUnder, selfHash } from './hash.ts'
import { hasBelow } from './extract-reference.ts'
import { parameterConstant, parameterLanes, promotedPatient, targetsOf, type Parameter } from './parameters.ts'
import { badReference, badToken, emptyValue, unsupportedModifier } from './refusals.ts'

type Lowering = (question: Question) => Outcome<Asked>

const ID = /^[A-Za-z0-9\-.]{1,64}$/

/** What one value can mean: resources here, or an address that is compared as text. */
interface Meant {
  readonly local: readonly { readonly type: string; readonly id: string }[]
  readonly address: string | null
}

function meaningOf(value: string, parameter: Parameter, type: string | null, base: string): Meant | null {
  const targets = type === null ? targetsOf(parameter) : [type]
  const restricted = type !== null || parameter.kept[0]?.target !== null
  const text = value.startsWith(`${base}/`) ? value.slice(base.length + 1) : value
  const local = localReference(text)
  if (local !== null) {
    const allowed = !restricted || targets.includes(local.type)
    return { local: allowed ? [local] : [], address: null }
  }
  if (ID.test(text)) {
    return {
      local: (targets.length > 0 ? targets : resourceTypes).map((each) => ({ type: each, id: text })),
      address: null,
    }
  }
  return text.includes(':') || text.startsWith('#') ? { local: [], address: text } : null
}

/** @param type of `subject:Patient=…`; null where no type is named */
function byTarget({ parameter, values, at, context }: Question, type: string | null): Outcome<Asked> {
  const base = context.base.replace(/\/+$/, '')
  const meant = readEach(values, (value): Meant | Refusal => {
    const text = unescaped(value)
    return text === '' ? emptyValue(at) : (meaningOf(text, parameter, type, base) ?? badReference(at))
  })
  if (!meant.ok) return meant
  const { owner, code, kept } = parameter
  const constant = parameterConstant(owner, code)
  const lanes = parameterLanes(owner, code)
  const locals = meant.value.flatMap(({ local }) => local)
  const addresses = meant.value.flatMap(({ address }) => address ?? [])
  const anyOf = [
    ...locals.map((each) => selfHash(each.type, each.id) ^ constant),
    ...addresses.map((address) => hashUnder(lanes, address)),
  ]
  if (anyOf.length === 0) return asked({ kind: 'none' })
  const [only] = locals
  const patient =
    anyOf.length === 1 && only?.type === 'Patient' && promotedPatient(owner) === kept[0]?.code
      ? { patientIs: selfHash('Patient', only.id) }
      : {}
  return accept({ criteria: [{ kind: 'terms', anyOf, selective: true, ...patient }] })
}

/** The identifier of a reference that has no address. */
const byIdentifier: Lowering = ({ parameter: { owner, code }, values, at }) => {
  const lanes = parameterLanes(owner, `${code}:identifier`)
  const forms = readEach(values, (value) => {
    const [first = '', second, ...more] = splitAt(value, '|').map(unescaped)
    if (more.length > 0 || (second ?? first) === '') return badToken(at)
    return second === undefined ? first : withSystem(first, second)
  })
  if (!forms.ok) return forms
  return asked({ kind: 'terms', anyOf: forms.value.map((form) => hashUnder(lanes, form)), selective: true })
}

/** A reference parameter with any of its modifiers. */
export function lowerReference(question: Question): Outcome<Asked> {
  const { modifier, parameter, at } = question
  if (modifier === '') return byTarget(question, null)
  if (modifier === 'identifier') return byIdentifier(question)
  if (!isResourceType(modifier)) return refuse([unsupportedModifier(at)])
  const targets = targetsOf(parameter)
  return targets.length > 0 && !targets.includes(modifier) ? refuse([badReference(at)]) : byTarget(question, modifier)
}

const uriTerms =
  (terms: (parameter: Parameter, uri: string) => readonly bigint[]): Lowering =>
  ({ parameter, values, at }) => {
    const uris = readEach(values, (value) => unescaped(value) || emptyValue(at))
    return uris.ok ? asked({ kind: 'terms', anyOf: uris.value.flatMap((uri) => terms(parameter, uri)) }) : uris
  }

const under = ({ owner, kept }: Parameter, uri: string, derived = ''): readonly bigint[] =>
  kept.map(({ code }) => hashUnder(parameterLanes(owner, `${code}${derived}`), uri))

const below = uriTerms((parameter, uri) => {
  const folder = uri.replace(/\/+$/, '')
  return [...under(parameter, uri), ...under(parameter, folder), ...under(parameter, folder, ':below')]
})

export const uriModifiers: Readonly<Record<string, Lowering>> = {
  '': uriTerms((parameter, uri) => under(parameter, uri)),
  below: (question) =>
    hasBelow(question.parameter.code) ? below(question) : refuse([unsupportedModifier(question.at)]),
  above: uriTerms((parameter, uri) => [uri, ...pathPrefixes(uri)].flatMap((each) => under(parameter, each))),
}
