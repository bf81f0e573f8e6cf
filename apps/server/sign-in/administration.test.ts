import { beforeAll, describe, expect, test } from 'vitest'
import { closeIdleAccounts } from '#foundation/sign-in'
import { administratorOf, type Browser, memberOf, signInServer } from '#testing/sign-in'

const server = signInServer()
const DAY = 86_400_000
let admin: Browser

interface Line {
  readonly id: string
  readonly name: string
  readonly state: string
  readonly roles: readonly {
    role: string
    department: string | null
    since: string
    until: string | null
    holds: boolean
  }[]
}

beforeAll(async () => {
  admin = await administratorOf(server)
})

const accounts = async (path = '/administration/accounts'): Promise<readonly Line[]> => {
  await admin.touch()
  return (await admin.get(path)).body['accounts'] as Line[]
}
const lineOf = async (name: string): Promise<Line> => {
  const found = (await accounts()).find((line) => line.name === name)
  if (!found) throw new Error(`${name} is not there`)
  return found
}
const doctor = { role: 'doctor', department: 'Organization/khoa-medicine' }

test('everything is for administrators with two factors, and refusals are written down', async () => {
  const { browser } = await memberOf(server, admin, 'bac.si', 'passkey')
  const { id } = await lineOf('quan.tri')
  const posts = ['', '/roles', '/rename', '/disable', '/enable', '/reset', '/sessions', '/sessions/end']
  for (const path of posts) {
    const asked = { account: id, name: 'x.y.z', display: 'X', agent: 'Practitioner/x', roles: [], reason: '' }
    expect((await browser.post(`/administration/accounts${path}`, asked)).body['rule']).toBe('SIGN-IN-5')
    expect(server.acts.at(-1)).toMatchObject({ action: 'account-change', outcome: 'refused', rule: 'SIGN-IN-5' })
    expect((await server.browser().post(`/administration/accounts${path}`, asked)).body['rule']).toBe('SIGN-IN-3')
  }
  for (const path of ['/accounts', '/review', '/idle']) {
    expect((await browser.get(`/administration${path}`)).body['rule']).toBe('SIGN-IN-5')
  }
  expect((await browser.post('/administration/review', { account: id })).body['rule']).toBe('SIGN-IN-5')
  expect((await lineOf('quan.tri')).state).toBe('active')
})

