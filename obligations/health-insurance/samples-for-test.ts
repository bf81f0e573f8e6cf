import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Synthetic dossiers of an outside suite with its verdicts. They judge; none of them is known to the product. */
const FOLDER = join(import.meta.dirname, '../../../shared/data/bhxh-samples')

export const hasSamples = existsSync(FOLDER)

export interface SampleFile {
  readonly file: string
  readonly class: string
  readonly table: string | null
  readonly row: number | null
  readonly field: string | null
  readonly related?: readonly string[]
  readonly acceptable?: readonly string[]
  readonly ambiguous?: true
}

export interface Expected {
  readonly file: string
  readonly maLk: string
  readonly counts: Readonly<Record<string, number>>
  readonly rows: Readonly<Record<string, number>>
  readonly totals: Readonly<Record<string, string>>
}

interface Manifest {
  readonly valid: readonly SampleFile[]
  readonly lenient: readonly SampleFile[]
  readonly invalid: readonly SampleFile[]
  readonly checkin: readonly SampleFile[]
}

const json = (name: string): unknown => JSON.parse(readFileSync(join(FOLDER, name), 'utf8'))

export const manifest: Manifest = hasSamples
  ? (json('manifest.json') as Manifest)
  : { valid: [], lenient: [], invalid: [], checkin: [] }

export const expected: readonly Expected[] = hasSamples ? (json('expected.json') as readonly Expected[]) : []

export const sample = (file: string): Uint8Array => readFileSync(join(FOLDER, file))

/** Documents with entities, includes and bombs, from another suite; [] where it is absent. */
export function attacks(): readonly { readonly name: string; readonly bytes: Uint8Array }[] {
  const folder = join(FOLDER, '../xml-attacks')
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() && entry.name !== 'README.md' && !entry.name.endsWith('.xsd') && !entry.name.endsWith('.xsl'),
    )
    .map((entry) => ({ name: entry.name, bytes: readFileSync(join(entry.parentPath, entry.name)) }))
}
