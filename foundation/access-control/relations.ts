/**
 * How relations follow from the record: one line a reference that says somebody has to do with a patient. Evaluated over
 * what a resource contributes to the index, in the statement that writes it, so that both always agree.
 *
 * A relation is given only by those who have one themselves or who do not read by relation: no role that needs a
 * relation for reading may write any of these types without one (POLICY-9), else it could let itself in.
 * Observation has no line: it is written more than all others together, and whoever measures has a relation already.
 *
 * @source Luật Khám bệnh, chữa bệnh 15/2023/QH15, Điều 69 khoản 3: those who treat read the record.
 */
import { type IndexEntries, hash64, parameterConstant, parameterNumber } from '#fhir/search'
import { bitsOf } from './labels.ts'
import type { Label, RelationKind } from './types.ts'

/** `care_relation.kind`. From 100: granted, not derived. Numbers never change meaning. */
export const RELATION_KINDS: Readonly<Record<RelationKind, number>> = {
  department: 1,
  'care-team': 2,
  participant: 3,
  ordered: 4,
  scheduled: 5,
  author: 6,
  'break-glass': 100,
  grant: 101,
}

const kindByNumber = new Map(Object.entries(RELATION_KINDS).map(([kind, number]) => [number, kind as RelationKind]))

/** @throws for a number that stands for none */
export function relationKind(number: number): RelationKind {
  const kind = kindByNumber.get(number)
  if (kind === undefined) throw new Error(`no relation has the kind ${number}`)
  return kind
}

/**
 * Which sensitive content somebody sees because of how they have to do with the patient.
 *
 * @source Luật Phòng, chống HIV/AIDS 64/2006/QH11 (amended by 71/2020/QH14), Điều 30: results of a test are told to those
 * who treat directly, not to a whole department; very restricted content only to a named team.
 */
export const COVERED: Readonly<
  Record<'department' | 'care-team' | 'participant' | 'ordered' | 'scheduled' | 'author', readonly Label[]>
> = {
  department: ['SEX', 'EMP', 'CEL', 'R'],
  'care-team': ['HIV', 'PSY', 'ETH', 'SDV', 'SEX', 'EMP', 'CEL', 'R', 'V'],
  participant: ['HIV', 'PSY', 'ETH', 'SDV', 'SEX', 'EMP', 'CEL', 'R'],
  ordered: ['HIV', 'PSY', 'ETH', 'SDV', 'SEX', 'EMP', 'CEL', 'R'],
  scheduled: ['SEX', 'EMP', 'CEL', 'R'],
  author: ['HIV', 'PSY', 'ETH', 'SDV', 'SEX', 'EMP', 'CEL', 'R'],
}

export interface RelationLine {
  readonly type: string
  /** search parameter whose references hold the relation */
  readonly parameter: string
  readonly kind: keyof typeof COVERED
  /** days before and after the resource's promoted date in which it holds */
  readonly before: number
  readonly after: number
  /** states in which it gives no relation at all */
  readonly unless: readonly string[]
}

const ERROR = 'entered-in-error'

export const RELATION_LINES: readonly RelationLine[] = [
  {
    type: 'Encounter',
    parameter: 'service-provider',
    kind: 'department',
    before: 1,
    after: 30,
    unless: ['cancelled', ERROR],
  },
  {
    type: 'Encounter',
    parameter: 'participant',
    kind: 'participant',
    before: 1,
    after: 30,
    unless: ['cancelled', ERROR],
  },
  {
    type: 'EpisodeOfCare',
    parameter: 'care-manager',
    kind: 'participant',
    before: 1,
    after: 30,
    unless: ['cancelled', ERROR],
  },
  { type: 'CareTeam', parameter: 'participant', kind: 'care-team', before: 0, after: 7, unless: ['inactive', ERROR] },
  { type: 'ServiceRequest', parameter: 'requester', kind: 'ordered', before: 0, after: 30, unless: [ERROR] },
  { type: 'ServiceRequest', parameter: 'performer', kind: 'ordered', before: 0, after: 30, unless: ['revoked', ERROR] },
  {
    type: 'Appointment',
    parameter: 'practitioner',
    kind: 'scheduled',
    before: 3,
    after: 7,
    unless: ['cancelled', 'noshow', ERROR],
  },
  { type: 'MedicationRequest', parameter: 'requester', kind: 'ordered', before: 0, after: 30, unless: [ERROR] },
  { type: 'Procedure', parameter: 'performer', kind: 'participant', before: 1, after: 30, unless: ['not-done', ERROR] },
  { type: 'Composition', parameter: 'author', kind: 'author', before: 0, after: 30, unless: [ERROR] },
]

/** What has no end of its own is taken to go on for so long after it was last written. */
const OPEN_DAYS = 400
const DAY = 86_400_000

/** Somebody who has to do with the patient of a resource, from when until when. */
export interface DerivedRelation {
  /** hash of `Practitioner/…`, `Organization/…` or whoever else is named */
  readonly holder: bigint
  readonly kind: RelationKind
  /** bits of LABELS */
  readonly labels: number
  /** ms since 1970 UTC, finite */
  readonly since: number
  readonly until: number
}

interface Compiled {
  readonly parameter: number
  readonly unless: readonly bigint[]
  readonly line: RelationLine
  readonly labels: number
}

const byType = new Map<string, Compiled[]>()
for (const line of RELATION_LINES) {
  const status = parameterConstant(line.type, 'status')
  const compiled = {
    parameter: parameterNumber(line.type, line.parameter),
    unless: line.unless.map((code) => status ^ hash64(code)),
    line,
    labels: bitsOf(COVERED[line.kind]),
  }
  byType.set(line.type, [...(byType.get(line.type) ?? []), compiled])
}

/** Types whose resources can give relations. */
export const RELATION_TYPES: readonly string[] = [...byType.keys()]

const NONE: readonly DerivedRelation[] = []

/**
 * Who has to do with the patient because of this resource. None for most types, for what belongs to no patient and for
 * what is over already.
 *
 * @param at when it is written (when the index is rebuilt: now), ms since 1970. What has no date begins then, and what
 * has no end goes on for 400 days from then or from its beginning, whichever is later.
 */
export function relationsOf(type: string, entries: IndexEntries, at: number = Date.now()): readonly DerivedRelation[] {
  const lines = byType.get(type)
  if (lines === undefined || entries.patient === null) return NONE
  const found: DerivedRelation[] = []
  for (const { parameter, target } of entries.references) {
    for (const compiled of lines) {
      if (compiled.parameter !== parameter || compiled.unless.some((term) => entries.terms.includes(term))) continue
      const { since, until } = periodOf(compiled.line, entries.date, at)
      if (until <= at) continue
      found.push({ holder: target, kind: compiled.line.kind, labels: compiled.labels, since, until })
    }
  }
  return found
}

function periodOf({ before, after }: RelationLine, date: IndexEntries['date'], at: number) {
  const low = date !== null && Number.isFinite(date.low) ? date.low : at
  const latest = Math.max(low, at) + OPEN_DAYS * DAY
  const end = date === null || !Number.isFinite(date.high) ? latest : date.high + after * DAY
  return { since: low - before * DAY, until: Math.min(end, latest) }
}
