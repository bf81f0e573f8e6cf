import { beforeAll, describe, expect, test } from 'vitest'
import { administratorOf, type Browser, type Member, memberOf, PASSWORD, signInServer } from '#testing/sign-in'

const server = signInServer()
const MINUTE = 60_000
let admin: Browser
let member: Member
let network = 10

/** Another address each time, so that tests do not count each other's tries. */
const elsewhere = () => server.browser({ network: `192.0.2.${(network += 1)}` })

beforeAll(async () => {
  admin = await administratorOf(server)
  member = await memberOf(server, admin, 'le.van')
})

const password = (browser: Browser, name: string, word = PASSWORD) =>
  browser.post('/sign-in/password', { name, password: word })

async function signIn(browser: Browser, name: string, secret: string, word = PASSWORD) {
  const half = await password(browser, name, word)
  expect(half.body).toMatchObject({ state: 'second-factor', ways: ['totp', 'recovery'] })
  // Each code counts once: the clock goes on to the next.
  server.later(MINUTE)
  return browser.post('/sign-in/totp', { ticket: half.body['ticket'], code: server.code(secret) })
}

test('password, then code; a code counts once', async () => {
  const browser = elsewhere()
  const half = await password(browser, ' Le.Van ')
  expect(half.cookies.some((line) => line.startsWith('lanh-session'))).toBe(false)
  server.later(MINUTE)
  const [ticket, code] = [half.body['ticket'], server.code(member.secret)]
  expect((await browser.post('/sign-in/totp', { ticket, code: '123456' })).status).toBe(401)
  const answer = await browser.post('/sign-in/totp', { ticket, code })
  expect(answer.body).toMatchObject({ state: 'open', session: { factors: 2, roles: ['doctor'] } })
  // Neither the ticket nor the code again, nor the ticket of somebody else's device.
  expect((await browser.post('/sign-in/totp', { ticket, code })).body['rule']).toBe('SIGN-IN-14')
  const again = await password(browser, 'le.van')
  expect((await browser.post('/sign-in/totp', { ticket: again.body['ticket'], code })).body['rule']).toBe('SIGN-IN-1')
  server.later(MINUTE)
  const other = { ticket: again.body['ticket'], code: server.code(member.secret) }
  expect((await elsewhere().post('/sign-in/totp', other)).body['rule']).toBe('SIGN-IN-14')
})

test('a code that is shown twice at once is right once', async () => {
  server.later(5 * MINUTE)
  const browsers = [elsewhere(), elsewhere()]
  const halves = await Promise.all(browsers.map((browser) => password(browser, 'le.van')))
  const code = server.code(member.secret)
  const answers = await Promise.all(
    browsers.map((browser, n) => browser.post('/sign-in/totp', { ticket: halves[n]?.body['ticket'], code })),
  )
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401])
})

test('a code of one step before or after is right, of two is not', async () => {
  const codes = [-1, 1, -2, 2].map((steps) => {
    server.later(5 * MINUTE)
    return async () => {
      const browser = elsewhere()
      const half = await password(browser, 'le.van')
      return (
        await browser.post('/sign-in/totp', { ticket: half.body['ticket'], code: server.code(member.secret, steps) })
      ).status
    }
  })
  const statuses = []
  for (const code of codes) {
    server.later(5 * MINUTE)
    statuses.push(await code())
  }
  expect(statuses).toEqual([200, 200, 401, 401])
})

test('the same visible password is the same, composed or not', async () => {
  expect(PASSWORD.normalize('NFD')).not.toBe(PASSWORD.normalize('NFC'))
  const browser = elsewhere()
  expect((await signIn(browser, 'le.van', member.secret, PASSWORD.normalize('NFD'))).status).toBe(200)
  expect((await signIn(elsewhere(), 'le.van', member.secret, PASSWORD.normalize('NFC'))).status).toBe(200)
})

test('unknown, wrong and disabled are one answer, and the audit knows which', async () => {
  const closed = await memberOf(server, admin, 'da.nghi')
  await admin.post('/administration/accounts/disable', { account: closed.account, reason: 'nghỉ việc' })
  const answers = []
  for (const [name, word, reason] of [
    ['khong.co.ai', PASSWORD, 'password'],
    ['le.van', 'sai mật khẩu', 'password'],
    ['da.nghi', PASSWORD, 'disabled'],
  ] as const) {
    const { status, text, headers } = await password(elsewhere(), name, word)
    answers.push([status, text, headers['content-type'], headers['content-length']])
    expect(server.acts.at(-1)).toMatchObject({ outcome: 'refused', rule: 'SIGN-IN-1', reason })
  }
  expect(answers[1]).toEqual(answers[0])
  expect(answers[2]).toEqual(answers[0])
})

