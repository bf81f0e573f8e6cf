import { describe, expect, test } from 'vitest'
import { type Browser, type Lies, signInServer } from '#testing/sign-in'

const server = signInServer()
const MINUTE = 60_000

/** The first administrator, with a passkey. */
async function administrator(): Promise<Browser> {
  const browser = server.browser()
  const token = await server.firstToken()
  const who = { token, name: 'quan.tri', display: 'Trần Thị Bình', passkeyName: 'Khóa của Bình' }
  const answer = await browser.make('/sign-in/link/passkey/options', '/sign-in/link/passkey', who)
  expect(answer).toMatchObject({ status: 200, body: { state: 'open', session: { factors: 2, hasPasskey: true } } })
  return browser
}

let first: Browser | undefined
const known = async (): Promise<Browser> => (first ??= await administrator())

/** Somebody else with a passkey, on a browser of their own. */
async function newcomer(name: string): Promise<Browser> {
  const admin = await known()
  const made = await admin.post('/administration/accounts', {
    name,
    display: `Bác sĩ ${name}`,
    agent: `Practitioner/${name}`,
    roles: [{ role: 'doctor', department: 'Organization/khoa-medicine' }],
  })
  expect(made.status).toBe(201)
  const token = String(made.body['link']).split('#')[1]
  const browser = server.browser()
  const came = await browser.make('/sign-in/link/passkey/options', '/sign-in/link/passkey', { token, passkeyName: 'A' })
  expect(came.status).toBe(200)
  return browser
}

test('a passkey is made and shown, and signs in with two factors', async () => {
  const browser = await known()
  await browser.post('/sign-in/sign-out')
  expect((await browser.get('/sign-in/session')).body['state']).toBe('nobody')
  const back = await browser.touch()
  expect(back).toMatchObject({ status: 200, body: { state: 'open', session: { name: 'quan.tri', factors: 2 } } })
  expect(await server.readerOf(browser)).toMatchObject({ roles: ['administrator'], factors: 2, purpose: 'TREAT' })
  const mine = await browser.get('/sign-in/account')
  expect(mine.body['passkeys']).toMatchObject([{ name: 'Khóa của Bình', synced: false }])
})

describe('refused with the same words, and written down', () => {
  const lies: readonly (readonly [string, Lies, string])[] = [
    ['a page of another origin', { origin: 'http://localhost.evil.example' }, 'passkey'],
    ['another relying party', { rpId: 'evil.example' }, 'passkey'],
    ['a person who was not verified', { without: 'verification' }, 'passkey'],
    ['nobody present', { without: 'presence' }, 'passkey'],
    ['another key', { forged: true }, 'passkey'],
    ['a counter that stands still: a copy of the key', { counter: 1 }, 'passkey'],
    ['a challenge that is not ours', { challenge: 'x'.repeat(43) }, 'passkey-challenge'],
    ['a passkey that says it is somebody else’s', { userHandle: 'c29tZWJvZHk' }, 'passkey-owner'],
  ]
  test.each(lies)('%s', async (_what, lie, reason) => {
    const browser = await known()
    const answer = await browser.touch(lie)
    expect(answer).toMatchObject({ status: 401, body: { rule: 'SIGN-IN-1' } })
    expect(answer.cookies.filter((line) => line.startsWith('lanh-session'))).toEqual([])
    expect(server.acts.at(-1)).toMatchObject({ action: 'sign-in', outcome: 'refused', rule: 'SIGN-IN-1', reason })
  })

  test('an answer that is sent twice', async () => {
    const browser = await known()
    const { body } = await browser.post('/sign-in/passkey/options')
    const response = browser.authenticator.show({ challenge: String(body['challenge']) })
    expect((await browser.post('/sign-in/passkey', { response })).status).toBe(200)
    expect(await browser.post('/sign-in/passkey', { response })).toMatchObject({
      status: 401,
      body: { rule: 'SIGN-IN-1' },
    })
  })

  test('two answers at once with one counter', async () => {
    const browser = await known()
    const options = await Promise.all([1, 2].map(() => browser.post('/sign-in/passkey/options')))
    const answers = await Promise.all(
      options.map(({ body }) => {
        const challenge = String(body['challenge'])
        const response = browser.authenticator.show({ challenge }, { counter: 1000 })
        return browser.post('/sign-in/passkey', { response })
      }),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401])
  })

  test('a challenge that has expired', async () => {
    const browser = await newcomer('nguyen.a')
    const { body } = await browser.post('/sign-in/passkey/options')
    const response = browser.authenticator.show({ challenge: String(body['challenge']) })
    server.later(6 * MINUTE)
    expect((await browser.post('/sign-in/passkey', { response })).status).toBe(401)
  })

  test('a challenge that another device asked for', async () => {
    const browser = await newcomer('nguyen.b')
    const { body } = await browser.post('/sign-in/passkey/options')
    const stolen = browser.authenticator.show({ challenge: String(body['challenge']) })
    expect((await server.browser().post('/sign-in/passkey', { response: stolen })).status).toBe(401)
  })

  test('a passkey that nobody has', async () => {
    const browser = server.browser()
    browser.authenticator.make({ challenge: 'x', user: { id: 'x' } })
    expect((await browser.touch()).status).toBe(401)
  })

  test('a passkey of an account that was disabled, and its session ends at once', async () => {
    const browser = await newcomer('nguyen.c')
    const admin = await known()
    await admin.touch()
    const { body } = await admin.get('/administration/accounts')
    const { id } = (body['accounts'] as { id: string; name: string }[]).find(({ name }) => name === 'nguyen.c')!
    expect(await server.readerOf(browser)).not.toBeNull()
    expect((await admin.post('/administration/accounts/disable', { account: id, reason: 'nghỉ việc' })).status).toBe(
      200,
    )
    expect(await server.readerOf(browser)).toBeNull()
    expect((await browser.touch()).status).toBe(401)
  })
})

