/** @source https://owasp.org/API-Security/editions/2023/en/0xa9-improper-inventory-management/ */
import { expect, test } from 'vitest'
import { wholeApp } from './whole-app-for-test.ts'

const whole = wholeApp()

/** Who is not signed in gets an answer here, because the way in leads over it. */
const OPEN: readonly RegExp[] = [
  // what apps and browsers must know before anybody signs in
  /^(GET|HEAD) \/fhir\/R4\/metadata$/,
  /^GET \/fhir\/R4\/\.well-known\/smart-configuration$/,
  /^GET \/\.well-known\/oauth-authorization-server\/oauth$/,
  /^GET \/oauth\/(page\.css|smart-style\.json)$/,
  // whether somebody is signed in on this device, and that this is no demo
  /^GET \/sign-in\/(session|device|demo)$/,
  // questions for a passkey, which only its owner can answer; ending what has not begun
  /^POST \/sign-in\/(passkey\/options|sign-out|sign-out-everywhere|lock)$/,
]

test('without signing in nothing is answered but what is on the list, and everything on it exists', async () => {
  const answered: string[] = []
  for (const { method, url } of [...whole.routes, { method: 'GET', url: '/fhir/R4/metadata' }]) {
    const headers = {
      host: 'localhost:8080',
      'content-type': url.startsWith('/fhir') ? 'application/fhir+json' : 'application/json',
    }
    const payload = ['POST', 'PUT', 'PATCH'].includes(method) ? { payload: '{}' } : {}
    const { statusCode } = await whole.app.inject({ method: method as 'GET', url, headers, ...payload })
    expect([method, url, statusCode < 500]).toEqual([method, url, true])
    if (statusCode < 400) answered.push(`${method} ${url}`)
  }
  expect(answered.filter((one) => !OPEN.some((pattern) => pattern.test(one)))).toEqual([])
  expect(OPEN.filter((pattern) => !answered.some((one) => pattern.test(one))).map(String)).toEqual([])
})

test('what is below these addresses is all there is: a new one is looked at here first', () => {
  const roots = new Set(whole.routes.map(({ url }) => url.split('/').slice(0, 2).join('/')))
  expect([...roots].toSorted()).toEqual([
    '/.well-known',
    '/access',
    '/administration',
    '/audit',
    '/fhir',
    '/insurance',
    '/oauth',
    '/sign-in',
    '1',
  ])
})

test('there is one version of FHIR, and no page of the framework’s, of documentation or of state', async () => {
  for (const url of [
    '/fhir/R5/metadata',
    '/fhir/metadata',
    '/status',
    '/documentation',
    '/metrics',
    '/debug',
    '/.env',
    '/server-status',
  ])
    expect([
      url,
      (await whole.app.inject({ url, headers: { host: 'localhost:8080', accept: 'application/json' } })).statusCode,
    ]).toEqual([url, 404])
})
