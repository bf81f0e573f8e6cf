import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { identifierSystems } from '#fhir/naming'
import type { Coverage, Encounter, FhirResource, Patient } from '#fhir/r4'
import { openStore, type RecordStore } from '#foundation/record-store'
import { FAKE_ACCOUNT, FAKE_ASKERS, FAKE_CARDS, type FakePortal, fakePortal } from '#testing/fake-portal'
import { nativeVisit, ordinaryVisit } from '#testing/native-visits'
import { databaseForTest } from '#testing/postgres'
import { buildApp } from '../app.ts'
import { readSettings } from '../settings.ts'
import type { CardHolder, CardLookUpAnswer, CheckIn } from './card-api.ts'
import { openSending, type SendingDesk } from './portal/index.ts'
import { resourceWrite } from './resource-write.ts'

const folder = mkdtempSync(join(tmpdir(), 'lanh-cards-'))
const [[askerId, askerName] = ['', '']] = [...FAKE_ASKERS]
const FACILITY = '00931'
const AUTHOR = { reference: 'Practitioner/desk' }

let store: RecordStore
let fake: FakePortal
let sending: SendingDesk
let app: FastifyInstance

const put = async (...resources: readonly FhirResource[]): Promise<void> => {
  const written = await store.write(
    resources.map((each) => resourceWrite(each)),
    AUTHOR,
  )
  expect(written.ok).toBe(true)
}

const sendingWith = (more: NodeJS.ProcessEnv = {}): SendingDesk => {
  const environment = {
    LANH_BHXH_URL: fake.address,
    LANH_BHXH_USER: FAKE_ACCOUNT.username,
    LANH_BHXH_PASSWORD: FAKE_ACCOUNT.password,
    LANH_BHXH_FACILITY: FACILITY,
    LANH_BHXH_ASKER: askerName,
    LANH_BHXH_ASKER_ID: askerId,
    ...more,
  }
  return openSending(store, readSettings(new Map([['--data', folder]]), environment), environment)
}

const post = (path: string, payload: object, to = app) =>
  to.inject({ method: 'POST', url: `/insurance/${path}`, payload })

const personWith = (code: string) => FAKE_CARDS.find((each) => each.code === code)!

/** yyyy-MM-dd */
const born = ({ birthDate }: { readonly birthDate: string }): string => birthDate.split('/').toReversed().join('-')

async function lookUp(code: string): Promise<CardLookUpAnswer> {
  const person = personWith(code)
  const answer = await post('card-look-ups', { card: person.card, name: person.name, birthDate: born(person) })
  expect(answer.statusCode).toBe(200)
  return answer.json<CardLookUpAnswer>()
}

const aPatient = (code: string): Patient => ({
  resourceType: 'Patient',
  id: `the-${code}`,
  identifier: [{ system: identifierSystems.personalId, value: personWith(code).personalId }],
  name: [{ text: personWith(code).name }],
  birthDate: born(personWith(code)),
})

const aCoverage = (code: string): Coverage => ({
  resourceType: 'Coverage',
  id: `the-${code}-bhyt`,
  identifier: [{ system: identifierSystems.insuranceCard, value: personWith(code).card }],
  status: 'active',
  subscriberId: personWith(code).card,
  beneficiary: { reference: `Patient/the-${code}` },
  period: { start: '2025-01-01', end: '2025-12-31' },
  payor: [{ display: 'Bảo hiểm xã hội Việt Nam' }],
  network: 'kept',
})

beforeAll(async () => {
  store = await openStore((await databaseForTest()).connection)
  fake = await fakePortal({ accounts: [{ ...FAKE_ACCOUNT, facility: FACILITY }] })
  sending = sendingWith()
  app = await buildApp({ store, sending })
})
afterAll(async () => {
  await app.close()
  await fake.close()
  await store.close()
  rmSync(folder, { recursive: true })
})

test('a card that holds is shown beside what our record says of its holder, and is renewed with a click', async () => {
  await put({ ...aPatient('000') }, aCoverage('000'))
  const answer = await lookUp('000')
  const { card } = personWith('000')
  expect(answer).toMatchObject({
    code: '000',
    means: 'usable',
    vi: 'Thẻ còn giá trị sử dụng',
    card: { number: card, validFrom: '2026-01-01', validTo: '2026-12-31', facility: '00901', benefit: 80 },
    replaces: '',
    visits: [{ facility: '00902', from: '2026-01-05T08:00:00+07:00', disease: 'Viêm họng cấp' }],
  })
  const [holder] = answer.holders
  expect(holder).toMatchObject({
    patient: { id: 'the-000', name: personWith('000').name },
    coverage: { number: card, validTo: '2025-12-31', facility: '' },
    visit: null,
  })
  const applied = await post(`card-look-ups/${answer.id}/apply`, { patient: 'the-000' })
  expect(applied.json<CardHolder>().coverage).toEqual(answer.card)
  const stored = JSON.parse((await store.read('Coverage', 'the-000-bhyt'))?.body ?? '{}') as Coverage
  expect(stored).toMatchObject({ network: 'kept', period: { start: '2026-01-01', end: '2026-12-31' } })
  const patient = JSON.parse((await store.read('Patient', 'the-000'))?.body ?? '{}') as Patient
  expect(patient.identifier).toContainEqual({ system: identifierSystems.insuranceCard, value: card })
})

