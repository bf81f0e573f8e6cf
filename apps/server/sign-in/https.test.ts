import { expect, test } from 'vitest'
import { administratorOf, signInServer } from '#testing/sign-in'

const server = signInServer({ base: 'https://lanh.benhvien.example' })

test('over HTTPS cookies are bound to the host and never travel in the clear', async () => {
  const browser = await administratorOf(server)
  expect([...browser.cookies.keys()].toSorted()).toEqual(['__Host-lanh', '__Host-lanh-device'])
  const { cookies } = await browser.touch()
  expect(cookies).toEqual([expect.stringMatching(/^__Host-lanh=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/)])
  expect(await server.readerOf(browser)).not.toBeNull()
  // The plain name counts for nothing there.
  const plain = server.browser()
  plain.cookies.set('lanh-session', browser.cookies.get('__Host-lanh') ?? '')
  expect(await server.readerOf(plain)).toBeNull()
})

test('SIGN-IN-18 over plain HTTP from elsewhere nobody signs in', async () => {
  const browser = server.browser({ origin: 'http://192.168.1.5:8080' })
  expect(await browser.post('/sign-in/password', { name: 'a', password: 'b' })).toMatchObject({
    status: 403,
    body: { rule: 'SIGN-IN-18' },
  })
})

test('a host that is none is of no site', async () => {
  const answer = await server.app.inject({ method: 'GET', url: '/sign-in/session', headers: { host: 'a b/[' } })
  expect([answer.statusCode, answer.json().rule]).toEqual([403, 'SIGN-IN-18'])
})

test('passkeys belong to names: an address has none', async () => {
  expect((await server.browser({ origin: 'http://127.0.0.1' }).get('/sign-in/device')).body['passkeys']).toBe(false)
  expect((await server.browser().get('/sign-in/device')).body['passkeys']).toBe(true)
})
