import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

export interface FoundFile {
  readonly path: string
  /** bytes on the disk */
  readonly size: number
  readonly kind: 'json' | 'ndjson'
  /** found in a folder: may turn out to be no FHIR at all, which is then no failure */
  readonly inFolder: boolean
}

const KINDS: readonly (readonly [ending: RegExp, kind: FoundFile['kind']])[] = [
  [/\.ndjson(\.gz)?$/i, 'ndjson'],
  [/\.json(\.gz)?$/i, 'json'],
]

/** What a path on the command line names: one file, or every FHIR-looking file below a folder, by name. */
export async function findFiles(path: string, inFolder = false): Promise<readonly FoundFile[]> {
  const found = await stat(path)
  if (found.isDirectory()) {
    const names = (await readdir(path)).toSorted()
    return (await Promise.all(names.map((name) => findFiles(join(path, name), true)))).flat()
  }
  const kind = KINDS.find(([ending]) => ending.test(path))?.[1]
  if (!kind && inFolder) return []
  return [{ path, size: found.size, kind: kind ?? 'json', inFolder }]
}
