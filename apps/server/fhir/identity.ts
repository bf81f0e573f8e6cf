import type { RecordStore, StoredVersion } from '#foundation/record-store'
import type { Target } from './exchange.ts'
import { isId } from './target.ts'

/** What the store has under an address; nothing can be under an id that FHIR does not allow. */
export const readIdentity = async (
  store: Pick<RecordStore, 'read'>,
  { type, id }: Pick<Target, 'type' | 'id'>,
): Promise<StoredVersion | null> => (isId(id) ? store.read(type, id) : null)

/** A version that is not a deletion. */
export type Present = StoredVersion & { readonly body: string }

export const isPresent = (stored: StoredVersion | null): stored is Present => stored !== null && stored.body !== null

/** @returns null where there is nothing, or nothing any more */
export async function presentVersion(
  store: Pick<RecordStore, 'read'>,
  target: Pick<Target, 'type' | 'id'>,
): Promise<number | null> {
  const stored = await readIdentity(store, target)
  return isPresent(stored) ? stored.version : null
}
