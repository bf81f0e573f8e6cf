/** Tokens: codes, identifiers, telephone numbers, flags. @source http://hl7.org/fhir/R4/search.html#token */
import type { TypedValue } from '#fhir/fhirpath'
import type { Collector } from './collector.ts'
import { fold } from './fold.ts'
import { anyOfSystem, codeForm, limited, ofTypeForm, phoneForm, withoutSystem, withSystem } from './forms.ts'
import { bothLanes, hashUnder, hashUnderBoth, lanesOf } from './hash.ts'
import { combinedConstant, parameterLanes, parameterNumber } from './parameters.ts'

type Fields = Readonly<Record<string, unknown>>

export const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined
export const list = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value]

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

/**
 * @param combined whether a term is kept also of each code together with the patient
 * @returns what adds a value of the parameter to a collector
 */
export function tokenExtractor(
  owner: string,
  code: string,
  combined: boolean,
): (value: TypedValue, into: Collector) => void {
  const lanes = parameterLanes(owner, code)
  const together = lanesOf(combinedConstant(owner, code))
  const ofType = parameterLanes(owner, `${code}:of-type`)
  const texts = parameterNumber(owner, `${code}:text`)
  const add = (into: Collector, form: string) => into.addTerm(hashUnder(lanes, form))
  const addCode = (into: Collector, form: string) => {
    if (!combined || into.patientLanes === null) return add(into, form)
    const [own, withPatient] = hashUnderBoth(lanes, bothLanes(together, into.patientLanes), form)
    into.addTerm(own)
    into.addTerm(withPatient)
  }

  const addCoding = (coding: unknown, into: Collector) => {
    const { system, code: written } = fields(coding)
    const namespace = text(system)
    if (namespace !== undefined) add(into, anyOfSystem(namespace))
    if (typeof written !== 'string' || written === '') return
    const form = codeForm(written)
    addCode(into, form)
    if (namespace === undefined) add(into, withoutSystem(form))
    else addCode(into, withSystem(namespace, form))
  }

  const addText = (into: Collector, written: unknown) => {
    if (typeof written !== 'string') return
    const folded = limited(fold(written))
    if (folded !== '') into.addText(texts, folded)
  }

  const addIdentifier = ({ system, value, type }: Fields, into: Collector) => {
    const namespace = text(system)
    if (namespace !== undefined) add(into, anyOfSystem(namespace))
    const number = text(value)
    const { coding, text: typeText } = fields(type)
    addText(into, typeText)
    if (number === undefined) return
    add(into, number)
    add(into, namespace === undefined ? withoutSystem(number) : withSystem(namespace, number))
    for (const each of list(coding)) {
      const { system: typeSystem, code: typeCode } = fields(each)
      if (typeof typeCode !== 'string') continue
      into.addTerm(hashUnder(ofType, ofTypeForm(text(typeSystem) ?? '', typeCode, number)))
    }
  }

  const addContact = ({ system, value }: Fields, into: Collector) => {
    const address = text(value)
    if (address === undefined) return
    const isPhone = system === 'phone' || system === 'fax' || system === 'sms' || system === 'pager'
    add(into, codeForm(address))
    if (isPhone) add(into, phoneForm(address))
  }

  const byType: Readonly<Record<string, (value: unknown, into: Collector) => void>> = {
    Coding: (value, into) => {
      addCoding(value, into)
      addText(into, fields(value)['display'])
    },
    CodeableConcept: (value, into) => {
      const concept = fields(value)
      const codings = list(concept['coding'])
      addText(into, concept['text'])
      for (const coding of codings) {
        addCoding(coding, into)
        addText(into, fields(coding)['display'])
      }
    },
    Identifier: (value, into) => addIdentifier(fields(value), into),
    ContactPoint: (value, into) => addContact(fields(value), into),
  }

  return ({ type, value }, into) => {
    const known = byType[type]
    if (known !== undefined) known(value, into)
    else if (typeof value === 'string') add(into, type === 'code' || type === 'id' ? codeForm(value) : value)
    else if (typeof value === 'boolean') add(into, String(value))
  }
}
