import { hash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { FhirResource } from '#fhir/r4'
import { validate } from '#fhir/validation'
import { readDossierFile } from '../read/read-file.ts'
import type { Dossier } from '../types.ts'
import { toDossier } from './to-dossier.ts'
import { toResources } from './to-resources.ts'

const SAMPLES = join(import.meta.dirname, '../../../../shared/data/bhxh-samples')
const missing = !existsSync(SAMPLES)
if (missing) console.warn('skipped: the sample dossiers are not beside the project')

const identify = (kind: string, ...parts: string[]): string =>
  hash('sha256', JSON.stringify([kind, ...parts]), 'hex').slice(0, 32)

interface Sample {
  readonly name: string
  readonly dossier: Dossier
}

/** Dossiers of a folder; what cannot be read at all is another test's. */
const samplesIn = (folder: string): Sample[] =>
  missing
    ? []
    : readdirSync(join(SAMPLES, folder)).flatMap((file) => {
        const read = readDossierFile(readFileSync(join(SAMPLES, folder, file)))
        return read.ok ? read.dossiers.map(({ dossier }) => ({ name: `${folder}/${file}`, dossier })) : []
      })

/** An empty element says as much as none: a strict dossier writes every element. */
const filled = ({ tables, ...envelope }: Dossier) => ({
  ...envelope,
  tables: Object.entries(tables)
    .filter(([, rows]) => rows.length > 0)
    .map(([table, rows]) => [
      table,
      rows.map(({ values, unknown }) => [new Map(Object.entries(values).filter(([, text]) => text !== '')), unknown]),
    ]),
})

/** As the record gives them back: from JSON, in any order. */
const stored = (dossier: Dossier): FhirResource[] =>
  (JSON.parse(JSON.stringify(toResources(dossier, identify))) as FhirResource[]).toReversed()

const nameOf = ({ resourceType, id }: FhirResource): string => `${resourceType}/${id}`

describe.skipIf(missing)('every sample that can be read', () => {
  const samples = ['valid', 'lenient', 'invalid'].flatMap(samplesIn)

  test('comes back field by field', () => {
    expect(samples.length).toBeGreaterThan(100)
    for (const { name, dossier } of samples)
      expect([name, filled(toDossier(stored(dossier)))]).toEqual([name, filled(dossier)])
  })

  test('becomes valid resources', () => {
    for (const { name, dossier } of samples) {
      const faults = stored(dossier).flatMap((resource) =>
        validate(resource)
          .filter(({ severity }) => severity === 'error')
          .map(({ rule, at }) => `${nameOf(resource)} ${rule} ${at}`),
      )
      expect([name, ...faults]).toEqual([name])
    }
  })

  test('refers only to what comes with it, and names nothing twice', () => {
    for (const { name, dossier } of samples) {
      const resources = stored(dossier)
      const names = new Set(resources.map(nameOf))
      expect([name, names.size]).toEqual([name, resources.length])
      const targets = [...JSON.stringify(resources).matchAll(/"reference":"([^"]+)"/g)].map(([, target]) => target)
      expect([name, ...targets.filter((target) => !names.has(target ?? ''))]).toEqual([name])
    }
  })
})
