/** What the screens ask of the audit log, read from JSON bodies. */
import { accept, no, type Outcome, type Refusal, refuse } from '#fhir/outcome'
import type { ActFilter, AuditAction } from '#foundation/audit-log'
import { KINDS, OUTCOMES } from './audit-event.ts'

export interface ReadAsk {
  readonly filter: ActFilter
  readonly count: number
  readonly cursor: string | null
}

const malformed = (at: string): Refusal =>
  no(
    'AUDIT-30',
    'invalid',
    { vi: `Yêu cầu không đúng dạng: ${at}`, en: `The request does not have the expected form: ${at}` },
    at,
  )

const REFERENCE = /^[A-Z]\w+\/[A-Za-z0-9\-.]{1,64}$/
const MOST = 200
const USUAL = 50

const isReference = (value: unknown): value is string => typeof value === 'string' && REFERENCE.test(value)
const isMoment = (value: unknown): value is string => typeof value === 'string' && !Number.isNaN(Date.parse(value))
const areOf =
  (known: object) =>
  (value: unknown): value is readonly string[] =>
    Array.isArray(value) && value.every((one) => typeof one === 'string' && Object.hasOwn(known, one))

/** One line a member: whether its value is right, and what it adds. */
const MEMBERS: Readonly<Record<string, (value: unknown) => Partial<ReadAsk> | ActFilter | null>> = {
  patient: (value) => (isReference(value) && value.startsWith('Patient/') ? { patient: value } : null),
  agent: (value) => (isReference(value) ? { agent: value } : null),
  entity: (value) => (isReference(value) ? { entity: value } : null),
  from: (value) => (isMoment(value) ? { from: Date.parse(value) } : null),
  to: (value) => (isMoment(value) ? { to: Date.parse(value) } : null),
  actions: (value) => (areOf(KINDS)(value) ? { actions: value as readonly AuditAction[] } : null),
  outcomes: (value) => (areOf(OUTCOMES)(value) ? { outcomes: value as ActFilter['outcomes'] & object } : null),
}

/** @param needed members without which nothing is asked @returns AUDIT-30 for what has another form */
export function readAsk(body: unknown, needed: readonly string[] = []): Outcome<ReadAsk> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return refuse([malformed('$this')])
  const { count = USUAL, cursor = null, ...members } = body as Record<string, unknown>
  const refusals = needed.filter((name) => members[name] === undefined).map(malformed)
  let filter: ActFilter = {}
  for (const [name, value] of Object.entries(members)) {
    const found = Object.hasOwn(MEMBERS, name) ? MEMBERS[name]?.(value) : null
    if (found) filter = { ...filter, ...found }
    else refusals.push(malformed(name))
  }
  const isCount = typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= MOST
  if (!isCount) refusals.push(malformed('count'))
  if (cursor !== null && typeof cursor !== 'string') refusals.push(malformed('cursor'))
  return refusals.length > 0
    ? refuse(refusals)
    : accept({ filter, count: Number(count), cursor: cursor as string | null })
}
