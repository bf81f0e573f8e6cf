import type { StoredVersion } from './types.ts'

/** Columns of a StoredVersion, in the order `toVersion` reads them; `v` is the alias of resource_version. */
export const VERSION_COLUMNS = `v.type, v.id, v.version, (extract(epoch from v.at) * 1000)::bigint, v.author, v.method, v.body, v.patient`

export const VERSION_COLUMN_COUNT = 8

type Row = readonly (string | null)[]

/** @param from index of the first of the columns in the row */
export function toVersion(row: Row, from = 0): StoredVersion {
  return {
    type: row[from] as string,
    id: row[from + 1] as string,
    version: Number(row[from + 2]),
    at: new Date(Number(row[from + 3])).toISOString(),
    author: row[from + 4] as string,
    method: row[from + 5] as StoredVersion['method'],
    body: row[from + 6] ?? null,
    patient: row[from + 7] ? BigInt(row[from + 7] as string) : null,
  }
}