test('an account is made with roles; a login is plain and nobody else’s', async () => {
  await admin.touch()
  const make = (given: object) =>
    admin.post('/administration/accounts', { display: 'Ngô Lan', agent: 'Practitioner/lan', roles: [doctor], ...given })
  const made = await make({ name: 'Ngo.Lan' })
  expect(made).toMatchObject({ status: 201, body: { account: { name: 'ngo.lan', state: 'new' } } })
  expect(made.body['link']).toMatch(/^\/sign-in\/link#[\w-]{43}$/)
  for (const name of ['ngo.lan', 'NGO.LAN ', 'Ngô Lan', 'ab', '.abc', 'a b c']) {
    expect((await make({ name })).body['rule']).toBe('SIGN-IN-13')
  }
  for (const given of [
    { agent: 'https://evil.example/Practitioner/1' },
    { roles: [{ role: 'doctor', department: 'Patient/1' }] },
    { roles: [{ role: 'representative', department: null }] },
    { roles: [{ ...doctor, since: '2026-02-01T00:00:00Z', until: '2026-01-01T00:00:00Z' }] },
  ]) {
    expect((await make({ name: 'khac', ...given })).body['rule']).toBe('SIGN-IN-21')
  }
  expect((await make({ name: 'khac', roles: [{ role: 'king', department: null }] })).body['rule']).toBe('SIGN-IN-8')
  expect(server.acts.findLast(({ outcome }) => outcome === 'success')).toBeDefined()
})

test('roles hold from a day to a day, at once where somebody is signed in, and what was is kept', async () => {
  const { browser, account } = await memberOf(server, admin, 'truc.dem', 'passkey')
  await admin.touch()
  const at = (days: number) => new Date(Date.now() + days * DAY).toISOString()
  const assign = (roles: object[]) => admin.post('/administration/accounts/roles', { account, roles })
  await assign([doctor, { role: 'head', department: doctor.department, since: at(5), until: at(9) }])
  expect((await server.readerOf(browser))?.roles).toEqual(['doctor'])
  server.later(6 * DAY)
  await browser.touch()
  expect((await server.readerOf(browser))?.roles.toSorted()).toEqual(['doctor', 'head'])
  await admin.touch()
  await assign([{ role: 'nurse', department: null }])
  expect(await server.readerOf(browser)).toMatchObject({ roles: ['nurse'], departments: [] })
  const rows = await server.signIn.query<{ role: string; until: Date | null }>(
    'select role, until from role_assignment where account::text = $1 order by since, role',
    [account],
  )
  expect(rows.map(({ role, until }) => [role, until !== null])).toEqual([
    ['doctor', true],
    ['head', true],
    ['nurse', false],
  ])
})

test('a reset takes every way in and every session; the link brings the owner back', async () => {
  const { browser, account } = await memberOf(server, admin, 'mat.khoa', 'passkey')
  await admin.touch()
  const reset = await admin.post('/administration/accounts/reset', { account, way: 'link' })
  expect(await server.readerOf(browser)).toBeNull()
  expect((await browser.touch()).status).toBe(401)
  const token = String(reset.body['link']).split('#')[1]
  expect((await browser.post('/sign-in/link', { token })).body).toMatchObject({ kind: 'reset', name: 'mat.khoa' })
  const made = await browser.make('/sign-in/link/passkey/options', '/sign-in/link/passkey', { token, passkeyName: 'B' })
  expect(made.body).toMatchObject({ state: 'open', session: { name: 'mat.khoa', roles: ['doctor'] } })
  expect((await browser.post('/sign-in/link', { token })).body['rule']).toBe('SIGN-IN-12')
  // A newer link ends the older; a disabled account's is none; a day later none is.
  await admin.touch()
  const links = []
  for (let round = 0; round < 2; round += 1) {
    const { body } = await admin.post('/administration/accounts/reset', { account })
    links.push(String(body['link']).split('#')[1])
  }
  const open = async (link: string | undefined) =>
    (await server.browser().post('/sign-in/link', { token: link })).status
  expect([await open(links[0]), await open(links[1])]).toEqual([404, 200])
  server.later(DAY)
  expect(await open(links[1])).toBe(404)
})

describe('SIGN-IN-15 the last administrator', () => {
  test('cannot be disabled nor lose the role; a second one can', async () => {
    const { id } = await lineOf('quan.tri')
    const disable = (account: string) => admin.post('/administration/accounts/disable', { account, reason: 'x' })
    expect((await disable(id)).body['rule']).toBe('SIGN-IN-15')
    const taken = await admin.post('/administration/accounts/roles', { account: id, roles: [] })
    expect(taken.body['rule']).toBe('SIGN-IN-15')
    const second = [{ role: 'administrator', department: null }] as const
    const { account } = await memberOf(server, admin, 'pho.quan.tri', 'passkey', second)
    expect((await disable(account)).status).toBe(200)
    expect((await disable(id)).body['rule']).toBe('SIGN-IN-15')
  })
})

test('an administrator sees and ends the sessions of others', async () => {
  const { browser, account } = await memberOf(server, admin, 'phien', 'passkey')
  await admin.touch()
  const listed = await admin.post('/administration/accounts/sessions', { account })
  expect(listed.body['sessions']).toMatchObject([{ network: '127.0.0.1', state: 'open', current: false }])
  expect((await admin.post('/administration/accounts/sessions/end', { account })).body).toEqual({ sessions: [] })
  expect(await server.readerOf(browser)).toBeNull()
  expect((await admin.post('/administration/accounts/sessions', { account: 'nobody' })).body['rule']).toBe('SIGN-IN-17')
})

test('unused accounts close after 45 days, are listed before, and the last administrator stays', async () => {
  const { account, browser } = await memberOf(server, admin, 'di.xa', 'passkey')
  const now = () => server.signIn.now()
  server.later(31 * DAY)
  expect((await accounts('/administration/idle')).map(({ name }) => name)).toContain('di.xa')
  expect((await closeIdleAccounts(server.signIn, now())).map(({ name }) => name)).not.toContain('di.xa')
  server.later(15 * DAY)
  const closed = (await closeIdleAccounts(server.signIn, now())).map(({ name }) => name)
  expect(closed).toContain('di.xa')
  expect((await browser.touch()).status).toBe(401)
  // Opened again, the days count anew.
  await admin.touch()
  await admin.post('/administration/accounts/enable', { account, reason: 'về lại' })
  expect(await closeIdleAccounts(server.signIn, now())).toEqual([])
  expect((await browser.touch()).status).toBe(200)
  server.later(60 * DAY)
  await closeIdleAccounts(server.signIn, now())
  expect((await accounts()).filter(({ state }) => state === 'active').map(({ name }) => name)).toEqual(['quan.tri'])
})

test('what nobody looked at for six months is on the review list until somebody does', async () => {
  expect(await accounts('/administration/review')).toEqual([])
  server.later(100 * DAY)
  const due = await accounts('/administration/review')
  expect(due.map(({ name }) => name)).toEqual(['quan.tri'])
  await admin.touch()
  expect((await admin.post('/administration/review', { account: due[0]?.id })).body).toEqual({ accounts: [] })
})
