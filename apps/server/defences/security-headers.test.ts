import fastify from 'fastify'
import { describe, expect, test } from 'vitest'
import { securityHeaders } from './security-headers.ts'
import { wholeApp } from './whole-app-for-test.ts'

const whole = wholeApp()
const ask = (method: string, url: string, headers: Record<string, string> = {}) =>
  whole.app.inject({ method: method as 'GET', url, headers: { host: 'localhost:8080', ...headers } })

/** What no route of the framework's table says, beside those it says. */
const MORE = [
  ['GET', '/'],
  ['GET', '/patient/1'],
  ['GET', '/assets/app.js'],
  ['GET', '/assets/gone.js'],
  ['GET', '/nothing/here'],
  ['POST', '/nothing/here'],
  ['GET', '/fhir/R5/Patient'],
  ['GET', '/fhir/R4/Patient/%zz'],
  ['GET', '/oauth/.well-known/openid-configuration'],
  ['GET', '/oauth/auth'],
  ['POST', '/oauth/token'],
  ['GET', '/oauth/nothing'],
  ['DELETE', '/sign-in/session'],
] as const

/** An answer that is opened as a page has more to say. */
const PAGE = ['cross-origin-opener-policy', 'permissions-policy']

describe('every answer says what a browser may do with it', () => {
  test('each route, also where it refuses, fails or is not there', async () => {
    const all = [...whole.routes, ...MORE.map(([method, url]) => ({ method, url }))]
    expect(all.length).toBeGreaterThan(100)
    for (const { method, url } of all) {
      const { headers, statusCode } = await ask(method, url, { accept: 'text/html,*/*' })
      const where = `${method} ${url} → ${statusCode}`
      const policy = String(headers['content-security-policy'])
      expect([where, headers['x-content-type-options']]).toEqual([where, 'nosniff'])
      expect([where, headers['referrer-policy']]).toEqual([where, expect.stringMatching(/^(no-referrer|same-origin)$/)])
      expect([where, headers['cross-origin-resource-policy']]).toEqual([where, 'same-origin'])
      expect([where, policy]).toEqual([where, expect.stringContaining("frame-ancestors 'none'")])
      // Styles are set at run time; a script never is.
      expect([where, policy.replace("style-src 'self' 'unsafe-inline'", '')]).toEqual([
        where,
        expect.not.stringMatching(/unsafe-|\*|data:(?! blob:)|https?:\/\/(?!localhost)/),
      ])
      // An app of others may have opened the OAuth server's pages in a window, and goes on there.
      if (!String(headers['content-type']).startsWith('text/html') || url.startsWith('/oauth/')) continue
      for (const name of PAGE) expect([where, name, typeof headers[name]]).toEqual([where, name, 'string'])
    }
  })

  test('a page runs scripts from its own origin only; data runs nothing', async () => {
    const page = String((await ask('GET', '/', { accept: 'text/html' })).headers['content-security-policy'])
    for (const part of [
      "script-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "connect-src 'self'",
      "worker-src 'self' blob:",
    ])
      expect(page.split('; ')).toContain(part)
    const script = await ask('GET', '/assets/app.js')
    expect(script.headers['content-security-policy']).toBe(page)
    const data = await ask('GET', '/fhir/R4/metadata')
    expect(data.headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'")
  })

  test('an answer that says "as you have it" does not replace the policy of what a browser has', async () => {
    const { headers } = await ask('GET', '/', { accept: 'text/html' })
    const again = await ask('GET', '/', { accept: 'text/html', 'if-none-match': String(headers['etag']) })
    expect([again.statusCode, again.headers['content-security-policy']]).toEqual([304, undefined])
  })

  test('the camera is ours, passkeys are, the rest of the device is nobody’s', async () => {
    const policy = String((await ask('GET', '/', { accept: 'text/html' })).headers['permissions-policy'])
    expect(policy).toContain('camera=(self)')
    expect(policy).toContain('publickey-credentials-get=(self)')
    for (const off of ['microphone', 'geolocation', 'usb', 'payment']) expect(policy).toContain(`${off}=()`)
  })

  test('what signing in, administration, audit and access answer is kept by no browser', async () => {
    const ours = whole.routes.filter(({ url }) =>
      /^\/(sign-in|administration|audit|access|insurance|oauth)\//.test(url),
    )
    for (const { method, url } of ours) {
      const { headers, body } = await ask(method, url)
      const kept = ['/oauth/page.css', '/oauth/smart-style.json'].includes(url) || body === ''
      if (!kept) expect([method, url, headers['cache-control']]).toEqual([method, url, 'no-store'])
    }
  })
})

describe('https', () => {
  const headersOf = async (options: { tls: boolean; isolated?: boolean }, type = 'text/html') => {
    const app = fastify()
    securityHeaders(app, options)
    app.get('/', (_, reply) => reply.type(type).send('x'))
    const { headers } = await app.inject('/')
    await app.close()
    return headers
  }

  test('is remembered for a year where it is spoken, and not where it is not', async () => {
    expect((await headersOf({ tls: true }))['strict-transport-security']).toBe('max-age=31536000; includeSubDomains')
    expect((await headersOf({ tls: false }))['strict-transport-security']).toBeUndefined()
  })

  test('pages and scripts are isolated where face recognition asks for it, data is not', async () => {
    const policy = async (type: string) =>
      (await headersOf({ tls: true, isolated: true }, type))['cross-origin-embedder-policy']
    expect(await policy('text/html')).toBe('require-corp')
    expect(await policy('text/javascript')).toBe('require-corp')
    expect(await policy('application/json')).toBeUndefined()
    expect((await headersOf({ tls: true }))['cross-origin-embedder-policy']).toBeUndefined()
  })
})
