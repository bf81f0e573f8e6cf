import { accept, type Outcome } from '#fhir/outcome'
import type { ImportWork, Write } from '#foundation/record-store'
import type { Writing } from './gather-writes.ts'
import { isShared } from './kept-dossier.ts'

/** Resources that one statement carries. */
const PORTION = 1000

/**
 * What may be there first, then what is new for certain: of the latter PostgreSQL need not be asked. Everybody writes in
 * this one order, so that two importers never wait for each other.
 * @returns resources that became versions, by the hash of the file they came with
 */
export async function storeWrites(
  asked: ImportWork,
  { writes, ofFile }: Writing,
): Promise<Outcome<ReadonlyMap<string, number>>> {
  const counts = new Map<string, number>()
  const sorted = [...writes].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, write]) => write)
  const known = sorted.filter((write) => !isNew(write)).toSorted((a, b) => rank(a) - rank(b))
  for (const part of [known, sorted.filter(isNew)]) {
    for (let start = 0; start < part.length; start += PORTION) {
      const outcome = await asked.write(part.slice(start, start + PORTION))
      if (!outcome.ok) return outcome
      for (const { effect, stored } of outcome.value) {
        const hash = ofFile.get(`${stored.type}/${stored.id}`) ?? ''
        if (effect !== 'unchanged' && effect !== 'absent') counts.set(hash, (counts.get(hash) ?? 0) + 1)
      }
    }
  }
  return accept(counts)
}

const isNew = (write: Write): boolean => write.method === 'put' && write.expected === 'none'
const rank = ({ type }: Write): number => (isShared(type) ? 0 : 1)
