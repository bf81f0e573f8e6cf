import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from 'vitest'
import type { Binary, Task } from '#fhir/r4'
import { accept } from '#fhir/outcome'
import { parseSearch } from '#fhir/search'
import { openStore, type RecordStore } from '#foundation/record-store'
import { type FakePortal, fakePortal } from '#testing/fake-portal'
import { databaseForTest, type TestDatabase } from '#testing/postgres'
import { inState, noteOf, receiptOf, stateOf } from '../dossier-task.ts'
import { resourceWrite } from '../resource-write.ts'
import { aClaim, DESK, outboxOver, portalAt, sendAndWait, signedText, WORKER } from './outbox-for-test.ts'

let database: TestDatabase
let store: RecordStore
let fake: FakePortal
beforeAll(async () => {
  database = await databaseForTest()
  store = await openStore(database.connection)
})
afterAll(() => store.close())
beforeEach(async () => {
  fake = await fakePortal({ slow: 1500 })
})
afterEach(() => fake.close())

/** The dossier's own Task. */
async function dossier(claim: string): Promise<Task> {
  return JSON.parse((await store.read('Task', claim))?.body ?? '{}') as Task
}

const receivedOf = (claim: string) => fake.received.filter(({ visits }) => visits.includes(claim))

describe('one dossier', () => {
  test('is ready, sent, accepted; the receipt and the exact bytes are kept; history says who and when', async () => {
    const claim = await aClaim(store, 'o1')
    const outbox = outboxOver(store, [portalAt(fake.address)])
    expect((await outbox.queue(claim, DESK)).ok).toBe(true)
    expect(await outbox.state(claim)).toMatchObject([{ state: 'ready', sends: 0 }])
    const sent = await sendAndWait(outbox, claim)
    const [receipt] = receivedOf(claim).map((each) => each.receipt)
    expect(sent).toMatchObject({ ok: true, value: [{ state: 'accepted', receipts: [receipt], sends: 1 }] })
    expect([stateOf(await dossier(claim)), receiptOf(await dossier(claim))]).toEqual(['accepted', receipt])
    const history = await outbox.history(claim)
    expect(history.map(({ state, answer, author }) => [state, answer, author])).toEqual([
      ['ready', 'none', DESK.reference],
      ['sent', 'pending', WORKER.reference],
      ['accepted', 'received', WORKER.reference],
    ])
    expect(history.every(({ at }) => Math.abs(Date.now() - Date.parse(at)) < 60_000)).toBe(true)
    const binary = JSON.parse((await store.read('Binary', history[0]?.file ?? ''))?.body ?? '{}') as Binary
    const kept = gunzipSync(Buffer.from(binary.data ?? '', 'base64')).toString()
    expect(kept).toBe(receivedOf(claim)[0]?.file)
    expect(kept).toBe(signedText(claim))
  })

  test('that the portal refuses says why, and may be corrected and sent again, marked', async () => {
    const claim = await aClaim(store, 'o2')
    const wrong = outboxOver(store, [portalAt(fake.address)], {
      compose: async () => ({ ok: true, value: signedText(claim).replace('<SOLUONGHOSO>1', '<SOLUONGHOSO>01') }),
    })
    expect(await sendAndWait(wrong, claim)).toMatchObject({
      value: [{ state: 'refused', message: expect.stringContaining('SIG-7') }],
    })
    expect(stateOf(await dossier(claim))).toBe('refused')
    const outbox = outboxOver(store, [portalAt(fake.address)])
    expect(await sendAndWait(outbox, claim)).toMatchObject({ value: [{ state: 'accepted', sends: 2 }] })
    expect((await outbox.history(claim)).map(({ state }) => state)).toEqual([
      'ready',
      'sent',
      'refused',
      'ready',
      'resent',
      'accepted',
    ])
  })

  test('whose answer is lost stays sent; going out again is marked resent', async () => {
    const claim = await aClaim(store, 'o3')
    const outbox = outboxOver(store, [portalAt(fake.address)])
    fake.misbehave('drop-after')
    expect(await sendAndWait(outbox, claim)).toMatchObject({ value: [{ state: 'sent', answer: 'unknown' }] })
    expect(stateOf(await dossier(claim))).toBe('sent')
    // its next turn is a minute away: nothing goes out by itself before
    expect(await outbox.runOnce()).toBe(0)
    expect(receivedOf(claim)).toHaveLength(1)
    await sendAndWait(outbox, claim)
    expect(receivedOf(claim)).toHaveLength(2)
    expect((await outbox.history(claim)).map(({ state }) => state)).toContain('resent')
  })

  test('that never reached the portal is ready still, and its first sending is not called a second one', async () => {
    const claim = await aClaim(store, 'o4')
    const outbox = outboxOver(store, [portalAt(fake.address)])
    fake.misbehave('busy')
    expect(await sendAndWait(outbox, claim)).toMatchObject({
      value: [{ state: 'ready', answer: 'not-sent', sends: 0 }],
    })
    expect(await sendAndWait(outbox, claim)).toMatchObject({ value: [{ state: 'accepted', sends: 1 }] })
    expect((await outbox.history(claim)).map(({ state }) => state)).not.toContain('resent')
  })

  test.each([
    ['OUTBOX-1', 'that does not exist', 'nobody', undefined],
    ['OUTBOX-2', 'with errors', 'o5', false],
  ] as const)('%s one %s is not sent', async (rule, _what, id, ready) => {
    if (ready !== undefined) await aClaim(store, id, ready)
    const outcome = await sendAndWait(outboxOver(store, [portalAt(fake.address)]), id)
    expect(outcome).toMatchObject({ ok: false, refusals: [{ rule }] })
  })

  test('OUTBOX-3 one that is being sent is not touched by anybody else', async () => {
    const claim = await aClaim(store, 'o6')
    const outbox = outboxOver(store, [portalAt(fake.address, { timeout: 5000 })])
    fake.misbehave('slow')
    const first = sendAndWait(outbox, claim)
    await expect.poll(() => receivedOf(claim).length).toBe(1)
    expect(await sendAndWait(outbox, claim)).toMatchObject({ ok: false, refusals: [{ rule: 'OUTBOX-3' }] })
    expect(await outbox.runOnce()).toBe(0)
    expect(await first).toMatchObject({ value: [{ state: 'accepted', sends: 1 }] })
  })

  test('corrected while it is under way: the answer belongs to the bytes that went out, the new ones stay ready', async () => {
    const claim = await aClaim(store, 'o9')
    let note = 'bản trước'
    const outbox = outboxOver(store, [portalAt(fake.address, { timeout: 5000 })], {
      compose: async (id) => accept(signedText(id, note)),
    })
    fake.misbehave('slow')
    const first = sendAndWait(outbox, claim)
    await expect.poll(() => receivedOf(claim).length).toBe(1)
    // what an import of the corrected dossier writes
    const before = await dossier(claim)
    const corrected = inState(before, 'ready', 'Hồ sơ được nhập lại từ một tệp mới', receiptOf(before))
    expect((await store.writeOne(resourceWrite(corrected), DESK)).ok).toBe(true)
    const [old] = receivedOf(claim)
    expect(await first).toMatchObject({ value: [{ state: 'accepted', receipts: [old?.receipt], sends: 1 }] })
    expect(stateOf(await dossier(claim))).toBe('ready')
    expect(noteOf(await dossier(claim))).toMatch(/^Bản trước khi sửa: /)
    note = 'bản sửa'
    expect(await sendAndWait(outbox, claim)).toMatchObject({ value: [{ state: 'accepted', sends: 2 }] })
    expect(stateOf(await dossier(claim))).toBe('accepted')
    expect(receivedOf(claim).map(({ file }) => file)).toEqual([signedText(claim, 'bản trước'), signedText(claim, note)])
    expect((await outbox.history(claim)).map(({ state }) => state)).toContain('resent')
  })

  test('OUTBOX-4 without a portal nothing is sent', async () => {
    expect(await outboxOver(store, []).queue(await aClaim(store, 'o7'), DESK)).toMatchObject({
      refusals: [{ rule: 'OUTBOX-4' }],
    })
  })

  test('goes to several destinations, each with its own state; the first one speaks for the dossier', async () => {
    const other = await fakePortal()
    other.misbehave('busy')
    const claim = await aClaim(store, 'o8')
    const outbox = outboxOver(store, [portalAt(fake.address), portalAt(other.address, {}, { id: 'so-y-te' })])
    expect(await sendAndWait(outbox, claim)).toMatchObject({
      value: [
        { destination: 'bhxh', state: 'accepted' },
        { destination: 'so-y-te', state: 'ready' },
      ],
    })
    expect(stateOf(await dossier(claim))).toBe('accepted')
    await other.close()
  })

  test('is found by its state as any Task is', async () => {
    const claim = await aClaim(store, 'o9')
    await outboxOver(store, [portalAt(fake.address)]).queue(claim, DESK)
    const search = await parseSearch(
      'Task',
      [
        ['business-status', 'urn:lanh:code:insurance-sending-state|ready'],
        ['focus', `Claim/${claim}`],
      ],
      { base: '', handling: 'strict' },
    )
    if (!search.ok) throw new Error('refused')
    expect((await store.find({ ...search.value, count: 10 })).versions).toHaveLength(1)
  })
})

