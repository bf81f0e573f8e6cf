import { compartmentParameters, isResourceType } from '#fhir/definitions'
import { compilePath, type Environment, type TypedValue } from '#fhir/fhirpath'
import { Collector } from './collector.ts'
import { compositeExtractor } from './extract-composite.ts'
import { boundsOf, dateIntervals, hull, numberIntervals, quantityIntervals, type Interval } from './extract-range.ts'
import { referenceExtractor, targetOf, uriExtractor } from './extract-reference.ts'
import { stringExtractor } from './extract-string.ts'
import { codesOf, fields, tokenExtractor } from './extract-token.ts'
import { withSystem } from './forms.ts'
import { hash64, selfHash } from './hash.ts'
import {
  combinedConstant,
  compartmentConstant,
  parameter,
  parameterBit,
  parameterNumber,
  parametersOf,
  promotedPatient,
  type Parameter,
} from './parameters.ts'
import { promotedDate } from './promoted-dates.ts'
import type { IndexEntries } from './types.ts'

type Values = (resource: unknown, env: Environment) => TypedValue[]
type Step = (resource: unknown, env: Environment, into: Collector) => void

const indexers = new Map<string, Step>()

/**
 * What a resource contributes to the search index.
 *
 * @param resource of a type of R4 and with an id; whatever else is in it. Values that are not what their type asks for
 * are left out.
 * @throws where it has no type or no id: such a thing is never stored
 */
export function indexEntries(resource: unknown): IndexEntries {
  const { resourceType, id } = fields(resource)
  if (typeof resourceType !== 'string' || typeof id !== 'string' || !isResourceType(resourceType)) {
    throw new Error('only a resource with a type and an id can be indexed')
  }
  const into = new Collector(selfHash(resourceType, id))
  let index = indexers.get(resourceType)
  if (index === undefined) {
    index = indexerOf(resourceType)
    indexers.set(resourceType, index)
  }
  index(resource, { resource, rootResource: resource }, into)
  return into.entries()
}

/** Patients first: the combined terms need to know whose record it is. */
function indexerOf(type: string): Step {
  const steps = [patients(type), ...[...parametersOf(type).values()].map((each) => stepOf(each))]
  return (resource, env, into) => {
    for (const step of steps) step(resource, env, into)
  }
}

function valuesOf({ expression, owner }: Parameter): Values {
  const path = compilePath(expression, owner)
  if (typeof path !== 'function') throw new Error(`search parameter ${expression}: ${path.unsupported}`)
  return (resource, env) => path(resource, env).filter(({ value }) => value !== undefined)
}

function stepOf(found: Parameter): Step {
  const bit = parameterBit(found.owner, found.code)
  if (found.type === 'composite') {
    const extract = compositeExtractor(found.owner, found.code)
    return (resource, env, into) => {
      if (extract(resource, env, into)) into.addPresent(bit)
    }
  }
  const values = valuesOf(found)
  const itself = found.kept.some(({ code }) => code === found.code)
  const add = itself ? adderOf(found) : () => {}
  return (resource, env, into) => {
    const each = values(resource, env)
    if (each.length === 0) return
    into.addPresent(bit)
    add(each, into)
  }
}

type Adder = (values: readonly TypedValue[], into: Collector) => void

const eachOf =
  (add: (value: TypedValue, into: Collector) => void): Adder =>
  (values, into) => {
    for (const value of values) add(value, into)
  }

/** @source http://hl7.org/fhir/R4/search.html#ptypes */
const ADDERS: Readonly<Record<string, (found: Parameter) => Adder>> = {
  token: (found) => withCombined(found, eachOf(tokenExtractor(found.owner, found.code))),
  string: ({ owner, code }) => eachOf(stringExtractor(owner, code)),
  reference: ({ owner, code }) => eachOf(referenceExtractor(owner, code)),
  uri: ({ owner, code }) => eachOf(uriExtractor(owner, code)),
  date: (found) => (promotedDate(found.owner) === found.code ? promoting : ranging(found, dateIntervals)),
  number: (found) => ranging(found, numberIntervals),
  quantity: (found) => ranging(found, quantityIntervals),
}

const adderOf = (found: Parameter): Adder => ADDERS[found.type]?.(found) ?? (() => {})

const promoting: Adder = (values, into) => {
  for (const value of values) into.date = hull(into.date, boundsOf(value))
}

function ranging({ owner, code }: Parameter, intervals: (value: TypedValue) => readonly Interval[]): Adder {
  const number = parameterNumber(owner, code)
  return (values, into) => {
    for (const value of values) for (const each of intervals(value)) into.addRange({ parameter: number, ...each })
  }
}

/** Parameters of which, together with the patient, one term is kept: the questions of every chart. */
export const COMBINED: ReadonlySet<string> = new Set(['code', 'category'])

/** `code` and `system|code` as combined terms have them. */
export const combinedForms = (system: string | undefined, code: string): readonly string[] =>
  system === undefined ? [code] : [code, withSystem(system, code)]

function withCombined({ owner, code }: Parameter, add: Adder): Adder {
  if (!COMBINED.has(code) || promotedPatient(owner) === null) return add
  const constant = combinedConstant(owner, code)
  return (values, into) => {
    add(values, into)
    if (into.patient === null) return
    const mix = constant ^ into.patient
    for (const value of values) {
      for (const each of codesOf(value)) {
        for (const form of combinedForms(each.system, each.code)) into.addTerm(hash64(form) ^ mix)
      }
    }
  }
}

/** The patient whose record it is, and those in whose compartments it lies besides. */
function patients(type: string): Step {
  const promoted = promotedPatient(type)
  const first = promoted === null ? null : valuesOf(parameter(type, promoted)!)
  const others = [...new Set(compartmentParameters('Patient', type))].flatMap((code) => {
    const found = parameter(type, code)
    return found === undefined || found.kept[0]?.code === promoted ? [] : [valuesOf(found)]
  })
  return (resource, env, into) => {
    if (type === 'Patient') into.patient = into.self
    else if (first !== null) into.patient = firstPatient(first(resource, env))
    for (const values of others) {
      for (const { value } of values(resource, env)) {
        const patient = targetOf(value, 'Patient')
        if (patient === null || patient === into.patient) continue
        if (into.patient === null && first === null) into.patient = patient
        else into.addTerm(patient ^ compartmentConstant)
      }
    }
  }
}

const firstPatient = (values: readonly TypedValue[]): bigint | null => {
  for (const { value } of values) {
    const patient = targetOf(value, 'Patient')
    if (patient !== null) return patient
  }
  return null
}
