/** Tokens: codes, identifiers, telephone numbers, flags. @source http://hl7.org/fhir/R4/search.html#token */
import type { TypedValue } from '#fhir/fhirpath'
import type { Collector } from './collector.ts'
import { fields, list, text } from './fields.ts'
import { fold } from './fold.ts'
import { anyOfSystem, codeForm, limited, ofTypeForm, phoneForm, withoutSystem, withSystem } from './forms.ts'
import { bothLanes, hashUnder, hashUnderBoth, lanesOf } from './hash.ts'
import { combinedConstant, parameterLanes, parameterNumber } from './parameters.ts'

/** A Coding as the terms see it. */
export interface Code {
  readonly system: string | undefined
  readonly code: string
}

/** The codes of a Coding or CodeableConcept, a `code` or a flag. */
export function codesOf({ type, value }: TypedValue): readonly Code[] {
  if (type === 'CodeableConcept') return list(fields(value)['coding']).flatMap(codeOf)
  if (type === 'Coding') return codeOf(value)
  if (typeof value === 'string') return [{ system: undefined, code: codeForm(value) }]
  return typeof value === 'boolean' ? [{ system: undefined, code: String(value) }] : []
}

function codeOf(coding: unknown): readonly Code[] {
  const { system, code } = fields(coding)
  const written = text(code)
  return written === undefined ? [] : [{ system: text(system), code: codeForm(written) }]
}

/** Where the terms and texts of one token parameter go. */
interface Token {
  /** a form of a value */
  readonly add: (into: Collector, form: string) => void
  /** a form that may be combined with the patient */
  readonly addCode: (into: Collector, form: string) => void
  readonly addText: (into: Collector, written: unknown) => void
  readonly addOfType: (into: Collector, form: string) => void
}

function tokenOf(owner: string, code: string, combined: boolean): Token {
  const lanes = parameterLanes(owner, code)
  const together = lanesOf(combinedConstant(owner, code))
  const ofType = parameterLanes(owner, `${code}:of-type`)
  const texts = parameterNumber(owner, `${code}:text`)
  const add = (into: Collector, form: string) => into.addTerm(hashUnder(lanes, form))
  return {
    add,
    addCode: (into, form) => {
      if (!combined || into.patientLanes === null) return add(into, form)
      const [own, withPatient] = hashUnderBoth(lanes, bothLanes(together, into.patientLanes), form)
      into.addTerm(own)
      into.addTerm(withPatient)
    },
    addText: (into, written) => {
      const folded = typeof written === 'string' ? limited(fold(written)) : ''
      if (folded !== '') into.addText(texts, folded)
    },
    addOfType: (into, form) => into.addTerm(hashUnder(ofType, form)),
  }
}

type Add = (token: Token, value: unknown, into: Collector) => void

const addCoding: Add = ({ add, addCode, addText }, coding, into) => {
  const { system, code, display } = fields(coding)
  const namespace = text(system)
  const written = text(code)
  if (namespace !== undefined) add(into, anyOfSystem(namespace))
  if (written !== undefined) {
    const form = codeForm(written)
    addCode(into, form)
    if (namespace === undefined) add(into, withoutSystem(form))
    else add(into, withSystem(namespace, form))
  }
  addText(into, display)
}

const addConcept: Add = (token, concept, into) => {
  const { coding, text: words } = fields(concept)
  token.addText(into, words)
  for (const each of list(coding)) addCoding(token, each, into)
}

const addIdentifier: Add = ({ add, addText, addOfType }, identifier, into) => {
  const { system, value, type } = fields(identifier)
  const { coding, text: words } = fields(type)
  const namespace = text(system)
  const number = text(value)
  if (namespace !== undefined) add(into, anyOfSystem(namespace))
  addText(into, words)
  if (number === undefined) return
  add(into, number)
  add(into, namespace === undefined ? withoutSystem(number) : withSystem(namespace, number))
  for (const each of list(coding)) {
    const { system: typeSystem, code } = fields(each)
    if (typeof code === 'string') addOfType(into, ofTypeForm(text(typeSystem) ?? '', code, number))
  }
}

const PHONES: ReadonlySet<unknown> = new Set(['phone', 'fax', 'sms', 'pager'])

const addContact: Add = ({ add }, contact, into) => {
  const { system, value } = fields(contact)
  const address = text(value)
  if (address === undefined) return
  add(into, codeForm(address))
  if (PHONES.has(system)) add(into, phoneForm(address))
}

const ADDS: ReadonlyMap<string, Add> = new Map([
  ['Coding', addCoding],
  ['CodeableConcept', addConcept],
  ['Identifier', addIdentifier],
  ['ContactPoint', addContact],
])

/**
 * @param combined whether a term is kept also of each code together with the patient
 * @returns what adds a value of the parameter to a collector
 */
export function tokenExtractor(
  owner: string,
  code: string,
  combined: boolean,
): (value: TypedValue, into: Collector) => void {
  const token = tokenOf(owner, code, combined)
  return ({ type, value }, into) => {
    const add = ADDS.get(type)
    if (add !== undefined) add(token, value, into)
    else if (typeof value === 'string') token.addCode(into, type === 'code' || type === 'id' ? codeForm(value) : value)
    else if (typeof value === 'boolean') token.addCode(into, String(value))
  }
}
