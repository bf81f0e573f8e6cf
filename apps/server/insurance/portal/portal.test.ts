import { createServer } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { FAKE_ACCOUNT, FAKE_ASKERS, FAKE_CARDS, type FakePortal, fakePortal } from '#testing/fake-portal'
import { Breaker, CARD_REPLIES, type Destination, destinationsOf, Portal, type PortalOptions } from './index.ts'
import { aSignedCheckIn, aSignedFile } from './outbox-for-test.ts'
import { AT_ONCE, PORTAL_KINDS, PORTAL_PATHS } from './destination.ts'

let fake: FakePortal
beforeAll(async () => {
  fake = await fakePortal({ slow: 1500 })
})
afterAll(() => fake.close())

const at = (base: string, more: Partial<Destination> = {}): Destination => ({
  id: 'bhxh',
  name: 'Cổng thử',
  base,
  paths: PORTAL_PATHS,
  kinds: PORTAL_KINDS,
  atOnce: AT_ONCE,
  ...FAKE_ACCOUNT,
  province: '00',
  ...more,
})

const portalAt = (base: string, options: PortalOptions = {}, more: Partial<Destination> = {}): Portal =>
  new Portal(at(base, more), { timeout: 1000, retryAfter: 10, ...options })

const callsOf = (name: string): number => [...fake.calls].find(([path]) => path.endsWith(name))?.[1] ?? 0

let file: Uint8Array
beforeEach(() => {
  file = aSignedFile()
})

const [askerId = '', askerName = ''] = [...FAKE_ASKERS][0] ?? []
const asker = { name: askerName, personalId: askerId }

describe('sending', () => {
  test('a dossier is received with a number and the time of it; the token is taken once', async () => {
    const portal = portalAt(fake.address)
    const before = callsOf('token/take')
    const answers = [await portal.submit(file), await portal.submit(file)]
    expect(answers[0]).toMatchObject({ kind: 'received', receipt: expect.stringMatching(/^FAKE\d{8}$/) })
    const [answer] = answers
    const time = answer?.kind === 'received' ? Date.parse(answer.at ?? '') : 0
    expect(Math.abs(Date.now() - time)).toBeLessThan(5000)
    expect(callsOf('token/take') - before).toBe(1)
    expect(fake.received.at(-1)?.file).toBe(Buffer.from(file).toString())
  })

  test('a check-in message goes to its own address', async () => {
    const portal = portalAt(fake.address)
    expect(await portal.checkIn(aSignedCheckIn('LK-2'))).toMatchObject({ kind: 'received' })
    expect(fake.received.at(-1)).toMatchObject({ kind: '0', visits: ['LK-2'] })
    expect(await portal.checkIn(file)).toMatchObject({ kind: 'refused', code: '205' })
  })

  test.each([
    ['no dossier', '<A/>', '100'],
    ['no XML', 'xin chào', '100'],
    [
      'a signature that does not fit',
      () => Buffer.from(file).toString().replace('<SOLUONGHOSO>1', '<SOLUONGHOSO>01'),
      '100',
    ],
    ['the dossier of another facility', () => Buffer.from(file).toString().replaceAll('00901', '00902'), '403'],
  ])('%s is refused with the code and a sentence', async (_what, text, code) => {
    const sent = Buffer.from(typeof text === 'string' ? text : text())
    const answer = await portalAt(fake.address).submit(sent)
    expect(answer).toMatchObject({ kind: 'refused', code, message: expect.stringMatching(/./) })
  })

  test('a token that ran out is renewed, and the dossier sent once more', async () => {
    const portal = portalAt(fake.address)
    await portal.submit(file)
    fake.misbehave('expired')
    const before = callsOf('token/take')
    expect(await portal.submit(file)).toMatchObject({ kind: 'received' })
    expect(callsOf('token/take') - before).toBe(1)
  })

  test('a token that says it runs out soon is not used', async () => {
    const brief = await fakePortal({ tokenSeconds: 1 })
    const portal = portalAt(brief.address)
    expect(await portal.submit(file)).toMatchObject({ kind: 'received' })
    expect(await portal.submit(file)).toMatchObject({ kind: 'received' })
    expect(brief.calls.get('/api/token/take')).toBe(2)
    await brief.close()
  })

  test.each(['slow', 'drop', 'drop-after', 'error'] as const)(
    'when the portal is %s nobody knows whether it has the dossier, and it is not sent again by itself',
    async (how) => {
      const portal = portalAt(fake.address)
      await portal.submit(file)
      fake.misbehave(how)
      const [calls, has] = [callsOf('guiHoSoXmlQD3176'), fake.received.length]
      expect(await portal.submit(file)).toEqual({ kind: 'unknown' })
      expect(callsOf('guiHoSoXmlQD3176') - calls).toBe(1)
      expect(fake.received.length - has).toBe(how === 'slow' || how === 'drop-after' ? 1 : 0)
    },
  )

  test('turned away because of too many requests is not sent', async () => {
    const portal = portalAt(fake.address)
    fake.misbehave('busy')
    expect(await portal.submit(file)).toEqual({ kind: 'not-sent', why: 'unreachable' })
  })

  test('a wrong password is asked once, then the account is left in peace', async () => {
    const portal = portalAt(fake.address, {}, { password: 'sai' })
    const before = callsOf('token/take')
    expect(await portal.submit(file)).toEqual({ kind: 'not-sent', why: 'account' })
    expect(await portal.submit(file)).toEqual({ kind: 'not-sent', why: 'paused' })
    expect(callsOf('token/take') - before).toBe(1)
  })
})

