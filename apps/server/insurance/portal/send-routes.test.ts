import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore, type RecordStore } from '#foundation/record-store'
import { verifyDossierFile } from '#obligations/digital-signature'
import { readDossierFile, writeDossierFile } from '#obligations/health-insurance'
import { FAKE_ACCOUNT, type FakePortal, fakePortal } from '#testing/fake-portal'
import { insuranceDossier } from '#testing/insurance-dossiers'
import { databaseForTest } from '#testing/postgres'
import { buildApp } from '../../app.ts'
import { readSettings } from '../../settings.ts'
import type { DossierDetail, DossierLine, DossierPage } from '../api.ts'
import { importFiles } from '../import-files.ts'
import { openOutbox } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'lanh-send-'))
const { facility } = insuranceDossier(1)
let store: RecordStore
let fake: FakePortal
let app: FastifyInstance
let line: DossierLine

/** The server with what the environment says. */
const serverWith = (environment: NodeJS.ProcessEnv): Promise<FastifyInstance> =>
  buildApp({ store, outbox: openOutbox(store, readSettings(new Map([['--data', folder]]), environment), environment) })

const account = (address: string): NodeJS.ProcessEnv => ({
  LANH_BHXH_URL: address,
  LANH_BHXH_USER: FAKE_ACCOUNT.username,
  LANH_BHXH_PASSWORD: FAKE_ACCOUNT.password,
  LANH_BHXH_FACILITY: facility,
})

const send = (from: FastifyInstance, id: string, payload: string | object = {}) =>
  from.inject({ method: 'POST', url: `/insurance/dossiers/${id}/send`, payload })

beforeAll(async () => {
  store = await openStore((await databaseForTest()).connection)
  fake = await fakePortal({ accounts: [{ ...FAKE_ACCOUNT, facility }] })
  app = await serverWith(account(fake.address))
  const bytes = Buffer.from(writeDossierFile([insuranceDossier(1)], '20251231'))
  await Array.fromAsync(importFiles([{ path: 'a.xml', size: bytes.length, bytes }], { store, off: new Set() }))
  line = (await app.inject('/insurance/dossiers')).json<DossierPage>().dossiers[0]!
})
afterAll(async () => {
  await app.close()
  await fake.close()
  await store.close()
  rmSync(folder, { recursive: true })
})

test('a dossier that was imported is written anew, signed, sent, and stands as accepted with its receipt', async () => {
  expect(line.state).toBe('ready')
  const answer = await send(app, line.id)
  const [received] = fake.received
  expect([answer.statusCode, answer.json()]).toMatchObject([200, { state: 'accepted', receipt: received?.receipt }])
  expect(verifyDossierFile(received?.file ?? '', { at: new Date() })).toMatchObject({
    valid: true,
    signer: { test: true },
  })
  const read = readDossierFile(Buffer.from(received?.file ?? ''))
  expect(read.ok && read.dossiers[0]?.dossier.tables).toEqual(insuranceDossier(1).tables)
  const { history } = (await app.inject(`/insurance/dossiers/${line.id}`)).json<DossierDetail>()
  expect(history.map(({ state }) => state)).toEqual(['ready', 'ready', 'sent', 'accepted'])
})

test('it may be sent again, and is marked so', async () => {
  expect((await send(app, line.id)).json()).toMatchObject({ state: 'accepted' })
  const { history } = (await app.inject(`/insurance/dossiers/${line.id}`)).json<DossierDetail>()
  expect(history.map(({ state }) => state)).toContain('resent')
  expect(fake.received).toHaveLength(2)
})

test('OUTBOX-1 what does not exist is not found', async () => {
  const answer = await send(app, 'nobody')
  expect([answer.statusCode, answer.json()]).toMatchObject([404, { rule: 'OUTBOX-1', vi: 'Không có hồ sơ này' }])
})

test('a page of another site, which can send no JSON unasked, sends no dossier', async () => {
  const before = fake.received.length
  const empty = await app.inject({ method: 'POST', url: `/insurance/dossiers/${line.id}/send` })
  expect([empty.statusCode, (await send(app, line.id, 'a form')).statusCode]).toEqual([400, 415])
  expect(fake.received).toHaveLength(before)
})

test.each([
  ['OUTBOX-4', 'without a portal', {}],
  ['OUTBOX-6', 'with a test certificate to a portal elsewhere', account('https://egw.example.vn')],
])('%s nothing is sent %s', async (rule, _what, environment) => {
  const other = await serverWith(environment)
  expect((await send(other, line.id)).json()).toMatchObject({ rule })
  await other.close()
})
