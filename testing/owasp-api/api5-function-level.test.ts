/** API5:2023 Broken Function Level Authorization: every route of the server for nobody and for every role. */
import { describe, expect, test } from 'vitest'
import { DEMO_ROLES, type DemoRole, type Reply, wholeHospital } from '#testing/whole-hospital'
import { ROUTE_TABLE, rolesOf, rowOf } from './route-table.ts'

const hospital = wholeHospital()

/** Rules by which a door refuses whoever does not belong behind it. */
const CLOSED = new Set([
  'ACCESS-0',
  'ACCESS-2',
  'ACCESS-4',
  'ACCESS-20',
  'ACCESS-24',
  'OAUTH-1',
  'OAUTH-16',
  'SIGN-IN-3',
  'SIGN-IN-5',
])

const ruleIn = ({ body }: Reply): string => String(body['rule'] ?? '')
const isRefused = (reply: Reply): boolean => CLOSED.has(ruleIn(reply))

/** The route with something in the place of its parameters. */
const addressOf = (route: string): readonly [method: string, url: string] => {
  const [method = '', pattern = ''] = route.split(' ')
  return [
    method,
    pattern
      .replaceAll(/:\w+/g, 'x')
      .replace(/^\/fhir\/R4\/\*$/, '/fhir/R4/Patient/x')
      .replace('*', 'x'),
  ]
}

async function tryRoute(route: string, role: DemoRole | null): Promise<Reply> {
  const [method, url] = addressOf(route)
  const body = method === 'GET' || method === 'DELETE' ? undefined : (rowOf(route)?.body ?? {})
  return hospital.ask(
    role,
    method,
    url,
    body,
    url.startsWith('/fhir') && body ? { 'content-type': 'application/fhir+json' } : {},
  )
}

test('every route stands in the table, and every row of the table has a route', () => {
  expect(hospital.routes.filter((route) => rowOf(route) === undefined)).toEqual([])
  const used = new Set(hospital.routes.map(rowOf))
  expect(ROUTE_TABLE.filter((row) => !used.has(row))).toEqual([])
  expect(hospital.routes.length).toBeGreaterThan(90)
})

test('without a session nothing opens but what is for everybody', async () => {
  const wrong: string[] = []
  for (const route of hospital.routes) {
    const reply = await tryRoute(route, null)
    const isOpen = rowOf(route)?.who === 'everybody'
    if (isOpen ? CLOSED.has(ruleIn(reply)) : reply.status !== 401)
      wrong.push(`${route}: ${reply.status} ${ruleIn(reply)}`)
  }
  expect(wrong).toEqual([])
})

describe('each role', () => {
  test.each(DEMO_ROLES)('%s comes in where the table says, and nowhere else', { timeout: 120_000 }, async (role) => {
    const wrong: string[] = []
    for (const route of hospital.routes) {
      const row = rowOf(route)
      if (row === undefined || row.who === 'everybody' || route.includes('/fhir/R4')) continue
      const reply = await tryRoute(route, role)
      if (isRefused(reply) === rolesOf(row.who).includes(role)) wrong.push(`${route}: ${reply.status} ${ruleIn(reply)}`)
      if (reply.status >= 500) wrong.push(`${route}: ${reply.status}`)
    }
    expect(wrong).toEqual([])
  })
})

test('another spelling of an address is the same address or none', async () => {
  const spellings = [
    '/%69nsurance/rules',
    '/insurance/%72ules',
    '/./insurance/rules',
    '/x/../insurance/rules',
    '//insurance/rules',
    '/insurance/rules/',
    '/INSURANCE/rules',
    '/insurance/rules;x',
    '/insurance/rules%00',
    '/%61dministration/accounts',
    '/%61ccess/policy',
    '/%61udit/status',
    '/%66hir/R4/Patient',
    '/fhir/R4/%50atient',
    '/fhir/R4/Patient/../Patient',
    '/fhir/R4/metadata/../Patient',
    '/fhir/R4//Patient',
  ]
  const open: string[] = []
  for (const url of spellings) {
    const { status } = await hospital.ask(null, 'GET', url)
    if (status < 400) open.push(`${url}: ${status}`)
  }
  expect(open).toEqual([])
})

test('a method that a route does not have does nothing', async () => {
  for (const method of ['TRACE', 'PROPFIND', 'LOCK', 'PUT', 'DELETE', 'PATCH']) {
    for (const url of ['/administration/accounts', '/audit/search', '/access/policy', '/sign-in/session']) {
      const { status } = await hospital.ask(null, method, url)
      expect([method, url, status >= 400 && status < 500]).toEqual([method, url, true])
    }
  }
})
