import { beforeAll, describe, expect, test } from 'vitest'
import { lockSession, openSignIn, readerOf, readerOfAccount, sweepSignIn } from '#foundation/sign-in'
import { administratorOf, type Browser, memberOf, PASSWORD, signInServer } from '#testing/sign-in'

const server = signInServer()
const MINUTE = 60_000
const HOUR = 60 * MINUTE
let admin: Browser

beforeAll(async () => {
  admin = await administratorOf(server)
})

/** Two members of staff at one computer: the second signs in over the first. */
async function ward(a: string, b: string) {
  const one = await memberOf(server, admin, a, 'passkey')
  const two = await memberOf(server, admin, b, 'passkey', [{ role: 'nurse', department: null }])
  for (const { browser } of [one, two]) await browser.post('/sign-in/account/pin', { pin: '2580' })
  // The second carries their key to the first one's computer.
  const there = one.browser
  const { body } = await there.post('/sign-in/passkey/options')
  const response = two.browser.authenticator.show({ challenge: String(body['challenge']) })
  expect((await there.post('/sign-in/passkey', { response })).body).toMatchObject({ state: 'open' })
  return { there, one, two }
}

const devices = async (browser: Browser) =>
  (await browser.get('/sign-in/device')).body['sessions'] as {
    id: string
    display: string
    hasPin: boolean
    current: boolean
  }[]

const stateOf = async (browser: Browser) =>
  (await browser.get('/sign-in/session', { 'x-lanh-background': '1' })).body['state']

describe('cookies', () => {
  test('on loopback: HttpOnly, SameSite=Lax, no end of its own', async () => {
    await admin.post('/sign-in/sign-out')
    const { cookies } = await admin.touch()
    expect(cookies).toEqual([expect.stringMatching(/^lanh-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)])
  })

  test('a token is never one that the browser brought: nobody can sit in somebody’s session', async () => {
    const planted = 'p'.repeat(43)
    admin.cookies.set('lanh-session', planted)
    await admin.touch()
    const first = admin.cookies.get('lanh-session')
    expect(first).not.toBe(planted)
    // Opening again after a lock changes the token, and the old one is worth nothing.
    await admin.post('/sign-in/lock')
    await admin.touch()
    expect(admin.cookies.get('lanh-session')).not.toBe(first)
    expect(await readerOf(server.signIn, first ?? '', '127.0.0.1')).toBeNull()
  })

  test('two cookies of one name are none', async () => {
    const own = admin.cookies.get('lanh-session') ?? ''
    const { body } = await server
      .browser()
      .get('/sign-in/session', { cookie: `lanh-session=${own}; lanh-session=${'x'.repeat(43)}` })
    expect(body['state']).toBe('nobody')
  })
})