describe('a portal that is down', () => {
  const nobody = async (): Promise<string> => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    await new Promise((resolve) => server.close(resolve))
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  }

  test('has nothing of it; after some failures it is left in peace, then tried again', async () => {
    const portal = portalAt(await nobody(), { attempts: 1, breaker: new Breaker({ after: 2, pause: 150 }) })
    expect(await portal.submit(file)).toEqual({ kind: 'not-sent', why: 'unreachable' })
    expect(await portal.submit(file)).toEqual({ kind: 'not-sent', why: 'unreachable' })
    expect(await portal.submit(file)).toEqual({ kind: 'not-sent', why: 'paused' })
    expect(portal.pausedFor).toBeGreaterThan(0)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(await portal.submit(file)).toEqual({ kind: 'not-sent', why: 'unreachable' })
  })
})

describe('card look-up', () => {
  const portal = () => portalAt(fake.address)

  test('a valid card with its dates and the visits elsewhere', async () => {
    const [{ card, name, birthDate }] = FAKE_CARDS as [(typeof FAKE_CARDS)[0]]
    expect(await portal().cardLookup({ card, name, birthDate, asker })).toMatchObject({
      kind: 'answered',
      code: '000',
      means: 'usable',
      card: { number: card, validTo: '31/12/2026', facility: '00901' },
      visits: [{ facility: '00902', disease: 'Viêm họng cấp' }],
    })
  })

  test('every code that the portal knows can be had from the fake one, with a Vietnamese sentence', async () => {
    const [first] = FAKE_CARDS as [(typeof FAKE_CARDS)[0]]
    const right = (each: (typeof FAKE_CARDS)[0]) => ({
      card: each.personalId,
      name: each.name,
      birthDate: each.birthDate,
      asker,
    })
    const questions = [
      ...FAKE_CARDS.map(right),
      { ...right(first), name: 'Lê Văn Khác' },
      { ...right(first), name: 'Nguyễn Khác' },
      { ...right(first), birthDate: '02/02/1990' },
      { ...right(first), card: '' },
      { ...right(first), asker: { ...asker, personalId: '9' } },
      { ...right(first), asker: { ...asker, name: 'Ai Đó' } },
    ]
    const seen = new Set<string>()
    for (const question of questions) {
      const answer = await portal().cardLookup(question)
      if (answer.kind !== 'answered') throw new Error(answer.why)
      seen.add(answer.code)
      expect(answer.message).toEqual(CARD_REPLIES[answer.code]?.message)
    }
    expect([...seen].toSorted()).toEqual(
      Object.keys(CARD_REPLIES)
        .filter((code) => code !== '401')
        .toSorted(),
    )
  })

  test('may be asked twice, and is when the portal stumbles', async () => {
    const [{ card, name, birthDate }] = FAKE_CARDS as [(typeof FAKE_CARDS)[0]]
    fake.misbehave('error', 'drop')
    expect(await portal().cardLookup({ card, name, birthDate, asker })).toMatchObject({ code: '000' })
  })

  test('a code that nobody described is told as it is', async () => {
    expect((await import('./card-codes.ts')).cardReply('999')).toMatchObject({ means: 'unknown' })
  })
})

describe('settings', () => {
  const settings = {
    portalUrl: 'https://egw.example.vn/',
    portalUser: 'u',
    portalPassword: 'p',
    portalFacility: '00901',
    portalKind: '130',
    portalDestinations: '',
  }
  test('one portal of the environment', () => {
    expect(destinationsOf(settings, {})).toMatchObject([{ id: 'bhxh', base: 'https://egw.example.vn', province: '00' }])
    expect(destinationsOf({ ...settings, portalUrl: '' }, {})).toEqual([])
  })

  test.each([
    [{ portalPassword: '' }, 'needs a user and a password'],
    [{ portalFacility: '1' }, 'five digits'],
    [{ portalUrl: 'egw' }, 'needs an address'],
    [{ portalDestinations: '/nowhere.json' }, 'no JSON list'],
  ])('%o is refused', (wrong, sentence) => {
    expect(() => destinationsOf({ ...settings, ...wrong }, {})).toThrow(sentence)
  })
})
