/** References and addresses. @source http://hl7.org/fhir/R4/search.html#reference and #uri */
import type { TypedValue } from '#fhir/fhirpath'
import type { Collector } from './collector.ts'
import { fields, list, text } from './fields.ts'
import { localReference, pathPrefixes, unversioned, withSystem } from './forms.ts'
import { hashUnder, selfHash } from './hash.ts'
import { parameterConstant, parameterLanes, parameterNumber } from './parameters.ts'

/** The self hash of what a literal local reference points to; null for other references. */
export function targetOf(value: unknown, type?: string): bigint | null {
  const literal = text(fields(value)['reference'])
  const local = literal === undefined ? null : localReference(literal)
  return local === null || (type !== undefined && local.type !== type) ? null : selfHash(local.type, local.id)
}

/** @returns what adds a value of the parameter to a collector */
export function referenceExtractor(owner: string, code: string): (value: TypedValue, into: Collector) => void {
  const constant = parameterConstant(owner, code)
  const lanes = parameterLanes(owner, code)
  const identified = parameterLanes(owner, `${code}:identifier`)
  const number = parameterNumber(owner, code)

  const addLiteral = (literal: string, into: Collector) => {
    const local = localReference(literal)
    if (local === null) {
      addUri(literal, into)
      return
    }
    const target = selfHash(local.type, local.id)
    into.addTerm(target ^ constant)
    into.addReference(number, target)
  }

  const addUri = (uri: string, into: Collector) => {
    into.addTerm(hashUnder(lanes, uri))
    const plain = unversioned(uri)
    if (plain !== null) into.addTerm(hashUnder(lanes, plain))
  }

  const addIdentifier = (identifier: unknown, into: Collector) => {
    const { system, value } = fields(identifier)
    const written = text(value)
    if (written === undefined) return
    into.addTerm(hashUnder(identified, written))
    into.addTerm(hashUnder(identified, withSystem(text(system) ?? '', written)))
  }

  return ({ type, value }, into) => {
    if (typeof value === 'string') {
      addLiteral(value, into)
      return
    }
    const { reference, identifier, resourceType, id } = fields(value)
    if (type === 'Reference') {
      const literal = text(reference)
      if (literal !== undefined) addLiteral(literal, into)
      for (const each of list(identifier)) addIdentifier(each, into)
    } else if (typeof resourceType === 'string' && typeof id === 'string') addLiteral(`${resourceType}/${id}`, into)
  }
}

/** Parameters whose addresses are not also kept by their path prefixes: they are on every resource. */
const WITHOUT_BELOW: ReadonlySet<string> = new Set(['_profile', '_source'])

export const hasBelow = (code: string): boolean => !WITHOUT_BELOW.has(code)

/** @returns what adds a value of the parameter to a collector */
export function uriExtractor(owner: string, code: string): (value: TypedValue, into: Collector) => void {
  const lanes = parameterLanes(owner, code)
  const below = hasBelow(code) ? parameterLanes(owner, `${code}:below`) : null
  return ({ value }, into) => {
    const uri = text(value)
    if (uri === undefined) return
    const plain = unversioned(uri)
    into.addTerm(hashUnder(lanes, uri))
    if (plain !== null) into.addTerm(hashUnder(lanes, plain))
    if (below !== null) for (const prefix of pathPrefixes(plain ?? uri)) into.addTerm(hashUnder(below, prefix))
  }
}