describe('several at work', () => {
  test('two workers over two stores send each dossier once', async () => {
    const second = await openStore(database.connection)
    const [one, two] = [store, second].map((each) => outboxOver(each, [portalAt(fake.address)]))
    const claims = await Promise.all(Array.from({ length: 12 }, (_, place) => aClaim(store, `w${place}`)))
    for (const claim of claims) await one!.queue(claim, DESK)
    await Promise.all([one!.runOnce(), two!.runOnce()])
    for (const claim of claims) {
      expect([claim, receivedOf(claim).length]).toEqual([claim, 1])
      expect(await one!.state(claim)).toMatchObject([{ state: 'accepted', sends: 1 }])
    }
    await second.close()
  })

  test('four at a time go to each destination, or as many as it is said to bear', async () => {
    for (const [atOnce, busiest] of [
      [4, 4],
      [2, 2],
    ] as const) {
      const patient = await fakePortal({ slow: 200 })
      const outbox = outboxOver(store, [portalAt(patient.address, {}, { id: `wide-${atOnce}`, atOnce })])
      const claims = await Promise.all(Array.from({ length: 8 }, (_, place) => aClaim(store, `x${atOnce}-${place}`)))
      for (const claim of claims) await outbox.queue(claim, DESK)
      patient.misbehave(...claims.map(() => 'slow' as const))
      expect(await outbox.runOnce()).toBe(8)
      expect([patient.received.length, patient.busiest]).toEqual([8, busiest])
      await patient.close()
    }
  })

  test('what was corrected while it waited goes out no more as it was', async () => {
    const claim = await aClaim(store, 'w-changed')
    const outbox = outboxOver(store, [portalAt(fake.address)])
    await outbox.queue(claim, DESK)
    await store.writeOne(resourceWrite(inState(await dossier(claim), 'ready', 'Nhập lại')), WORKER)
    expect(await outbox.runOnce()).toBe(0)
    expect(await outbox.state(claim)).toMatchObject([{ state: 'withdrawn', sends: 0 }])
    expect(await sendAndWait(outbox, claim)).toMatchObject({ value: [{ state: 'accepted', sends: 1 }] })
  })

  test('the worker wakes when something is made ready, and stops when told', async () => {
    const claim = await aClaim(store, 'w-run')
    const outbox = outboxOver(store, [portalAt(fake.address)], { interval: 60_000 })
    const stop = new AbortController()
    const running = outbox.run(stop.signal, () => undefined)
    await pause(200)
    await outbox.queue(claim, DESK)
    await expect.poll(async () => (await outbox.state(claim))[0]?.state).toBe('accepted')
    expect((await outbox.history(claim)).at(-1)?.author).toBe(WORKER.reference)
    stop.abort()
    await running
  })

  test('a portal that is down is left in peace and loses nothing', async () => {
    const claim = await aClaim(store, 'w-down')
    const { address } = fake
    await fake.close()
    const outbox = outboxOver(store, [portalAt(address, { attempts: 1 })])
    await outbox.queue(claim, DESK)
    await outbox.runOnce()
    expect(await outbox.state(claim)).toMatchObject([{ state: 'ready', answer: 'not-sent', sends: 0 }])
    fake = await fakePortal({ port: Number(new URL(address).port) })
    expect(await sendAndWait(outbox, claim)).toMatchObject({ value: [{ state: 'accepted', sends: 1 }] })
  })
})

