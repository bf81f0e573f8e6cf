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

/**
 * What the acts are walked by; each walk has subjects that an act must concern, the first of which leads. Without a
 * narrower way, an entity is looked for among the acts that name few things by their index, and among those that name
 * many one by one.
 */
function walksOf({ patient, agent, entity, actions = [], outcomes = [] }: ActFilter): readonly (readonly Subject[])[] {
  const [action] = actions
  const [outcome] = outcomes
  const asked: readonly (Subject | false | undefined)[] = [
    patient !== undefined && subjectOf('patient', patient),
    agent !== undefined && subjectOf('agent', agent),
    actions.length === 1 && action !== undefined && !isEveryday(action) && subjectOf('action', action),
    outcomes.length === 1 && outcome !== undefined && !isEveryday(outcome) && subjectOf('outcome', outcome),
  ]
  const found = asked.filter((subject) => typeof subject === 'object')
  if (found.length > 0) return [found]
  return entity === undefined ? [[subjectOf('every', '')]] : [[subjectOf('entity', entity)], [subjectOf('many', '')]]
}

/**
 * Words that stand in a statement only where they are meant: inside of a JSON text every quotation mark is escaped.
 */
const member = (name: string, value: string): string => `"${name}":${JSON.stringify(value)}`

/** The things that an act names, as they stand in its statement. */
const ENTITIES = `substring(e.statement from '"entities":\\[([^]]*)]')`

type Parameter = (value: unknown) => string

/** @param count of acts at most */
export async function findActs(
  ledger: Ledger,
  facility: number,
  filter: ActFilter,
  { after, count }: { readonly after: ActPlace | null; readonly count: number },
): Promise<FoundActs> {
  const values: unknown[] = [facility]
  const parameter: Parameter = (value) => `$${values.push(value)}`
  const conditions = conditionsOf(filter, after, parameter)
  const walks = walksOf(filter).map((subjects) => walkSql(subjects, conditions, count, parameter))
  const found = `select * from (${walks.join(' union all ')}) found order by at desc, seq desc limit ${count + 1}`
  const rows = await ledger.rows(found, values)
  const page = rows.slice(0, count)
  const last = page.at(-1)
  const isMore = rows.length > count && last !== undefined
  return { acts: page.map(toAct), next: isMore ? { at: Number(last[3]), seq: last[0] as string } : null }
}

function walkSql(
  [leading, ...others]: readonly Subject[],
  conditions: readonly string[],
  count: number,
  parameter: Parameter,
): string {
  const about = (name: string, { kind, subject }: Subject): string =>
    `${name}.facility = $1 and ${name}.kind = ${parameter(kind)} and ${name}.subject = ${parameter(subject.toString())}::bigint`
  const all = [
    about('s', leading as Subject),
    ...others.map(
      (other) => `exists (select from audit_subject o where ${about('o', other)} and o.at = s.at and o.seq = s.seq)`,
    ),
    ...conditions,
  ]
  return `(select s.seq, e.statement, e.detail, s.at from audit_subject s
     join audit_event e on e.facility = s.facility and e.seq = s.seq
     where ${all.join(' and ')} order by s.at desc, s.seq desc limit ${count + 1})`
}

function conditionsOf(filter: ActFilter, after: ActPlace | null, parameter: Parameter): readonly string[] {
  const { from, to, entity, actions, outcomes } = filter
  return [
    ...(from === undefined ? [] : [`s.at >= ${parameter(from)}::bigint`]),
    ...(to === undefined ? [] : [`s.at < ${parameter(to)}::bigint`]),
    ...(after === null ? [] : [`(s.at, s.seq) < (${parameter(after.at)}::bigint, ${parameter(after.seq)}::bigint)`]),
    ...oneOf('action', actions, parameter),
    ...oneOf('outcome', outcomes, parameter),
    ...(entity === undefined
      ? []
      : [
          `(strpos(${ENTITIES}, ${parameter(`"${entity}"`)}) > 0
            or strpos(${ENTITIES}, ${parameter(`"${entity}/_history/`)}) > 0)`,
        ]),
  ]
}

function oneOf(name: string, wanted: readonly string[] | undefined, parameter: Parameter): readonly string[] {
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
