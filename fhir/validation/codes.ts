/** @source http://hl7.org/fhir/R4/terminologies.html */
import { codeSystem, requiredCodes } from '#fhir/definitions'
import { foundSystem, hierarchyOf } from './code-systems.ts'
import { objectsOf, textOf } from './json-view.ts'
import { isObject, type Check, type JsonObject, type Run } from './run.ts'
import { foundValueSet, isInValueSet, type Member } from './value-sets.ts'

const R4_SYSTEMS = 'http://hl7.org/fhir/'
const CURRENCY = /^[A-Z]{3}$/

/** Value sets of required bindings that are too large or too open to be listed, by the form of their codes. */
const OPEN: Readonly<Record<string, RegExp>> = {
  'http://hl7.org/fhir/ValueSet/currencies': CURRENCY,
}

const shortName = (valueSet: string) => valueSet.slice(valueSet.lastIndexOf('/') + 1)

/** The check of a `code` with a required binding; where the standard lists no codes, the stored value set is asked. */
export function codeBindingCheck(valueSet: string): Check {
  const codes = requiredCodes(valueSet)
  const form = OPEN[valueSet]
  const expected = shortName(valueSet)
  return (value, run) => {
    if (typeof value !== 'string' || value === '') return
    const permitted =
      codes?.has(value) ??
      (form?.test(value) !== false && isInValueSet(valueSet, { code: value }, foundValueSet(run), run) !== false)
    if (!permitted) run.refuse('FHIR-CODE-1', { expected })
  }
}

/** The check of a CodeableConcept or Coding with a required binding. */
export function conceptBindingCheck(valueSet: string): Check {
  const codes = requiredCodes(valueSet)
  const expected = shortName(valueSet)
  return (value, run) => {
    if (!isObject(value)) return
    if (codes === undefined) {
      if (conceptIsIn(valueSet, value, run) === false) run.refuse('FHIR-CODE-3', { expected })
      return
    }
    const codings = codingsOf(value)
    if (codings.some((coding) => isObject(coding) && inValueSet(codes, coding['code'], coding['system']))) return
    if (codings.length > 0 || !('extension' in value)) run.refuse('FHIR-CODE-3', { expected })
  }
}

const codingsOf = (value: JsonObject): readonly unknown[] =>
  Array.isArray(value['coding']) ? (value['coding'] as unknown[]) : 'code' in value ? [value] : []

/** Does a Coding, or one of a CodeableConcept's, have a code of the value set? undefined where nobody can tell. */
export function conceptIsIn(valueSet: string, concept: JsonObject, run: Run): boolean | undefined {
  const answers = objectsOf(codingsOf(concept)).map((coding) => {
    const code = textOf(coding['code'])
    return code === undefined
      ? false
      : isInValueSet(valueSet, memberOf(code, coding['system']), foundValueSet(run), run)
  })
  return answers.includes(true) ? true : answers.length === 0 || answers.includes(undefined) ? undefined : false
}

/** A Coding without a system is in no system: it fits no value set that names one. */
const memberOf = (code: string, system: unknown): Member => ({ code, system: textOf(system) ?? '' })

const inValueSet = (codes: ReadonlyMap<string, string>, code: unknown, system: unknown) =>
  typeof code === 'string' && codes.get(code) !== undefined && codes.get(code) === system

/** What holds for every Coding: an absolute system that is not a value set and, where it is listed, knows the code. */
export const checkCoding: Check = (value, run) => {
  if (!isObject(value)) return
  const { system, code } = value
  if (typeof system !== 'string' || system === '') return
  if (!system.includes(':')) {
    if (!system.startsWith('#')) run.refuse('FHIR-CODE-4', {}, 'system')
  } else if (system.startsWith('http://hl7.org/fhir/ValueSet/')) run.refuse('FHIR-CODE-5', { found: system }, 'system')
  else if (typeof code === 'string' && code !== '') checkMembership(system, code, run)
}

/** The code systems that the hospital keeps itself. */
function checkFoundSystem(system: string, code: string, run: Run): void {
  const found = foundSystem(system, run)
  if (found === undefined) return
  if (found['content'] === 'supplement' || found['supplements'] !== undefined)
    run.refuse('FHIR-CODE-7', { found: system.slice(0, 200) }, 'system')
  else if (found['content'] === 'complete' && !hierarchyOf(found).has(code)) {
    run.refuse('FHIR-CODE-2', { found: system.slice(0, 200) }, 'code')
  }
}

/**
 * R4's own code systems are fixed with R4, so an unknown code is wrong. The tables of HL7 v2 and v3 live on: a code
 * that R4's edition lacks may be newer.
 */
function checkMembership(system: string, code: string, run: Run): void {
  const known = codeSystem(system)
  if (known === undefined) return checkFoundSystem(system, code, run)
  if (known.has(code)) return
  run.refuse(system.startsWith(R4_SYSTEMS) ? 'FHIR-CODE-2' : 'FHIR-CODE-6', { found: system }, 'code')
}
