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
import { openSending, type SendingDesk } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'lanh-send-'))
const { facility } = insuranceDossier(1)
let store: RecordStore
let fake: FakePortal
let sending: SendingDesk
let app: FastifyInstance
let line: DossierLine

/** The server with what the environment says. */
const sendingWith = (environment: NodeJS.ProcessEnv): SendingDesk =>
  openSending(store, readSettings(new Map([['--data', folder]]), environment), environment)

const post = (url: string, payload: string | object = {}, from = app) =>
  from.inject({ method: 'POST', url: `/insurance/dossiers/${url}`, payload })

const lineNow = async (): Promise<DossierLine> => (await post('search')).json<DossierPage>().dossiers[0]!

const account = (address: string): NodeJS.ProcessEnv => ({
  LANH_BHXH_URL: address,
  LANH_BHXH_USER: FAKE_ACCOUNT.username,
  LANH_BHXH_PASSWORD: FAKE_ACCOUNT.password,
  LANH_BHXH_FACILITY: facility,
})

const send = (id: string, payload: string | object = {}, from = app) => post(`${id}/send`, payload, from)

beforeAll(async () => {
  store = await openStore((await databaseForTest()).connection)
  fake = await fakePortal({ accounts: [{ ...FAKE_ACCOUNT, facility }] })
  sending = sendingWith(account(fake.address))
  app = await buildApp({ store, sending })
  const bytes = Buffer.from(writeDossierFile([insuranceDossier(1)], '20251231'))
  await Array.fromAsync(importFiles([{ path: 'a.xml', size: bytes.length, bytes }], { store, off: new Set() }))
  line = await lineNow()
})
afterAll(async () => {
  await app.close()
  await fake.close()
  await store.close()
  rmSync(folder, { recursive: true })
})

test('OUTBOX-7 what another program may have sent is not sent before somebody makes it ready', async () => {
  expect(line.state).toBe('elsewhere')
  const answer = await send(line.id)
  expect([answer.statusCode, answer.json()]).toMatchObject([409, { rule: 'OUTBOX-7' }])
  expect((await post('move', { ids: [line.id], to: 'ready' })).json()).toEqual({ moved: 1, left: 0 })
  expect((await lineNow()).state).toBe('ready')
})

test('a dossier is written anew, signed and queued at once; then it is sent and stands as accepted with its receipt', async () => {
  const answer = await send(line.id)
  expect([answer.statusCode, answer.json()]).toMatchObject([202, { state: 'queued', receipt: null }])
  expect(fake.received).toHaveLength(0)
  await sending.dossiers.runOnce()
  const [received] = fake.received
  expect(await lineNow()).toMatchObject({ state: 'accepted', receipt: received?.receipt })
  expect(verifyDossierFile(received?.file ?? '', { at: new Date() })).toMatchObject({
    valid: true,
    signer: { test: true },
  })
  const read = readDossierFile(Buffer.from(received?.file ?? ''))
  expect(read.ok && read.dossiers[0]?.dossier.tables).toEqual(insuranceDossier(1).tables)
  const { history } = (await app.inject(`/insurance/dossiers/${line.id}`)).json<DossierDetail>()
  expect(history.map(({ state }) => state)).toEqual(['elsewhere', 'ready', 'queued', 'sent', 'accepted'])
})

test('it may be sent again, and is marked so', async () => {
  await send(line.id)
  await sending.dossiers.runOnce()
  expect((await lineNow()).state).toBe('accepted')
  const { history } = (await app.inject(`/insurance/dossiers/${line.id}`)).json<DossierDetail>()
  expect(history.map(({ state }) => state)).toContain('resent')
  expect(fake.received).toHaveLength(2)
})

test('OUTBOX-1 what does not exist is not found', async () => {
  const answer = await send('nobody')
  expect([answer.statusCode, answer.json()]).toMatchObject([404, { rule: 'OUTBOX-1', vi: 'Không có hồ sơ này' }])
})

test('a page of another site, which can send no JSON unasked, sends no dossier', async () => {
  const before = fake.received.length
  const empty = await app.inject({ method: 'POST', url: `/insurance/dossiers/${line.id}/send` })
  expect([empty.statusCode, (await send(line.id, 'a form')).statusCode]).toEqual([400, 415])
  expect(fake.received).toHaveLength(before)
})

test.each([
  ['OUTBOX-4', 'without a portal', {}],
  ['OUTBOX-6', 'with a test certificate to a portal elsewhere', account('https://egw.example.vn')],
])('%s nothing is sent %s', async (rule, _what, environment) => {
  const other = await buildApp({ store, sending: sendingWith(environment) })
  expect((await send(line.id, {}, other)).json()).toMatchObject({ rule })
  await other.close()
})
