import { expect, test } from 'vitest'
import { firstLink, isFirstStart } from '#foundation/sign-in'
import { signInServer } from '#testing/sign-in'

const server = signInServer()
const empty = signInServer()

const PASSWORD = 'phở bò tái chín 7 giờ'

test('the first link makes the one administrator, by password and code, and only once', async () => {
  const browser = server.browser()
  expect((await browser.get('/sign-in/session')).body).toEqual({ state: 'nobody', firstStart: true, demo: false })
  const token = await server.firstToken()
  expect((await browser.post('/sign-in/link', { token })).body).toMatchObject({ kind: 'first', name: '', display: '' })

  const who = { token, name: 'Quản.Trị', display: 'Trần Thị Bình' }
  const setUp = await browser.post('/sign-in/link/password/options', { token, name: 'quantri' })
  const code = server.code(String(setUp.body['secret']))
  expect(await browser.post('/sign-in/link/password', { ...who, password: PASSWORD, code })).toMatchObject({
    status: 422,
    body: { rule: 'SIGN-IN-13', at: 'name' },
  })
  const given = { token, name: 'Quan.Tri ', display: 'Trần Thị Bình', password: PASSWORD }
  expect(await browser.post('/sign-in/link/password', { ...given, code: '000000' })).toMatchObject({
    status: 422,
    body: { rule: 'SIGN-IN-20' },
  })
  const [one, two] = await Promise.all([
    browser.post('/sign-in/link/password', { ...given, code }),
    server.browser().post('/sign-in/link/password', { ...given, name: 'quan.tri.2', code }),
  ])
  expect([one.status, two.status].toSorted()).toEqual([200, 404])
  const winner = one.status === 200 ? one : two
  expect(winner.body).toMatchObject({
    state: 'open',
    session: { display: 'Trần Thị Bình', roles: ['administrator'], factors: 2 },
  })
  expect(winner.body['recoveryCodes']).toHaveLength(10)

  expect(await isFirstStart(server.signIn)).toBe(false)
  expect(await firstLink(server.signIn)).toBeNull()
  expect(await browser.post('/sign-in/link', { token })).toMatchObject({ status: 404, body: { rule: 'SIGN-IN-12' } })
  expect(server.acts.some((act) => act.action === 'account-change' && act.reason === 'link-first')).toBe(true)
})

test('a first link is good for a day, and the next start’s ends it', async () => {
  const opens = async (token: string) => (await empty.browser().post('/sign-in/link', { token })).status
  const first = await empty.firstToken()
  expect(await opens(first)).toBe(200)
  const second = await empty.firstToken()
  expect([await opens(first), await opens(second)]).toEqual([404, 200])
  empty.later(24 * 60 * 60_000)
  expect(await opens(second)).toBe(404)
  expect(await empty.signIn.query('select from account', [])).toEqual([])
})