test('unknown and wrong take the same time', async () => {
  const timed = async (name: string) => {
    const before = performance.now()
    await password(elsewhere(), name, 'sai mật khẩu')
    return performance.now() - before
  }
  const times = { known: [] as number[], unknown: [] as number[] }
  for (let round = 0; round < 9; round += 1) {
    times.known.push(await timed('le.van'))
    times.unknown.push(await timed(`ai.do.${round}`))
    server.later(20 * MINUTE)
  }
  const middle = (list: number[]) => list.toSorted((a, b) => a - b)[4] ?? 0
  // A hash takes some 20 ms, everything else one or two: without the hash it would be a tenth.
  expect(middle(times.unknown)).toBeGreaterThan(middle(times.known) / 3)
  expect(middle(times.unknown)).toBeLessThan(middle(times.known) * 3)
})

describe('SIGN-IN-2 too many tries', () => {
  test('at a login, wherever they come from, whether anybody has it or not; also after a restart', async () => {
    for (const name of ['le.van', 'khong.ai.ca']) {
      server.later(24 * 60 * MINUTE)
      for (let tries = 0; tries < 5; tries += 1) expect((await password(elsewhere(), name, 'sai')).status).toBe(401)
      const refused = await password(elsewhere(), name)
      expect(refused).toMatchObject({ status: 429, body: { rule: 'SIGN-IN-2', retryAfter: 30 } })
      expect(refused.headers['retry-after']).toBe('30')
      server.later(31_000)
      expect((await password(elsewhere(), name, 'sai')).status).toBe(401)
      expect((await password(elsewhere(), name)).body['retryAfter']).toBe(60)
    }
  })

  test('a hundred at once are no hundred guesses', async () => {
    server.later(24 * 60 * MINUTE)
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, guess) => password(elsewhere(), 'le.van', `đoán ${guess}`)),
    )
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(35)
  })

  test('SIGN-IN-23 a flood of hashes is turned away, and the next one is not', async () => {
    const flood = await Promise.all(
      Array.from({ length: 150 }, (_, n) =>
        server.browser({ network: `10.0.0.${n}` }).post('/sign-in/password', { name: `lu.${n}`, password: 'x' }),
      ),
    )
    const busy = flood.filter(({ status }) => status === 503)
    expect(busy.length).toBeGreaterThan(10)
    expect(busy[0]?.body['rule']).toBe('SIGN-IN-23')
    expect(flood.filter(({ status }) => status === 401).length).toBeGreaterThanOrEqual(100)
    expect((await password(elsewhere(), 'lu.lut', 'x')).status).toBe(401)
  })

  test('strangers do not keep its owner out of a device where they have been, nor from a passkey', async () => {
    expect((await password(elsewhere(), 'le.van', 'sai')).status).toBe(429)
    expect((await signIn(member.browser, 'le.van', member.secret)).status).toBe(200)
  })

  test('at an address, whatever the login', async () => {
    const browser = server.browser({ network: '198.51.100.7' })
    const statuses = []
    for (let tries = 0; tries < 62; tries += 1) statuses.push((await password(browser, `ten.${tries}`, 'sai')).status)
    expect(statuses.slice(0, 60).every((status) => status === 401)).toBe(true)
    expect(statuses.slice(60)).toEqual([429, 429])
    expect((await password(elsewhere(), 'le.van', 'sai')).status).not.toBe(503)
  }, 60_000)

  test('fifty wrong ones in a row lock the password until an administrator opens it; a passkey still works', async () => {
    const { browser, account } = await memberOf(server, admin, 'bi.khoa')
    await browser.make('/sign-in/account/passkeys/options', '/sign-in/account/passkeys', { name: 'K' })
    for (let tries = 0; tries < 50; tries += 1) {
      server.later(16 * MINUTE)
      await password(elsewhere(), 'bi.khoa', 'sai')
    }
    await password(elsewhere(), 'bi.khoa', 'sai')
    await admin.touch()
    const state = async () => {
      const { body } = await admin.get('/administration/accounts')
      return (body['accounts'] as { id: string; state: string }[]).find(({ id }) => id === account)?.state
    }
    expect(await state()).toBe('locked')
    server.later(25 * 60 * MINUTE)
    expect((await password(elsewhere(), 'bi.khoa')).body['rule']).toBe('SIGN-IN-1')
    expect((await browser.touch()).status).toBe(200)
    await admin.touch()
    expect((await admin.post('/administration/accounts/enable', { account, reason: 'đúng người' })).status).toBe(200)
    expect((await password(elsewhere(), 'bi.khoa')).body['state']).toBe('second-factor')
  }, 60_000)
})

