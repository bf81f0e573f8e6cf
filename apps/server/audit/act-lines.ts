/** Acts as the screens show them: with the names that the record has today. */
import { fullName } from '#hospital/identification'
import type { HumanName } from '#fhir/r4'
import { type Act, entityOf } from '#foundation/audit-log'
import type { RecordStore } from '#foundation/record-store'
import type { ActLine } from './api.ts'

const NAMED_TYPES: readonly string[] = ['Practitioner', 'Patient', 'RelatedPerson']

/** @param store behind the fence of whoever looks: a name they may not see stays a reference */
export async function actLines(
  store: Pick<RecordStore, 'readMany'>,
  acts: readonly Act[],
): Promise<readonly ActLine[]> {
  const names = await namesOf(store, [...new Set(acts.map(({ statement }) => statement.agent))])
  return acts.map((act) => lineOf(act, names))
}

async function namesOf(
  store: Pick<RecordStore, 'readMany'>,
  references: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const people = references
    .map((reference) => reference.split('/'))
    .flatMap(([type = '', id = '']) => (NAMED_TYPES.includes(type) && id !== '' ? [{ type, id }] : []))
  const found = people.length === 0 ? [] : await store.readMany(people)
  return new Map(
    found.flatMap((version) => {
      if (!version?.body) return []
      const words = fullName(JSON.parse(version.body) as { name?: HumanName[] })
      return words ? [[`${version.type}/${version.id}`, words] as const] : []
    }),
  )
}

function lineOf({ seq, statement, detail }: Act, names: ReadonlyMap<string, string>): ActLine {
  const { at, action, outcome, agent, roles, client, entities, more = 0, patients, purpose, rule } = statement
  return {
    id: seq,
    at,
    action,
    outcome,
    who: { reference: agent, name: names.get(agent) ?? null, roles, client: client ?? null },
    what: entities.map(entityOf),
    more,
    patients,
    purpose,
    network: detail?.network || null,
    reason: detail?.reason ?? null,
    query: detail?.query ?? null,
    erased: detail === null,
    rule: rule ?? null,
  }
}
