import { expect, test } from 'vitest'
import type { Coverage, FhirResource, Patient } from '#fhir/r4'
import { type Dossier, writeDossierFile } from '#obligations/health-insurance'
import { fhirServer } from '#testing/fhir-server'
import { insuranceDossier } from '#testing/insurance-dossiers'
import { currentDossiers } from './current-dossiers.ts'
import { allTasks } from './find-tasks.ts'
import { importFiles } from './import-files.ts'

const server = fhirServer()

async function imported(...dossiers: readonly Dossier[]): Promise<void> {
  for (const dossier of dossiers) {
    const bytes = Buffer.from(writeDossierFile([dossier], dossier.made))
    const sources = [{ path: 'x.xml', size: bytes.length, bytes }]
    await Array.fromAsync(importFiles(sources, { store: server.store, off: new Set() }))
  }
}

async function summaryOf(visit: string) {
  const tasks = await Array.fromAsync(allTasks(server.store, 'insurance-dossier', [['identifier', visit]]))
  const [dossier] = await currentDossiers(server.store, tasks)
  return dossier?.tables.XML1?.[0]?.values
}

/** The first resource of a type whose text holds something, as anybody would find it. */
async function theOne<T extends FhirResource>(query: string): Promise<T> {
  const { body } = await server.request('GET', query)
  return body.entry[0]!.resource as unknown as T
}

const put = (resource: FhirResource) =>
  server.request('PUT', `${resource.resourceType}/${resource.id}`, resource as unknown)

const withSummary = (dossier: Dossier, n: number, values: Readonly<Record<string, string>>): Dossier => {
  const [row] = dossier.tables.XML1!
  const XML1 = [{ ...row!, values: { ...row!.values, ...values } }]
  return { ...insuranceDossier(n), tables: { ...insuranceDossier(n).tables, XML1 } }
}

test('a correction in the chart reaches the dossier, what a later dossier says of the patient does not', async () => {
  // 4 is by the person of 0, who has moved meanwhile
  const [first, later] = [insuranceDossier(0), insuranceDossier(4)]
  const moved = withSummary(later, 4, { DIA_CHI: 'Số 8, Phường Mới, Thành phố Hà Nội' })
  const summary = first.tables.XML1![0]!.values
  await imported(first, { ...moved, made: '20251231' })
  expect(await summaryOf(first.visit)).toEqual(summary)

  const patient = await theOne<Patient>(`Patient?identifier=${summary.MA_BN}`)
  expect(patient.address?.[0]?.text).toContain('Phường Mới')
  expect(
    (await put({ ...patient, name: [{ use: 'official', text: 'Tên Đã Sửa' }], birthDate: '1950-01-02' })).status,
  ).toBe(200)
  const card = await theOne<Coverage>(`Coverage?beneficiary=Patient/${patient.id}`)
  await put({ ...card, period: { start: '2025-01-01', end: '2026-06-30' } })
  expect(await summaryOf(first.visit)).toEqual({
    ...summary,
    HO_TEN: 'Tên Đã Sửa',
    NGAY_SINH: '195001020000',
    GT_THE_DEN: '20260630',
  })
})

test('a person’s word that is older than the dossier leaves it as it came', async () => {
  const dossier = insuranceDossier(31)
  const { MA_BN = '', SO_CCCD = '', MA_THE_BHYT = '' } = dossier.tables.XML1![0]!.values
  const core = 'http://fhir.ehealth.gov.vn/core/sid'
  await put({
    resourceType: 'Patient',
    id: 'co-truoc',
    identifier: [
      { system: `${core}/patient-internal-id`, value: MA_BN },
      { system: `${core}/national_id`, value: SO_CCCD },
      { system: `${core}/insurance_number`, value: MA_THE_BHYT },
    ],
    name: [{ text: (dossier.tables.XML1![0]!.values.HO_TEN ?? '').toUpperCase() }],
    gender: dossier.tables.XML1![0]!.values.GIOI_TINH === '2' ? 'female' : 'male',
    birthDate: (dossier.tables.XML1![0]!.values.NGAY_SINH ?? '').replace(/^(....)(..)(..).*$/, '$1-$2-$3'),
  })
  await imported(dossier)
  const [task] = await Array.fromAsync(allTasks(server.store, 'insurance-dossier', [['identifier', dossier.visit]]))
  expect(task?.for?.reference).toBe('Patient/co-truoc')
  expect(await summaryOf(dossier.visit)).toEqual(dossier.tables.XML1![0]!.values)
})