test('a first password is changed before anything else, and a short one brings a second factor', async () => {
  await admin.touch()
  const made = await admin.post('/administration/accounts', {
    name: 'moi.vao',
    display: 'Ngô Mới Vào',
    agent: 'Practitioner/moi-vao',
    roles: [{ role: 'nurse', department: null }],
    way: 'password',
  })
  const first = String(made.body['password'])
  expect(first).toMatch(/^(\w{4}-){3}\w{4}$/)
  const browser = elsewhere()
  const half = await password(browser, 'moi.vao', first)
  expect(half.body['state']).toBe('change-password')
  const change = (ticket: unknown, word: string) => browser.post('/sign-in/first-password', { ticket, password: word })
  const { ticket } = half.body
  expect((await change(ticket, first)).body['rule']).toBe('SIGN-IN-10')
  expect((await change(ticket, 'ngắn')).body['rule']).toBe('SIGN-IN-9')
  expect((await change(ticket, 'MoiVao1990')).body['rule']).toBe('SIGN-IN-10')
  const changed = await change(ticket, 'chè bưởi đá')
  expect(changed.body['state']).toBe('set-up-second-factor')
  const setUp = await browser.post('/sign-in/second-factor/options', { ticket: changed.body['ticket'] })
  expect(setUp.body['uri']).toMatch(/^otpauth:\/\/totp\/L%C3%A0nh:moi\.vao\?/)
  const code = server.code(String(setUp.body['secret']))
  expect((await browser.post('/sign-in/second-factor', { ticket: setUp.body['ticket'], code: '000000' })).status).toBe(
    422,
  )
  const open = await browser.post('/sign-in/second-factor', { ticket: setUp.body['ticket'], code })
  expect(open.body).toMatchObject({ state: 'open', session: { factors: 2, roles: ['nurse'] } })
  expect(open.body['recoveryCodes']).toHaveLength(10)
  expect((await password(elsewhere(), 'moi.vao', first)).status).toBe(401)
})

test('a first password is good for three days', async () => {
  await admin.touch()
  const given = { display: 'Ngô Quên', agent: 'Practitioner/quen', roles: [], way: 'password' }
  const made = await admin.post('/administration/accounts', { name: 'quen.mat', ...given })
  server.later(3 * 24 * 60 * MINUTE + MINUTE)
  expect((await password(elsewhere(), 'quen.mat', String(made.body['password']))).body['rule']).toBe('SIGN-IN-1')
  expect(server.acts.at(-1)).toMatchObject({ reason: 'first-password-expired' })
})

test('a long password stands alone, with one factor, and does not administer', async () => {
  await admin.touch()
  const made = await admin.post('/administration/accounts', {
    name: 'mot.minh',
    display: 'Ngô Một Mình',
    agent: 'Practitioner/mot-minh',
    roles: [{ role: 'administrator', department: null }],
    way: 'password',
  })
  const browser = elsewhere()
  const half = await password(browser, 'mot.minh', String(made.body['password']))
  const long = 'con đường rợp bóng hoa gạo'
  const open = await browser.post('/sign-in/first-password', { ticket: half.body['ticket'], password: long })
  expect(open.body).toMatchObject({ state: 'open', session: { factors: 1, advice: ['passkey', 'recovery-codes'] } })
  expect((await browser.get('/administration/accounts')).body['rule']).toBe('SIGN-IN-6')
  // A second factor raises the session as soon as it is shown.
  const setUp = await browser.post('/sign-in/account/totp/options')
  const done = await browser.post('/sign-in/account/totp', { code: server.code(String(setUp.body['secret'])) })
  expect(done.body).toMatchObject({ totp: true })
  expect((await browser.get('/administration/accounts')).status).toBe(200)
})

test('recovery codes are ten, each is right once, new ones end the old', async () => {
  const one = await memberOf(server, admin, 'mat.may')
  const recover = async (code: string) => {
    const browser = elsewhere()
    const half = await password(browser, 'mat.may')
    return browser.post('/sign-in/recovery', { ticket: half.body['ticket'], code })
  }
  const [first = '', second = '', third = ''] = one.recoveryCodes
  expect((await recover(first.toLowerCase().replaceAll('-', ' '))).body['state']).toBe('open')
  expect((await recover(first)).status).toBe(401)
  expect((await one.browser.get('/sign-in/account')).body).toMatchObject({ recoveryCodes: 9 })
  const renewed = await one.browser.post('/sign-in/account/recovery-codes')
  expect(renewed.body['codes']).toHaveLength(10)
  expect((await recover(second)).status).toBe(401)
  expect((await recover((renewed.body['codes'] as string[])[0] ?? '')).body['state']).toBe('open')
  expect(await server.signIn.query('select hash from recovery_code where hash = $1', [Buffer.from(third)])).toEqual([])
})

test('a changed password ends every other session', async () => {
  const one = await memberOf(server, admin, 'doi.mk')
  const other = elsewhere()
  expect((await signIn(other, 'doi.mk', one.secret)).status).toBe(200)
  const changed = await one.browser.post('/sign-in/account/password', { password: 'bún chả Hà Nội 36' })
  expect(changed.status).toBe(200)
  expect(await server.readerOf(other)).toBeNull()
  expect(await server.readerOf(one.browser)).not.toBeNull()
  expect((await password(elsewhere(), 'doi.mk')).status).toBe(401)
})

test('nothing that is typed stands in the database or the audit', async () => {
  const tables = ['account', 'password', 'totp', 'recovery_code', 'pin', 'session', 'sign_in_step', 'sign_in_attempt']
  const rows = await Promise.all(
    tables.map((table) => server.signIn.query(`select t::text as line from ${table} t`, [])),
  )
  const everything = JSON.stringify([rows, server.acts])
  for (const secret of [PASSWORD, member.secret.replaceAll(' ', ''), ...member.recoveryCodes]) {
    expect(everything.includes(secret)).toBe(false)
  }
  for (const token of member.browser.cookies.values()) expect(everything.includes(token)).toBe(false)
})
