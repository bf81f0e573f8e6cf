/** What a real browser makes and shows, with Chromium's own virtual authenticator. */
import { beforeAll, expect, test } from 'vitest'
import { journeys, type VisitedPage } from '#testing/browser'
import { signInServer } from '#testing/sign-in'

const server = signInServer()
let address = ''

beforeAll(async () => {
  address = (await server.app.listen({ port: 0, host: '127.0.0.1' })).replace('127.0.0.1', 'localhost')
})

type Json = Record<string, unknown>

const post = (page: VisitedPage, path: string, body: Json): Promise<Json> =>
  page.evaluate(
    async ([to, sent]) => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(sent) }
      return (await fetch(to, init)).json() as Promise<Json>
    },
    [path, body] as const,
  )

const make = (page: VisitedPage, options: Json): Promise<Json> =>
  page.evaluate(async (asked) => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(asked as never)
    const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential
    return { ...made.toJSON() }
  }, options)

const show = (page: VisitedPage, options: Json): Promise<Json> =>
  page.evaluate(async (asked) => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(asked as never)
    const shown = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential
    return { ...shown.toJSON() }
  }, options)

journeys('A passkey in a real browser', (openPage) => {
  test('the first administrator makes one, leaves, and comes back by a touch', async () => {
    const page = await openPage()
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    await page.goto(`${address}/page`)
    const who = { token: await server.firstToken(), name: 'quan.tri', display: 'Trần Thị Bình' }
    const made = await make(page, await post(page, '/sign-in/link/passkey/options', who))
    const came = await post(page, '/sign-in/link/passkey', { ...who, passkeyName: 'Máy này', response: made })
    expect(came).toMatchObject({ state: 'open', session: { factors: 2, roles: ['administrator'] } })

    expect(await post(page, '/sign-in/sign-out', {})).toMatchObject({ state: 'nobody' })
    const shown = await show(page, await post(page, '/sign-in/passkey/options', {}))
    expect(await post(page, '/sign-in/passkey', { response: shown })).toMatchObject({
      state: 'open',
      session: { display: 'Trần Thị Bình' },
    })
    // Script sees none of the cookies.
    expect(await page.evaluate(() => document.cookie)).toBe('')
  })
})
