import { compartmentParameters, isResourceType } from '#fhir/definitions'
import { compilePath, type Environment, type TypedValue } from '#fhir/fhirpath'
import { Collector } from './collector.ts'
import { compositeExtractor } from './extract-composite.ts'
import { boundsOf, dateIntervals, hull, numberIntervals, quantityIntervals, type Interval } from './extract-range.ts'
import { referenceExtractor, targetOf, uriExtractor } from './extract-reference.ts'
import { stringExtractor } from './extract-string.ts'
import { tokenExtractor } from './extract-token.ts'
import { fields } from './fields.ts'
import { selfHash } from './hash.ts'
import {
  COMBINED,
  compartmentConstant,
  parameter,
  parameterBit,
  parameterNumber,
  parametersOf,
  promotedPatient,
  type Parameter,
} from './parameters.ts'
import { promotedDate } from './promoted-dates.ts'
import { rootProperties } from './root-properties.ts'
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
  into.security = securityOf(resource)
  return into.entries()
}

const NO_CODES: readonly string[] = []

/** Codes of meta.security; most resources have none. */
function securityOf(resource: unknown): readonly string[] {
  const { security } = fields(fields(resource)['meta'])
  if (!Array.isArray(security)) return NO_CODES
  return security.map(fields).map(({ system, code }) => `${String(system ?? '')}|${String(code ?? '')}`)
}

/**
 * Patients first: the combined terms need to know whose record it is. Then those parameters of which something can be
 * there, going by the properties of the resource.
 */
function indexerOf(type: string): Step {
  const whose = patients(type)
  const parameters = [...parametersOf(type).values()]
  const steps = parameters.map(stepOf)
  const roots = parameters.map(rootProperties)
  const always = roots.flatMap((each, i) => (each === null ? [i] : []))
  const byProperty = new Map<string, number[]>()
  for (const [i, properties] of roots.entries()) {
    for (const property of properties ?? []) byProperty.set(property, [...(byProperty.get(property) ?? []), i])
  }
  const due = new Uint8Array(steps.length)
  return (resource, env, into) => {
    whose(resource, env, into)
    due.fill(0)
    for (const i of always) due[i] = 1
    for (const property in resource as object) for (const i of byProperty.get(property) ?? NONE) due[i] = 1
    for (let i = 0; i < steps.length; i++) if (due[i] === 1) steps[i]!(resource, env, into)
  }
}

const NONE: readonly number[] = []

function valuesOf({ expression, owner, reading }: Parameter): Values {
  const path = compilePath(expression, owner)
  if (typeof path !== 'function') throw new Error(`search parameter ${expression}: ${path.unsupported}`)
  if (reading !== undefined) {
    const texts = (value: TypedValue) => reading(value).map((each) => ({ type: 'string', value: each }))
    return (resource, env) => path(resource, env).flatMap(texts)
  }
  return (resource, env) => {
    const values = path(resource, env)
    return values.some(isBare) ? values.filter((each) => !isBare(each)) : values
  }
}

/** A primitive with extensions and no value. */
const isBare = ({ value }: TypedValue) => value === undefined

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
  token: ({ owner, code }) => eachOf(tokenExtractor(owner, code, isCombined(owner, code))),
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

const isCombined = (owner: string, code: string) => COMBINED.has(code) && promotedPatient(owner) !== null

/** The patient whose record it is, and those in whose compartments it lies besides. */
function patients(type: string): Step {
  const promoted = promotedPatient(type)
  const first = promoted === null ? null : valuesOf(parameter(type, promoted)!)
  const others = [...new Set(compartmentParameters('Patient', type))].flatMap((code) => {
    const found = parameter(type, code)
    return found === undefined || found.kept[0]?.code === promoted ? [] : [valuesOf(found)]
  })
  return (resource, env, into) => {
    const own = type === 'Patient' ? into.self : first === null ? null : firstPatient(first(resource, env))
    if (own !== null) into.setPatient(own)
    for (const values of others) {
      for (const { value } of values(resource, env)) {
        const patient = targetOf(value, 'Patient')
        if (patient === null || patient === into.patient) continue
        if (into.patient === null && first === null) into.setPatient(patient)
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
