import { expect, test } from 'vitest'
import { checkDossier, type Dossier } from '#obligations/health-insurance'
import { fhirServer } from '#testing/fhir-server'
import { insuranceDossier } from '#testing/insurance-dossiers'
import { Catalogue } from './catalogue.ts'
import { entryId } from './catalogue-entry.ts'
import { cataloguesFor } from './known-catalogues.ts'
import { resourceWrite } from './resource-write.ts'

const server = fhirServer()

/** The dossier with its first service called and priced otherwise, on a day of its own. */
function withService(dossier: Dossier, values: Readonly<Record<string, string>>): Dossier {
  const [first, ...others] = dossier.tables.XML3 ?? []
  return {
    ...dossier,
    tables: { ...dossier.tables, XML3: [{ ...first!, values: { ...first!.values, ...values } }, ...others] },
  }
}

async function catalogueFindings(dossier: Dossier): Promise<readonly string[]> {
  const findings = checkDossier(dossier, { catalogues: await cataloguesFor(server.store, dossier) })
  return findings
    .filter(({ rule }) => rule.startsWith('BHYT-CATALOGUE'))
    .map(({ rule, row, field }) => `${rule} [${row}].${field}`)
}

test('what dossiers showed is known, what they did not is named, and what is retired has ended', async () => {
  const plain = insuranceDossier(0)
  const { MA_DICH_VU: code = '', DON_GIA_BV: price } = plain.tables.XML3![0]!.values
  expect(await catalogueFindings(plain)).toEqual([])
  const catalogue = new Catalogue(server.store)
  for (const day of ['20250102', '20250630', '20251230'])
    catalogue.see(withService(plain, { NGAY_YL: `${day}0800`, NGAY_TH_YL: '' }))
  // a slip: another price on one day only
  const slip = withService(plain, { NGAY_YL: '202503010800', DON_GIA_BV: '1234.000', DON_GIA_BH: '1234.000' })
  catalogue.see(slip)
  await catalogue.write()

  expect(await catalogueFindings(plain)).toEqual([])
  expect(await catalogueFindings(withService(plain, { MA_DICH_VU: '99.9999' }))).toEqual([
    'BHYT-CATALOGUE-1 [1].MA_DICH_VU',
  ])
  expect(price).not.toBe('1234.000')
  expect(await catalogueFindings(slip)).toEqual(['BHYT-CATALOGUE-2 [1].DON_GIA_BV', 'BHYT-CATALOGUE-2 [1].DON_GIA_BH'])

  const id = entryId({ kind: 'services', facility: plain.facility, code })
  const stored = JSON.parse((await server.store.read('ChargeItemDefinition', id))!.body!)
  const retired = { ...stored, status: 'retired', effectivePeriod: { start: '2025-01-01', end: '2025-02-01' } }
  await server.store.writeOne(resourceWrite(retired), { reference: 'Device/lanh-import' })
  catalogue.see(plain)
  await catalogue.write()
  expect(await catalogueFindings(withService(plain, { NGAY_YL: '202502010800' }))).toEqual([])
  expect(await catalogueFindings(withService(plain, { NGAY_YL: '202502020800' }))).toEqual([
    'BHYT-CATALOGUE-3 [1].MA_DICH_VU',
  ])
})
