import { expect, test } from 'vitest'
import type { Task } from '#fhir/r4'
import { type Dossier, writeDossierFile } from '#obligations/health-insurance'
import { fhirServer } from '#testing/fhir-server'
import { insuranceDossier } from '#testing/insurance-dossiers'
import { entryId } from './catalogue-entry.ts'
import { rebuildCatalogues } from './complete-catalogues.ts'
import { dossierDetail } from './dossier-detail.ts'
import { findingCounts } from './dossier-task.ts'
import { identify } from './identify.ts'
import { importFiles } from './import-files.ts'
import { resourceWrite } from './resource-write.ts'

const server = fhirServer()
const OFF: ReadonlySet<string> = new Set()

async function imported(dossier: Dossier): Promise<void> {
  const bytes = Buffer.from(writeDossierFile([dossier], dossier.made))
  const sources = [{ path: 'x.xml', size: bytes.length, bytes }]
  const [result] = await Array.fromAsync(importFiles(sources, { store: server.store, off: OFF }))
  expect(result?.outcome).toBe('imported')
}

const idOf = ({ facility, visit }: Dossier): string => identify('Claim', facility, visit)

/** Warnings as the work list counts them. */
async function listed(dossier: Dossier): Promise<number> {
  return findingCounts(JSON.parse((await server.store.read('Task', idOf(dossier)))?.body ?? '{}') as Task, OFF).warning
}

/** Warnings that the dossier shows, and the number above them. */
async function shown(dossier: Dossier): Promise<readonly (number | undefined)[]> {
  const detail = await dossierDetail(server.store, idOf(dossier), OFF)
  return [detail?.findings.filter(({ severity }) => severity === 'warning').length, detail?.counts.warning]
}

async function retire(dossier: Dossier): Promise<void> {
  const code = dossier.tables.XML3?.[0]?.values.MA_DICH_VU ?? ''
  const id = entryId({ kind: 'services', facility: dossier.facility, code })
  const stored = JSON.parse((await server.store.read('ChargeItemDefinition', id))?.body ?? '{}')
  const retired = { ...stored, status: 'retired', effectivePeriod: { start: '2020-01-01', end: '2020-02-01' } }
  expect((await server.store.writeOne(resourceWrite(retired), { reference: 'Practitioner/desk' })).ok).toBe(true)
}

test('what the catalogues object to is counted in the work list as the dossier shows it', async () => {
  const [first, second, third] = [insuranceDossier(0), insuranceDossier(1), insuranceDossier(2)]
  await imported(first)
  await imported(third)
  expect([await listed(first), ...(await shown(first))]).toEqual([0, 0, 0])
  await retire(first)
  // one that comes afterwards is counted at once
  await imported(second)
  const warnings = await listed(second)
  expect(warnings).toBeGreaterThan(0)
  expect(await shown(second)).toEqual([warnings, warnings])
  // one that was there is counted as soon as somebody looks at it
  expect(await shown(first)).toEqual([1, 1])
  expect(await listed(first)).toBe(1)
  // or when the catalogues are gone through
  await rebuildCatalogues(server.store, () => undefined)
  const after = await listed(third)
  expect(after).toBeGreaterThan(0)
  expect(await shown(third)).toEqual([after, after])
})
