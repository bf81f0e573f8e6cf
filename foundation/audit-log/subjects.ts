/** Whom and what an act concerns, as rows of an index by time. Derived: it can be built again from the statements. */
import { hash64 } from '#fhir/search'
import { entityOf, type Statement } from './statement.ts'

/** Kinds of subjects. Numbers never change meaning. */
export const SUBJECT_KINDS = { every: 0, patient: 1, agent: 2, entity: 3, outcome: 4, action: 5, many: 6 } as const

export type SubjectKind = keyof typeof SUBJECT_KINDS

export interface Subject {
  readonly kind: number
  readonly subject: bigint
}

/**
 * An act that names more things than this (a page of a search) has one row that says so in the place of one for each:
 * fifty rows would cost more than everything else of the act. Whoever looks for one of them by itself walks these acts.
 */
export const FEW_ENTITIES = 8

/** What most acts are is found by walking all of them; rows of their own are for what is rare. */
const EVERYDAY: readonly string[] = ['success', 'read', 'vread', 'search', 'create', 'update', 'patch', 'everything']

export const isEveryday = (text: string): boolean => EVERYDAY.includes(text)

export const subjectOf = (kind: SubjectKind, text: string): Subject => ({
  kind: SUBJECT_KINDS[kind],
  subject: text === '' ? 0n : hash64(text),
})

/** @returns no two equal rows */
export function subjectsOf({ agent, patients, entities, action, outcome }: Statement): readonly Subject[] {
  return [
    subjectOf('every', ''),
    subjectOf('agent', agent),
    ...[...new Set(patients)].map((patient) => subjectOf('patient', patient)),
    ...entitySubjects(entities),
    ...(isEveryday(outcome) ? [] : [subjectOf('outcome', outcome)]),
    ...(isEveryday(action) ? [] : [subjectOf('action', action)]),
  ]
}

function entitySubjects(entities: readonly string[]): readonly Subject[] {
  if (entities.length > FEW_ENTITIES) return [subjectOf('many', '')]
  const references = new Set(entities.map((entity) => entityOf(entity).reference))
  return [...references].map((reference) => subjectOf('entity', reference))
}
