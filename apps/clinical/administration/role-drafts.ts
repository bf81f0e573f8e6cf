import type { RoleGiven, RoleLine } from '#apps/server'
import { hospitalDay } from '#hospital/calendar'

/** Roles that an account can be given, as people look for them. */
export const ROLES = [
  'doctor',
  'nurse',
  'head',
  'technician',
  'pharmacist',
  'reception',
  'cashier',
  'insurance',
  'records',
  'director',
  'administrator',
  'auditor',
  'privacy',
  'integration',
  'patient',
  'representative',
  'guest',
] as const satisfies readonly RoleGiven['role'][]

/** A role while it is written: days of the hospital, '' for now and for ever. */
export interface RoleDraft {
  readonly role: RoleGiven['role']
  /** '' for the whole hospital */
  readonly department: string
  /** `YYYY-MM-DD` */
  readonly since: string
  /** `YYYY-MM-DD`, that day included */
  readonly until: string
}

const DAY_MS = 86_400_000

/** The first moment of a day in Vietnam. */
const beginOf = (day: string): number => Date.parse(`${day}T00:00:00+07:00`)

/** The moment a day has ended: midnight after it. */
const endOf = (day: string): string => new Date(beginOf(day) + DAY_MS).toISOString()

/** The last day that something which ends then still holds. */
const lastDay = (until: string): string => hospitalDay(new Date(Date.parse(until) - 1).toISOString())

/** What a line of an account is as something to be changed. */
export const draftOf = ({ role, department, since, until }: RoleLine): RoleDraft => ({
  role,
  department: department ?? '',
  since: hospitalDay(since),
  until: until === null ? '' : lastDay(until),
})

/**
 * What is sent. A day that has not been touched keeps its exact moment.
 * @param before the lines the drafts were made of
 */
export function rolesGiven(drafts: readonly RoleDraft[], before: readonly RoleLine[] = []): readonly RoleGiven[] {
  return drafts.map(({ role, department, since, until }) => {
    const known = before.find(
      (line) => line.role === role && (line.department ?? '') === department && hospitalDay(line.since) === since,
    )
    const isSameEnd = known !== undefined && known.until !== null && lastDay(known.until) === until
    return {
      role,
      department: department.trim() || null,
      since: known?.since ?? (since === '' ? null : new Date(beginOf(since)).toISOString()),
      until: until === '' ? null : isSameEnd ? (known.until ?? null) : endOf(until),
    }
  })
}