test('a card that was replaced: the new one becomes the holder’s and the old one is cancelled', async () => {
  await put(aPatient('003'), aCoverage('003'))
  const { card, newCard } = personWith('003')
  const answer = await lookUp('003')
  expect(answer).toMatchObject({
    means: 'replaced',
    card: { number: newCard, validFrom: '2026-07-01', validTo: '2027-06-30' },
    replaces: card,
  })
  const applied = await post(`card-look-ups/${answer.id}/apply`, { patient: 'the-003' })
  expect(applied.json<CardHolder>().coverage).toMatchObject({ number: newCard })
  expect(JSON.parse((await store.read('Coverage', 'the-003-bhyt'))?.body ?? '{}')).toMatchObject({
    status: 'cancelled',
  })
})

test('what was not found says so in words, and nothing can be applied', async () => {
  const answer = await post('card-look-ups', { card: 'XX4019999999999', name: 'Nguyễn Văn Thử', birthDate: '1980' })
  expect(answer.json()).toMatchObject({ id: '', code: '050', means: 'unknown', card: null, holders: [] })
  expect(answer.json<CardLookUpAnswer>().vi).toContain('Không tìm thấy thông tin thẻ')
  const applied = await post('card-look-ups/invented/apply', { patient: 'the-000' })
  expect([applied.statusCode, applied.json()]).toMatchObject([404, { rule: 'CARD-2' }])
})

test.each([
  ['CARD-3', 400, { card: 'x', name: 'y', birthDate: '15/3' }],
  ['BHXH-HTTP-2', 400, { card: '', name: 'y', birthDate: '1980' }],
])('%s a question without what the portal asks for is not sent', async (rule, status, question) => {
  const answer = await post('card-look-ups', question)
  expect([answer.statusCode, answer.json<{ rule: string }>().rule]).toEqual([status, rule])
})

test('without a portal, without an employee or while the portal is down the desk is told which', async () => {
  const question = { card: 'x', name: 'y', birthDate: '1980' }
  for (const [environment, status, rule] of [
    [{ LANH_BHXH_URL: '' }, 409, 'OUTBOX-4'],
    [{ LANH_BHXH_ASKER: '' }, 409, 'CARD-1'],
    [{ LANH_BHXH_URL: 'http://127.0.0.1:1' }, 503, 'CARD-5'],
  ] as const) {
    const other = await buildApp({ store, sending: sendingWith(environment) })
    const answer = await post('card-look-ups', question, other)
    expect([answer.statusCode, answer.json<{ rule: string }>().rule]).toEqual([status, rule])
    await other.close()
  }
})

test('somebody who came is announced: signed, queued, sent with a receipt; again only marked', async () => {
  await put(...nativeVisit(ordinaryVisit(0)))
  const encounter = 'tu-ghi-0'
  expect((await post('check-ins/state', { encounter })).json()).toEqual({ checkIn: null })
  const queued = await post('check-ins', { encounter })
  expect([queued.statusCode, queued.json<CheckIn>()]).toMatchObject([
    202,
    { encounter, state: 'queued', receipt: null },
  ])
  fake.misbehave('busy')
  await sending.checkIns.runOnce()
  expect((await post('check-ins/state', { encounter })).json()).toMatchObject({ checkIn: { state: 'queued' } })
  await post('check-ins', { encounter })
  await sending.checkIns.runOnce()
  const received = fake.received.at(-1)
  expect(received).toMatchObject({ kind: '0', visits: ['TG00931.0'] })
  const { checkIn } = (await post('check-ins/state', { encounter })).json<{ checkIn: CheckIn }>()
  expect(checkIn).toMatchObject({ state: 'accepted', receipt: received?.receipt })
  // Dossiers are none of its business.
  expect(await sending.dossiers.state(encounter)).toEqual([])
})

test('OUTBOX-8 who has not come, and OUTBOX-1 who is unknown, is not announced', async () => {
  const planned: Encounter = { resourceType: 'Encounter', id: 'planned', status: 'planned', class: { code: 'AMB' } }
  await put(planned)
  for (const [encounter, rule] of [
    ['planned', 'OUTBOX-8'],
    ['nobody', 'OUTBOX-1'],
  ]) {
    const answer = await post('check-ins', { encounter })
    expect([answer.statusCode, answer.json<{ rule: string }>().rule]).toEqual([409, rule])
  }
})
