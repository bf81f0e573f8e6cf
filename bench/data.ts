/** The data of a run: which bundles are imported, which are sent as transactions, and how they grow. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { demoHospital } from '#testing/demo-hospital'
import { anotherPatient, nameIn, readBundle, syntheaFiles } from './synthea.ts'

export interface DataSet {
  /** what it is, for the report */
  readonly name: string
  /** for `lanh import` */
  readonly imported: readonly string[]
  /** for HTTP transactions: one slice to warm up, then one for each number of connections */
  readonly sent: readonly (readonly string[])[]
  /** writes so many times as many further patients. @returns the folder they are in */
  grow(times: number, folder: string): string
}

/** How many bundles go each way. A slice is sent once and never again, so that no measurement repeats content. */
export interface Amounts {
  readonly imported: number
  readonly perSlice: number
  readonly slices: number
}

const WARM_UP_BUNDLES = 5

/** Synthea's patients, or the demo hospital where they are absent. @param folder for what has to be written */
export function chooseData(amounts: Amounts, folder: string): DataSet {
  const synthea = syntheaFiles()
  if (synthea.length > 0) {
    const portion = portions(synthea, amounts)
    return {
      name: 'Synthea R4 patients, one transaction bundle each',
      ...portion,
      grow: (times, into) => growSynthea([...portion.imported, ...portion.sent.flat()], times, into),
    }
  }
  const wanted = amounts.imported + WARM_UP_BUNDLES + amounts.perSlice * amounts.slices
  return {
    name: 'the demo hospital, one transaction bundle for each patient',
    ...portions(writeDemo(0, wanted, folder), amounts),
    grow(times, into) {
      writeDemo(wanted, wanted * (times + 1), into)
      return into
    },
  }
}

function portions(
  files: readonly string[],
  { imported, perSlice, slices }: Amounts,
): Pick<DataSet, 'imported' | 'sent'> {
  const begin = imported + WARM_UP_BUNDLES
  const size = Math.min(perSlice, Math.floor((files.length - begin) / slices))
  if (size < 1) throw new Error(`${files.length} bundles are too few for this run`)
  return {
    imported: files.slice(0, imported),
    sent: [
      files.slice(imported, begin),
      ...Array.from({ length: slices }, (_, i) => files.slice(begin + i * size, begin + (i + 1) * size)),
    ],
  }
}

/** The demo hospital itself and its patients from one number to another, each in a file. */
function writeDemo(from: number, to: number, folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true })
  const files: string[] = []
  let number = 0
  for (const bundle of demoHospital({ patients: to - 1, longRecords: false })) {
    if (number >= from) {
      const file = join(folder, `demo-${number}.json`)
      writeFileSync(file, JSON.stringify(bundle))
      files.push(file)
    }
    number += 1
  }
  return files
}

/** Further patients for each bundle: same sizes, other identifiers, other names. */
function growSynthea(files: readonly string[], copies: number, folder: string): string {
  mkdirSync(folder, { recursive: true })
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
