/**
 * Real-sized patients: transaction bundles made by Synthea, one patient each, from `../shared/data/synthea`. They are
 * test material beside the project and no part of it.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { ROOT } from './child.ts'

const FOLDER = join(ROOT, '../shared/data/synthea')

/** @returns paths of the bundles in a fixed order; none where the folder is absent */
export const syntheaFiles = (): readonly string[] =>
  existsSync(FOLDER)
    ? readdirSync(FOLDER)
        .filter((name) => /^p\d+\.json\.gz$/.test(name))
        .toSorted()
        .map((name) => join(FOLDER, name))
    : []

export const readBundle = (file: string): string =>
  (file.endsWith('.gz') ? gunzipSync(readFileSync(file)) : readFileSync(file)).toString('utf8')

const NAME = /"family":"([^"]*)","given":\["([^"]*)"/
const UUID_START = /\b([0-9a-f]{4})(?=[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b)/g

export interface PersonName {
  readonly family: string
  readonly given: string
}

/** The patient is a bundle's first entry, so the first name is the patient's. */
export function nameIn(bundle: string): PersonName {
  const [, family = '', given = ''] = NAME.exec(bundle) ?? []
  return { family, given }
}

/**
 * Another patient of the same size: all identifiers and references moved alike, and a new name. Without new names a
 * search by name would find as many more people as there are copies, which no hospital's growth does.
 */
export function anotherPatient(bundle: string, copy: number, { family, given }: PersonName): string {
  const shift = copy * 4099
  const moved = bundle.replace(UUID_START, (digits) =>
    ((Number.parseInt(digits, 16) + shift) & 0xffff).toString(16).padStart(4, '0'),
  )
  return moved.replace(NAME, () => `"family":"${family}","given":["${given}"`)
}

/** Number of entries, without parsing all of it. */
export const resourcesIn = (bundle: string): number => bundle.split('"fullUrl":').length - 1
