import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { administratorOf, type Browser, signInServer } from '#testing/sign-in'

const server = signInServer()
let admin: Browser

beforeAll(async () => {
  admin = await administratorOf(server)
})

const SIGN_IN = [
  'passkey/options',
  'passkey',
  'password',
  'totp',
  'recovery',
  'first-password',
  'second-factor/options',
  'second-factor',
  'pin',
  'demo',
  'link',
  'link/passkey/options',
  'link/passkey',
  'link/password/options',
  'link/password',
  'confirm',
  'confirm/passkey',
  'account/passkeys',
  'account/passkeys/rename',
  'account/passkeys/remove',
  'account/totp',
  'account/pin',
  'account/device',
].map((path) => `/sign-in/${path}`)

const ADMINISTRATION = ['', '/roles', '/rename', '/disable', '/enable', '/reset', '/sessions', '/sessions/end']
  .map((path) => `/administration/accounts${path}`)
  .concat('/administration/review')

const MEMBERS = [
  'name',
  'password',
  'ticket',
  'code',
  'pin',
  'session',
  'role',
  'token',
  'id',
  'account',
  'way',
  'roles',
]
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\0', 'x'.repeat(2000), '\ud800', "' or 1=1 --"),
)
const anyValue = fc.oneof(anyText, fc.jsonValue(), fc.constant([{ role: 'doctor', department: null, since: '0001' }]))
const anyBody = fc.oneof(
  fc.dictionary(fc.constantFrom(...MEMBERS, 'display', 'agent', 'reason'), anyValue),
  fc.jsonValue(),
  fc.record({ response: fc.record({ id: anyText, rawId: anyText, type: anyValue, response: fc.object() }) }),
)

test('whatever is sent, it is answered or refused in our words, and nothing is a fault of ours', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...SIGN_IN, ...ADMINISTRATION),
      anyBody,
      fc.boolean(),
      async (path, body, isIn) => {
        const browser = isIn ? admin : server.browser({ network: `2001:db8:${Math.floor(Math.random() * 9999)}::1` })
        const { status, body: answer } = await browser.post(path, JSON.stringify(body))
        expect(status).toBeLessThan(500)
        if (status >= 400) expect(answer).toMatchObject({ rule: expect.stringMatching(/^SIGN-IN-/) })
      },
    ),
    { numRuns: 300 },
  )
  expect(await server.readerOf(admin)).toMatchObject({ roles: ['administrator'] })
}, 120_000)
