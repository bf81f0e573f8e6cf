/** `fhirclient` as a page in Chromium, from another origin: the flow with real cookies, CORS and content policy. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { journeys, takeScreenshot } from '#testing/browser'
import { oauthServer } from './oauth-for-test.ts'

const server = oauthServer()
const LIBRARY = createRequire(import.meta.url).resolve('fhirclient/build/fhir-client.js')

let app: Server
let address = ''
let client = ''

const launchPage = () => `<!doctype html><title>App</title><script src="/fhir-client.js"></script><script>
FHIR.oauth2.authorize({ clientId: '${client}', scope: 'openid fhirUser launch/patient patient/*.rs offline_access',
  redirectUri: '/callback', iss: '${server.base}', pkceMode: 'required' })</script>`

const CALLBACK = `<!doctype html><title>App</title><output></output><script src="/fhir-client.js"></script><script>
FHIR.oauth2.ready().then(async (client) => {
  const before = client.state.tokenResponse.access_token
  await client.refresh()
  document.querySelector('output').textContent = JSON.stringify({ patient: client.patient.id,
    fhirUser: client.getFhirUser(), refreshed: before !== client.state.tokenResponse.access_token })
})</script>`

beforeAll(async () => {
  const library = await readFile(LIBRARY)
  app = createServer(({ url = '' }, answer) => {
    if (url === '/fhir-client.js') return void answer.setHeader('content-type', 'text/javascript').end(library)
    answer.setHeader('content-type', 'text/html').end(url.startsWith('/callback') ? CALLBACK : launchPage())
  })
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(app.address() as { port: number }).port}`
  client = (await server.client({ name: 'Biểu đồ huyết áp', redirects: [`${address}/callback`] })).id
})
afterAll(() => app.close())

journeys('An app in the browser', (openPage) => {
  test('asks, the doctor finds a patient and agrees, the app has its token and renews it', async () => {
    const page = await openPage({ viewport: { width: 820, height: 760 } })
    await page.context().addCookies([{ name: 'person', value: 'binh', url: server.origin }])
    await page.goto(address)
    await page.getByRole('heading', { name: 'Biểu đồ huyết áp' }).waitFor()
    await page.getByRole('searchbox').fill('bích')
    await page.getByRole('button', { name: 'Tìm' }).click()
    await page.getByRole('radio', { name: /Trần Thị Bích/ }).check()
    await takeScreenshot(page, 'app-consent')
    await page.getByRole('button', { name: 'Cho phép' }).click()
    await expect
      .poll(() => page.locator('output').textContent())
      .toBe(JSON.stringify({ patient: 'bich', fhirUser: 'Practitioner/binh', refreshed: true }))
  })
})
