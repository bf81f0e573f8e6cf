/** Acts found again by whom and what they concern, newest first. What was done within the last second may still be missing. */
import type { Ledger } from './ledger.ts'
import { type Detail, readDetail, readStatement, type Statement } from './statement.ts'
import { isEveryday, type Subject, subjectOf } from './subjects.ts'
import type { AuditAction, AuditFacts } from './types.ts'

export interface Act {
  readonly seq: string
  readonly statement: Statement
  /** null when it has been erased */
  readonly detail: Detail | null
}

/** All that is given must hold; of a list, one. */
export interface ActFilter {
  /** references; of entities any version is meant */
  readonly patient?: string
  readonly agent?: string
  readonly entity?: string
  readonly actions?: readonly AuditAction[]
  readonly outcomes?: readonly AuditFacts['outcome'][]
  /** ms since 1970; `from` included, `to` not */
  readonly from?: number
  readonly to?: number
}

/** Where a page ended: time and seq of its last act. */
export interface ActPlace {
  readonly at: number
  readonly seq: string
}

export interface FoundActs {
  readonly acts: readonly Act[]
  readonly next: ActPlace | null
}

/** Every subject that an act must concern; the first is what is walked by. */
function subjectsIn({ patient, agent, entity, actions = [], outcomes = [] }: ActFilter): readonly Subject[] {
  const [action] = actions
  const [outcome] = outcomes
  const asked: readonly (Subject | false | undefined)[] = [
    entity !== undefined && subjectOf('entity', entity),
    patient !== undefined && subjectOf('patient', patient),
    agent !== undefined && subjectOf('agent', agent),
    actions.length === 1 && action !== undefined && !isEveryday(action) && subjectOf('action', action),
    outcomes.length === 1 && outcome !== undefined && !isEveryday(outcome) && subjectOf('outcome', outcome),
  ]
  const found = asked.filter((subject) => typeof subject === 'object')
  return found.length === 0 ? [subjectOf('every', '')] : found
}

/**
 * Words that stand in a statement only where they are meant: inside of a JSON text every quotation mark is escaped.
 */
const member = (name: string, value: string): string => `"${name}":${JSON.stringify(value)}`

/** @param count of acts at most */
export async function findActs(
  ledger: Ledger,
  facility: number,
  filter: ActFilter,
  { after, count }: { readonly after: ActPlace | null; readonly count: number },
): Promise<FoundActs> {
  const values: unknown[] = [facility]
  const parameter = (value: unknown): string => `$${values.push(value)}`
  const [walked, ...others] = subjectsIn(filter) as readonly [Subject, ...Subject[]]
  const conditions = [
    's.facility = $1',
    `s.kind = ${parameter(walked.kind)} and s.subject = ${parameter(walked.subject.toString())}::bigint`,
    ...others.map(
      ({ kind, subject }) => `exists (select from audit_subject o where o.facility = $1 and o.kind = ${parameter(kind)}
        and o.subject = ${parameter(subject.toString())}::bigint and o.at = s.at and o.seq = s.seq)`,
    ),
    ...(filter.from === undefined ? [] : [`s.at >= ${parameter(filter.from)}::bigint`]),
    ...(filter.to === undefined ? [] : [`s.at < ${parameter(filter.to)}::bigint`]),
    ...(after === null ? [] : [`(s.at, s.seq) < (${parameter(after.at)}::bigint, ${parameter(after.seq)}::bigint)`]),
    ...oneOf('action', filter.actions, parameter),
    ...oneOf('outcome', filter.outcomes, parameter),
  ]
  const rows = await ledger.rows(
    `select s.seq, e.statement, e.detail, s.at from audit_subject s
     join audit_event e on e.facility = s.facility and e.seq = s.seq
     where ${conditions.join(' and ')} order by s.at desc, s.seq desc limit ${count + 1}`,
    values,
  )
  const page = rows.slice(0, count)
  const last = page.at(-1)
  const isMore = rows.length > count && last !== undefined
  return { acts: page.map(toAct), next: isMore ? { at: Number(last[3]), seq: last[0] as string } : null }
}

function oneOf(
  name: string,
  wanted: readonly string[] | undefined,
  parameter: (value: unknown) => string,
): readonly string[] {
  if (wanted === undefined) return []
  const found = wanted.map((value) => `strpos(e.statement, ${parameter(member(name, value))}) > 0`)
  return [found.length === 0 ? 'false' : `(${found.join(' or ')})`]
}

const toAct = ([seq, statement, detail]: readonly (string | null)[]): Act => ({
  seq: seq as string,
  statement: readStatement(statement as string),
  detail: readDetail(detail ?? null),
})

const ONE = 'select seq, statement, detail from audit_event where facility = $1 and seq = $2'

export async function readAct(ledger: Ledger, facility: number, seq: string): Promise<Act | null> {
  const [row] = await ledger.rows(ONE, [facility, seq])
  return row === undefined ? null : toAct(row)
}