test('a passkey cannot be made on a challenge of signing in, nor a second account get a known passkey', async () => {
  const browser = await newcomer('nguyen.d')
  const { body } = await browser.post('/sign-in/passkey/options')
  const response = browser.authenticator.make({ challenge: String(body['challenge']), user: { id: 'x' } })
  expect(await browser.post('/sign-in/account/passkeys', { name: 'B', response })).toMatchObject({
    status: 422,
    body: { rule: 'SIGN-IN-19' },
  })
})

describe('making a passkey is refused', () => {
  const lies: readonly (readonly [string, Lies])[] = [
    ['from another origin', { origin: 'https://evil.example' }],
    ['for another relying party', { rpId: 'evil.example' }],
    ['without verifying the person', { without: 'verification' }],
  ]
  test.each(lies)('%s', async (_what, lie) => {
    const browser = await known()
    await browser.touch()
    const add = ['/sign-in/account/passkeys/options', '/sign-in/account/passkeys'] as const
    const other = server.browser()
    for (const [name, value] of browser.cookies) other.cookies.set(name, value)
    expect(await other.make(...add, { name: 'X' }, lie)).toMatchObject({ status: 422, body: { rule: 'SIGN-IN-19' } })
  })
})

test('several passkeys with names; the last way in stays', async () => {
  const browser = await newcomer('nguyen.e')
  const add = ['/sign-in/account/passkeys/options', '/sign-in/account/passkeys'] as const
  const added = await browser.make(...add, { name: 'Điện thoại' })
  const passkeys = added.body['passkeys'] as { id: string; name: string }[]
  expect(passkeys.map(({ name }) => name)).toEqual(['A', 'Điện thoại'])
  const [one, two] = passkeys.map(({ id }) => id)
  await browser.post('/sign-in/account/passkeys/rename', { id: two, name: 'Máy tính bảng' })
  expect((await browser.post('/sign-in/account/passkeys/remove', { id: one })).body['passkeys']).toMatchObject([
    { name: 'Máy tính bảng' },
  ])
  expect(await browser.post('/sign-in/account/passkeys/remove', { id: two })).toMatchObject({
    status: 409,
    body: { rule: 'SIGN-IN-15' },
  })
  // The removed one no longer signs in, the other does.
  expect((await browser.touch({}, 0)).status).toBe(401)
  expect((await browser.touch({}, 1)).status).toBe(200)
  // Another account's passkey cannot be named or removed.
  const admin = await known()
  await admin.touch()
  expect((await admin.post('/sign-in/account/passkeys/remove', { id: two })).status).toBe(404)
})