describe('a worker that is killed', () => {
  async function aWorker() {
    const worker = fork(new URL('sender-for-test.ts', import.meta.url), [
      JSON.stringify(database.connection),
      fake.address,
    ])
    await once(worker, 'message')
    return {
      kill: async () => {
        worker.kill('SIGKILL')
        if (worker.exitCode === null && worker.signalCode === null) await once(worker, 'exit')
      },
    }
  }

  test('between sending and writing down: known as sent, and sent again only with the mark', async () => {
    const claim = await aClaim(store, 'k1')
    const outbox = outboxOver(store, [portalAt(fake.address)])
    fake.misbehave('slow')
    await outbox.queue(claim, DESK)
    const worker = await aWorker()
    await expect.poll(() => receivedOf(claim).length, { timeout: 10_000 }).toBe(1)
    await worker.kill()
    expect(await outbox.state(claim)).toMatchObject([{ state: 'sent', answer: 'pending', receipts: [] }])
    expect(stateOf(await dossier(claim))).toBe('sent')
    await expect.poll(() => outbox.runOnce(), { timeout: 5000 }).toBe(1)
    expect(receivedOf(claim)).toHaveLength(2)
    expect((await outbox.history(claim)).map(({ state }) => state)).toEqual(['ready', 'sent', 'resent', 'accepted'])
  })

  test('again and again at any moment: nothing is lost and nothing goes out twice unmarked', async () => {
    const claims = await Promise.all(Array.from({ length: 60 }, (_, place) => aClaim(store, `kk${place}`)))
    const outbox = outboxOver(store, [portalAt(fake.address)])
    for (const claim of claims) await outbox.queue(claim, DESK)
    for (const moment of [5, 20, 45, 80, 130]) {
      const worker = await aWorker()
      await pause(moment)
      await worker.kill()
    }
    await pause(1500)
    await outbox.runOnce()
    // On a busy machine an answer may be lost as well, and would be waited for a minute.
    for (const claim of claims) {
      const [state] = await outbox.state(claim)
      if (state?.state !== 'accepted') await sendAndWait(outbox, claim)
    }
    for (const claim of claims) {
      const [state] = await outbox.state(claim)
      const marks = (await outbox.history(claim)).filter((each) => each.state === 'resent' && each.answer === 'pending')
      expect(state).toMatchObject({ state: 'accepted' })
      expect(receivedOf(claim).length).toBeGreaterThan(0)
      expect(receivedOf(claim).length).toBeLessThanOrEqual(1 + marks.length)
    }
  })
})
