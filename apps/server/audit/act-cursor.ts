/** Where a page of acts ended, sealed for the road. */
import { accept, type Outcome } from '#fhir/outcome'
import type { ActPlace } from '#foundation/audit-log'
import type { RecordStore } from '#foundation/record-store'

const PURPOSE = 'page of acts'

export const sealPlace = (store: Pick<RecordStore, 'seal'>, place: ActPlace | null): string | null =>
  place === null ? null : store.seal(`${place.at} ${place.seq}`, PURPOSE)

/** @returns STORE-3 for what is none of ours */
export function unsealPlace(store: Pick<RecordStore, 'unseal'>, cursor: string | null): Outcome<ActPlace | null> {
  if (cursor === null) return accept(null)
  const text = store.unseal(cursor, PURPOSE, '_cursor')
  if (!text.ok) return text
  const [at, seq = ''] = text.value.split(' ')
  return accept({ at: Number(at), seq })
}
