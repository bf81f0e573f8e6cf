/** Which acts a search of AuditEvents asks for. @source http://hl7.org/fhir/R4/auditevent.html#search */
import { accept, type Outcome, type Refusal, refuse } from '#fhir/outcome'
import type { ActFilter, AuditAction } from '#foundation/audit-log'
import { httpRefusal } from '../fhir/refusals.ts'
import type { Parameters } from '../fhir/query.ts'
import { KINDS, OUTCOMES } from './audit-event.ts'
import { periodOf } from './period.ts'

export interface ActQuery {
  readonly filter: ActFilter
  readonly count: number
  /** sealed, as it came */
  readonly cursor: string | null
  /** what was understood, for the self link */
  readonly applied: Parameters
}

const MOST_PER_PAGE = 200
const ACTS_A_PAGE = 50

/** What one parameter adds; null where its value cannot be read. */
type Reading = (value: string, base: string) => ActFilter | null

const REFERENCE = /^([A-Z]\w+\/[A-Za-z0-9\-.]{1,64})$/

const localOf = (value: string, base: string): string | null =>
  REFERENCE.exec(value.startsWith(`${base}/`) ? value.slice(base.length + 1) : value)?.[1] ?? null

const reference =
  (name: 'patient' | 'agent' | 'entity', type?: string): Reading =>
  (value, base) => {
    const found = localOf(type !== undefined && !value.includes('/') ? `${type}/${value}` : value, base)
    return found === null || (type !== undefined && !found.startsWith(`${type}/`)) ? null : { [name]: found }
  }

const ACTIONS = Object.keys(KINDS) as readonly AuditAction[]

/** `system|code`, `|code` or `code`, any of several. */
const coded =
  (codeOf: (action: AuditAction) => { readonly system?: string; readonly code?: string }): Reading =>
  (value) => {
    const wanted = value.split(',').map((one) => one.split('|'))
    const actions = ACTIONS.filter((action) => {
      const { system, code } = codeOf(action)
      return wanted.some((parts) => (parts.length === 1 ? parts[0] === code : parts[0] === system && parts[1] === code))
    })
    return { actions }
  }

const outcome: Reading = (value) => {
  const codes = value.split(',').map((one) => one.split('|').at(-1))
  const names = Object.keys(OUTCOMES) as (keyof typeof OUTCOMES)[]
  return { outcomes: names.filter((name) => codes.includes(OUTCOMES[name])) }
}

/** One line a parameter. */
const READINGS: Readonly<Record<string, Reading>> = {
  patient: reference('patient', 'Patient'),
  'patient:Patient': reference('patient', 'Patient'),
  agent: reference('agent'),
  entity: reference('entity'),
  date: periodOf,
  action: coded((action) => ({ code: KINDS[action].code })),
  type: coded((action) => KINDS[action].type),
  subtype: coded((action) => KINDS[action].subtype),
  outcome,
}

/** Parameters that page through or shape the answer, and those that every search has. */
const OTHERS: readonly string[] = ['_count', '_cursor', '_format', '_pretty', '_sort', '_total']

/** @returns FHIR-HTTP-13 for values that cannot be read, and for unknown parameters where `strict` */
export function actQueryOf(parameters: Parameters, base: string, strict: boolean): Outcome<ActQuery> {
  const refusals: Refusal[] = []
  const applied: (readonly [string, string])[] = []
  let filter: ActFilter = {}
  for (const [name, value] of parameters) {
    const read = READINGS[name]
    if (read === undefined && !OTHERS.includes(name)) {
      if (strict) refusals.push(httpRefusal('FHIR-HTTP-13', name))
      continue
    }
    const found = read?.(value, base) ?? (read ? null : {})
    if (found === null || (name === '_sort' && value !== '-date')) refusals.push(httpRefusal('FHIR-HTTP-13', name))
    else filter = both(filter, found)
    if (name !== '_cursor') applied.push([name, value])
  }
  const asked = Number(valueIn(parameters, '_count') ?? ACTS_A_PAGE)
  if (!Number.isInteger(asked) || asked < 0) refusals.push(httpRefusal('FHIR-HTTP-13', '_count'))
  if (refusals.length > 0) return refuse(refusals)
  const count = Math.min(asked, MOST_PER_PAGE)
  return accept({ filter, count, cursor: valueIn(parameters, '_cursor') ?? null, applied })
}

const valueIn = (parameters: Parameters, name: string): string | undefined =>
  parameters.findLast(([other]) => other === name)?.[1]

/** Parameters that are given together must all hold. */
function both(one: ActFilter, other: ActFilter): ActFilter {
  return {
    ...one,
    ...other,
    ...within('from', Math.max, one, other),
    ...within('to', Math.min, one, other),
    ...common('actions', one, other),
    ...common('outcomes', one, other),
  }
}

function within(name: 'from' | 'to', inner: (...all: number[]) => number, one: ActFilter, other: ActFilter): ActFilter {
  const given = [one[name], other[name]].filter((value) => value !== undefined)
  return given.length === 0 ? {} : { [name]: inner(...given) }
}

function common<Name extends 'actions' | 'outcomes'>(name: Name, one: ActFilter, other: ActFilter): ActFilter {
  const [a, b]: (readonly string[] | undefined)[] = [one[name], other[name]]
  if (a === undefined || b === undefined) return a || b ? { [name]: a ?? b } : {}
  return { [name]: a.filter((value) => b.includes(value)) }
}
