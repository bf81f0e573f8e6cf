/** How patients stand to readers, remembered for a few seconds: a ward round asks about the same patient again and again. */
import { type Label, labelsIn, type Relation, relationKind } from '#foundation/access-control'
import type { RecordStore, Standing } from '#foundation/record-store'

/** What decisions need to know of a patient. */
export interface PatientFacts {
  readonly labels: readonly Label[]
  readonly relations: readonly Relation[]
}

export interface Standings {
  /** @param holders of the reader's fence @param isFresh true: as it is now, not as it was some seconds ago */
  of(patient: bigint, holders: readonly string[], isFresh?: boolean): PatientFacts | Promise<PatientFacts>
  /** a relation was given or taken */
  forget(): void
}

const KEPT_MS = 5_000
const MOST_KEPT = 50_000

/** In the words of access control. */
export const factsOf = ({ labels, relations }: Standing): PatientFacts => ({
  labels: labelsIn(labels),
  relations: relations.map((held) => ({
    kind: relationKind(held.kind),
    labels: labelsIn(held.labels),
    until: new Date(held.until).toISOString(),
  })),
})

export function standings(store: Pick<RecordStore, 'standing'>): Standings {
  const kept = new Map<string, { readonly facts: PatientFacts; readonly until: number }>()

  async function ask(key: string, patient: bigint, holders: readonly string[]): Promise<PatientFacts> {
    const facts = factsOf(await store.standing(patient, holders))
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(key, { facts, until: Date.now() + KEPT_MS })
    return facts
  }

  return {
    of(patient, holders, isFresh = false) {
      const key = `${patient}|${holders.join()}`
      const known = isFresh ? undefined : kept.get(key)
      return known !== undefined && known.until > Date.now() ? known.facts : ask(key, patient, holders)
    },
    forget: () => kept.clear(),
  }
}
