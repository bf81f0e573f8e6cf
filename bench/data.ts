/** The data of a run: which bundles are imported, which are sent as transactions, and how they grow. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { anotherPatient, nameIn, readBundle, syntheaFiles } from './synthea.ts'

export interface DataSet {
  /** what it is, for the report */
  readonly name: string
  /** for `lanh import` */
  readonly imported: readonly string[]
  /** for HTTP transactions: one slice to warm up, then one for each number of connections */
  readonly sent: readonly (readonly string[])[]
}

/** How many bundles go each way. A slice is sent once and never again, so that no measurement repeats content. */
export interface Amounts {
  readonly imported: number
  readonly perSlice: number
  readonly slices: number
}

const WARM_UP_BUNDLES = 5

export function chooseData({ imported, perSlice, slices }: Amounts): DataSet {
  const files = syntheaFiles()
  const fits = Math.floor((files.length - imported - WARM_UP_BUNDLES) / slices)
  if (fits < 1) throw new Error(`${files.length} bundles are too few for this run`)
  const size = Math.min(perSlice, fits)
  const warmUp = files.slice(imported, imported + WARM_UP_BUNDLES)
  const begin = imported + WARM_UP_BUNDLES
  return {
    name: 'Synthea R4 patients, one transaction bundle each',
    imported: files.slice(0, imported),
    sent: [warmUp, ...Array.from({ length: slices }, (_, i) => files.slice(begin + i * size, begin + (i + 1) * size))],
  }
}

/**
 * Writes `copies` further patients for each bundle of the data set: same sizes, other identifiers, other names.
 * @returns the folder they are in
 */
export function grow({ imported, sent }: DataSet, copies: number, folder: string): string {
  mkdirSync(folder, { recursive: true })
  const files = [...imported, ...sent.flat()]
  const bundles = files.map(readBundle)
  const names = bundles.map(nameIn)
  const nameAt = (i: number) => names[i % names.length] ?? { family: '', given: '' }
  for (let copy = 1; copy <= copies; copy += 1) {
    for (const [i, bundle] of bundles.entries()) {
      const name = { family: nameAt(i + 31 * copy).family, given: nameAt(i + 17 * copy).given }
      writeFileSync(join(folder, `copy-${copy}-${i}.json`), anotherPatient(bundle, copy, name))
    }
  }
  return folder
}