describe('SIGN-IN-7 what another site’s page asks for', () => {
  const from: readonly (readonly [string, Record<string, string>])[] = [
    ['from another origin', { origin: 'https://evil.example' }],
    ['from a sandboxed frame', { origin: 'null' }],
    ['from the same host over another scheme', { origin: 'https://localhost' }],
    ['from another port of the same host', { origin: 'http://localhost:8081' }],
  ]
  test.each(from)('is refused %s, signed in or not', async (_where, headers) => {
    for (const browser of [admin, server.browser()]) {
      for (const path of ['/sign-in/password', '/sign-in/sign-out', '/administration/accounts/disable']) {
        expect(await browser.post(path, {}, headers)).toMatchObject({ status: 403, body: { rule: 'SIGN-IN-7' } })
      }
    }
    expect(await server.readerOf(admin, 'POST', headers)).toBeNull()
    expect(await server.readerOf(admin, 'POST')).not.toBeNull()
  })

  test('without an origin only what the browser itself calls same-origin', async () => {
    const post = (headers: Record<string, string>) =>
      server.app.inject({
        method: 'POST',
        url: '/sign-in/lock',
        payload: {},
        headers: { host: 'localhost', cookie: `lanh-session=${admin.cookies.get('lanh-session')}`, ...headers },
      })
    expect((await post({})).statusCode).toBe(403)
    expect((await post({ 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403)
    expect((await post({ 'sec-fetch-site': 'same-site' })).statusCode).toBe(403)
    expect((await post({ 'sec-fetch-site': 'same-origin' })).statusCode).toBe(200)
    await admin.touch()
  })
})

test('a session locks after 15 idle minutes, is kept open by work and not by pages that ask by themselves', async () => {
  await admin.touch()
  server.later(14 * MINUTE)
  expect(await server.readerOf(admin)).not.toBeNull()
  server.later(14 * MINUTE)
  expect(await server.readerOf(admin, 'GET', { 'x-lanh-background': '1' })).not.toBeNull()
  server.later(2 * MINUTE)
  expect(await server.readerOf(admin)).toBeNull()
  expect(await stateOf(admin)).toBe('locked')
  expect((await admin.get('/sign-in/account')).body['rule']).toBe('SIGN-IN-4')
  expect((await admin.get('/administration/accounts')).body['rule']).toBe('SIGN-IN-4')
  expect((await admin.touch()).body).toMatchObject({ state: 'open' })
  expect(await server.readerOf(admin)).not.toBeNull()
})

test('what one process remembers, another one counts as well', async () => {
  await admin.touch()
  const token = admin.cookies.get('lanh-session') ?? ''
  server.later(10 * MINUTE)
  expect(await server.readerOf(admin)).not.toBeNull()
  server.later(10 * MINUTE)
  const { session } = (await admin.get('/sign-in/session')).body as { session: { id: string } }
  const other = { ...server.signIn, cache: openSignIn({}, { sealer: server.signIn.sealer }).cache }
  expect(await readerOf(other, token, '127.0.0.1')).not.toBeNull()
  await lockSession(other, session.id)
  // It learns of it within five seconds.
  server.later(5000)
  expect(await server.readerOf(admin)).toBeNull()
})

test('a session ends after twelve hours, however busy', async () => {
  await admin.post('/sign-in/sign-out')
  await admin.touch()
  for (let hours = 0; hours < 48; hours += 1) {
    server.later(14 * MINUTE)
    expect(await server.readerOf(admin)).not.toBeNull()
  }
  server.later(HOUR)
  expect(await stateOf(admin)).toBe('nobody')
  expect(await devices(admin)).toEqual([])
  await sweepSignIn(server.signIn)
  expect(await server.signIn.query('select from session where ends < now()', [])).toEqual([])
})

describe('a shared computer', () => {
  test('a second person locks the first; each comes back by PIN or touch', async () => {
    const { there, one } = await ward('lan', 'hoa')
    expect((await devices(there)).map(({ display, current, hasPin }) => [display, current, hasPin])).toEqual([
      ['Lê Văn hoa', true, true],
      ['Lê Văn lan', false, true],
    ])
    expect((await server.readerOf(there))?.roles).toEqual(['nurse'])
    const [, lan] = await devices(there)
    const back = await there.post('/sign-in/pin', { session: lan?.id, pin: '2580' })
    expect(back.body).toMatchObject({ state: 'open', session: { id: lan?.id, factors: 2 } })
    expect((await server.readerOf(there))?.name).toBe('Lê Văn lan')
    expect((await there.touch()).body).toMatchObject({ state: 'open', session: { id: lan?.id } })
    expect(one.browser).toBe(there)
    expect(server.acts.at(-2)).toMatchObject({ action: 'sign-in', outcome: 'success', reason: 'pin' })
  })

  test('five wrong PINs, and it takes a whole way in; wherever they are typed', async () => {
    const { there } = await ward('anh', 'binh')
    const [, an] = await devices(there)
    const pin = (word: string) => there.post('/sign-in/pin', { session: an?.id, pin: word })
    for (let tries = 0; tries < 5; tries += 1) expect((await pin('1357')).body['rule']).toBe('SIGN-IN-1')
    expect((await pin('2580')).body['rule']).toBe('SIGN-IN-24')
    expect((await there.touch()).status).toBe(200)
    await there.post('/sign-in/lock')
    expect((await pin('2580')).body['state']).toBe('open')
  })

  test('twenty PINs at once are five tries', async () => {
    const { there } = await ward('giang', 'khanh')
    const [, giang] = await devices(there)
    const guesses = Array.from({ length: 20 }, (_, n) => String(3000 + n * 7))
    const answers = await Promise.all(guesses.map((pin) => there.post('/sign-in/pin', { session: giang?.id, pin })))
    expect(answers.filter(({ body }) => body['rule'] === 'SIGN-IN-1')).toHaveLength(5)
    expect(answers.filter(({ body }) => body['rule'] === 'SIGN-IN-24')).toHaveLength(15)
  })

  test('a PIN opens nothing on another device, nor what has ended, nor begins a session', async () => {
    const { there } = await ward('chi', 'dung')
    const [dung, chi] = await devices(there)
    const stranger = server.browser()
    expect((await stranger.post('/sign-in/pin', { session: chi?.id, pin: '2580' })).status).toBe(401)
    await there.post('/sign-in/sign-out')
    expect((await there.post('/sign-in/pin', { session: dung?.id, pin: '2580' })).status).toBe(401)
    server.later(12 * HOUR)
    expect((await there.post('/sign-in/pin', { session: chi?.id, pin: '2580' })).status).toBe(401)
  })

  test.each(['12', '1234567', '12a4', '1111', '1234', '654321', ''])('SIGN-IN-11 %s is no PIN', async (pin) => {
    await admin.touch()
    expect((await admin.post('/sign-in/account/pin', { pin })).body['rule']).toBe('SIGN-IN-11')
  })
})

test('devices have names, one session ends alone, all of them at once', async () => {
  const { browser, secret } = await memberOf(server, admin, 'tam')
  await browser.post('/sign-in/account/device', { name: 'Máy bàn buồng 3' })
  const phone = server.browser({ network: '203.0.113.9' })
  const half = await phone.post('/sign-in/password', { name: 'tam', password: PASSWORD })
  server.later(MINUTE)
  await phone.post('/sign-in/totp', { ticket: half.body['ticket'], code: server.code(secret) })
  const mine = (await browser.get('/sign-in/account')).body['sessions'] as { id: string; current: boolean }[]
  expect(mine).toMatchObject([
    { device: 'Máy bàn buồng 3', current: true },
    { network: '203.0.113.9', current: false, state: 'open' },
  ])
  // Nobody ends a session of somebody else.
  await admin.touch()
  await admin.post('/sign-in/account/sessions/end', { session: mine[1]?.id })
  expect(await server.readerOf(phone)).not.toBeNull()
  await browser.post('/sign-in/account/sessions/end', { session: mine[1]?.id })
  expect(await server.readerOf(phone)).toBeNull()
  const again = await phone.post('/sign-in/password', { name: 'tam', password: PASSWORD })
  server.later(MINUTE)
  await phone.post('/sign-in/totp', { ticket: again.body['ticket'], code: server.code(secret) })
  const out = await phone.post('/sign-in/sign-out-everywhere')
  expect(out.cookies.join()).toContain('lanh-session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0')
  expect(await server.readerOf(browser)).toBeNull()
  expect(await stateOf(phone)).toBe('nobody')
})

test('SIGN-IN-16 after ten minutes one shows again who one is before changing ways in', async () => {
  const { browser } = await memberOf(server, admin, 'huong', 'password')
  expect((await browser.post('/sign-in/account/pin', { pin: '2580' })).status).toBe(200)
  server.later(11 * MINUTE)
  const change = () => browser.post('/sign-in/account/recovery-codes')
  expect((await change()).body['rule']).toBe('SIGN-IN-16')
  // A PIN is enough to break the glass, not for this.
  expect((await browser.post('/sign-in/confirm', { pin: '2580' })).status).toBe(200)
  expect((await change()).body['rule']).toBe('SIGN-IN-16')
  expect((await browser.post('/sign-in/confirm', { password: 'sai' })).body['rule']).toBe('SIGN-IN-1')
  const before = browser.cookies.get('lanh-session')
  expect((await browser.post('/sign-in/confirm', { password: PASSWORD })).body['state']).toBe('open')
  // The session goes on under another token.
  expect(browser.cookies.get('lanh-session')).not.toBe(before)
  expect(await readerOf(server.signIn, before ?? '', '127.0.0.1')).toBeNull()
  expect((await change()).status).toBe(200)
  server.later(11 * MINUTE)
  await browser.make('/sign-in/account/passkeys/options', '/sign-in/account/passkeys', {})
  await browser.post('/sign-in/confirm', { password: PASSWORD })
  await browser.make('/sign-in/account/passkeys/options', '/sign-in/account/passkeys', { name: 'K' })
  server.later(11 * MINUTE)
  const { body } = await browser.post('/sign-in/passkey/options')
  const response = browser.authenticator.show({ challenge: String(body['challenge']) })
  expect((await browser.post('/sign-in/confirm/passkey', { response })).body['state']).toBe('open')
  expect((await change()).status).toBe(200)
})

test('an app that acts for somebody ends with their session, unless it may outlive it', async () => {
  const { browser, account } = await memberOf(server, admin, 'ung.dung', 'passkey')
  const { session } = (await browser.get('/sign-in/session')).body as { session: { id: string } }
  const inSession = () => readerOfAccount(server.signIn, account, { session: session.id, network: '' })
  const offline = () => readerOfAccount(server.signIn, account, { session: null, network: '' })
  expect(await inSession()).toMatchObject({ account, roles: ['doctor'], session: session.id, factors: 2 })
  expect(await offline()).toMatchObject({ account, session: null, factors: 1 })
  await browser.post('/sign-in/sign-out')
  expect(await inSession()).toBeNull()
  expect(await offline()).not.toBeNull()
  await admin.touch()
  await admin.post('/administration/accounts/disable', { account, reason: '' })
  expect(await offline()).toBeNull()
})

test('SIGN-IN-2 at an open screen the password is not guessed either', async () => {
  const { browser } = await memberOf(server, admin, 'ngoi.nham', 'password')
  const confirm = (word: string) => browser.post('/sign-in/confirm', { password: word })
  for (let tries = 0; tries < 5; tries += 1) expect((await confirm('sai')).status).toBe(401)
  expect((await confirm(PASSWORD)).body['rule']).toBe('SIGN-IN-2')
})

test('reading a session again costs no query', async () => {
  await admin.touch()
  const token = admin.cookies.get('lanh-session') ?? ''
  let queries = 0
  const counting = {
    ...server.signIn,
    query: (...all: Parameters<typeof server.signIn.query>) => (queries++, server.signIn.query(...all)),
  }
  await Promise.all(Array.from({ length: 500 }, () => readerOf(counting as typeof server.signIn, token, '127.0.0.1')))
  expect(queries).toBeLessThanOrEqual(2)
})

test('what is misshapen, too large or no JSON is refused in our words', async () => {
  const browser = server.browser()
  expect((await browser.post('/sign-in/password', { name: 1 })).body).toMatchObject({ rule: 'SIGN-IN-8', at: 'name' })
  expect((await browser.post('/sign-in/password', '[')).body['rule']).toBe('SIGN-IN-8')
  expect(await browser.post('/sign-in/password', { name: 'a', password: 'x'.repeat(70_000) })).toMatchObject({
    status: 413,
    body: { rule: 'SIGN-IN-8' },
  })
  expect((await browser.post('/sign-in/password', 'name=a', { 'content-type': 'text/plain' })).status).toBe(400)
  expect((await browser.post('/sign-in/passkey', { response: { id: 'x', response: {} } })).status).toBe(401)
  expect((await browser.get('/sign-in/session')).headers['cache-control']).toBe('no-store')
})
