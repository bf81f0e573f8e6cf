/** Is a code in a value set? @source http://hl7.org/fhir/R4/valueset.html#compositions */
import { requiredCodes } from '#fhir/definitions'
import { isBelow, isInSystem } from './code-systems.ts'
import { numberOf, objectOf, objectsOf, textOf } from './json-view.ts'
import { isObject, type JsonObject, type Run } from './run.ts'

/** A code as a Coding has it; without system where the element is a plain `code`. */
export interface Member {
  readonly system?: string
  readonly code: string
}

/** Value sets made of value sets, at most so deep. */
const MAX_DEPTH = 6

/** true, false, or undefined where nobody can tell */
type Answer = boolean | undefined

/** Finds a value set by its canonical address, where not among those of the standard. */
export type FindValueSet = (canonical: string) => unknown

export const foundValueSet =
  (run: Run): FindValueSet =>
  (canonical) =>
    run.find(canonical, 'ValueSet')

/** @param canonical address of the value set, with or without version */
export function isInValueSet(canonical: string, member: Member, find: FindValueSet, run: Run, depth = 0): Answer {
  const standard = requiredCodes(canonical.split('|')[0]!)
  if (standard !== undefined) {
    const system = standard.get(member.code)
    return system !== undefined && (member.system === undefined || member.system === system)
  }
  const valueSet = find(canonical)
  if (!isObject(valueSet) || valueSet['resourceType'] !== 'ValueSet' || depth === MAX_DEPTH) return undefined
  const expansion = objectOf(valueSet['expansion'])
  if (expansion['contains'] !== undefined) return inExpansion(expansion, member)
  const { include, exclude } = objectOf(valueSet['compose'])
  const isPart = (part: JsonObject) => inPart(part, member, find, run, depth)
  const included = some(objectsOf(include).map(isPart))
  if (included === false) return false
  const excluded = some(objectsOf(exclude).map(isPart))
  return excluded === true ? false : excluded === false ? included : undefined
}

const some = (answers: readonly Answer[]): Answer =>
  answers.includes(true) ? true : answers.includes(undefined) ? undefined : false

const every = (answers: readonly Answer[]): Answer =>
  answers.includes(false) ? false : answers.includes(undefined) ? undefined : true

/** A page of an expansion says nothing about the codes that are not on it. */
function inExpansion(expansion: JsonObject, { system, code }: Member): Answer {
  let listed = 0
  const waiting = [...objectsOf(expansion['contains'])]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    listed++
    const fits = next['code'] === code && next['abstract'] !== true
    if (fits && (system === undefined || next['system'] === system)) return true
    for (const child of objectsOf(next['contains'])) waiting.push(child)
  }
  const total = numberOf(expansion['total'])
  return total !== undefined && total > listed ? undefined : false
}

function inPart(part: JsonObject, member: Member, find: FindValueSet, run: Run, depth: number): Answer {
  const system = textOf(part['system'])
  if (system !== undefined && member.system !== undefined && member.system !== system) return false
  const sets = Array.isArray(part['valueSet']) ? part['valueSet'].filter((each) => typeof each === 'string') : []
  return every([
    ...sets.map((set) => isInValueSet(set, member, find, run, depth + 1)),
    ...(system === undefined ? [] : [ofSystem(part, system, member.code, run)]),
  ])
}

function ofSystem(part: JsonObject, system: string, code: string, run: Run): Answer {
  if (part['concept'] !== undefined) return objectsOf(part['concept']).some((concept) => concept['code'] === code)
  if (part['filter'] === undefined) return isInSystem(system, code, run)
  return every(objectsOf(part['filter']).map((filter) => passes(filter, system, code, run)))
}

/** Only filters by the hierarchy of codes are understood. @source http://hl7.org/fhir/R4/valueset-filter-operator.html */
function passes(filter: JsonObject, system: string, code: string, run: Run): Answer {
  const value = textOf(filter['value'])
  if (value === undefined || filter['property'] !== 'concept') return undefined
  const below = isBelow(system, code, value, run)
  if (filter['op'] === 'descendent-of') return below
  if (filter['op'] === 'is-a') return value === code ? isInSystem(system, code, run) : below
  return undefined
}
