/** API3:2023 Broken Object Property Level Authorization: nothing is written by naming it, nothing is shown by accident. */
import { expect, test } from 'vitest'
import { wholeHospital } from '#testing/whole-hospital'

const hospital = wholeHospital()
const fhir = { 'content-type': 'application/fhir+json' }

test('what the server says about a record cannot be said by who writes it', async () => {
  const meta = { versionId: '99', lastUpdated: '1999-01-01T00:00:00Z' }
  const made = await hospital.ask(
    'reception',
    'POST',
    '/fhir/R4/Patient',
    { resourceType: 'Patient', id: 'mine', meta },
    fhir,
  )
  expect(made.status).toBe(201)
  expect(made.body['id']).not.toBe('mine')
  expect(made.body['meta']).toMatchObject({ versionId: '1' })
  expect(JSON.stringify(made.body['meta'])).not.toContain('1999')
  expect((await hospital.store.read('Patient', String(made.body['id'])))?.author).toBe('Practitioner/demo-reception')
})

test('members that a resource does not have are refused, not kept', async () => {
  const body = { resourceType: 'Patient', roles: ['administrator'], _author: 'Practitioner/x' }
  const { status, text } = await hospital.ask('reception', 'POST', '/fhir/R4/Patient', body, fhir)
  expect([400, 422]).toContain(status)
  expect(text).toContain('Patient.roles')
})

test('an account is made of what the form has; the rest of what is sent changes nothing', async () => {
  const sent = {
    name: 'le.van.thu',
    display: 'Lê Văn Thử',
    agent: 'Practitioner/thu',
    roles: [{ role: 'nurse', department: null }],
    state: 'active',
    factors: 2,
    demo: true,
    facility: 2,
    password: 'tôi tự chọn mật khẩu',
    opened: '1999-01-01T00:00:00Z',
  }
  const { status, body } = await hospital.ask('administrator', 'POST', '/administration/accounts', sent)
  expect(status).toBe(201)
  expect(body['account']).toMatchObject({ state: 'new', password: false, passkeys: 0, sessions: 0 })
  expect(body['password']).toBeUndefined()
})

test('lists of accounts and of one’s own have no hash, no secret and no token', async () => {
  const asked = [
    '/administration/accounts',
    '/sign-in/account',
    '/sign-in/session',
    '/sign-in/device',
    '/oauth/clients',
  ]
  for (const url of asked) {
    const { status, text } = await hospital.ask('administrator', 'GET', url)
    expect([url, status]).toEqual([url, 200])
    expect(text).not.toMatch(/argon2|hash|secret"|token|[\w-]{43}/i)
  }
})

test('people see of an app what it may do, and only administrators who it is', async () => {
  expect((await hospital.ask('nurse', 'GET', '/oauth/clients')).status).toBe(403)
  expect((await hospital.ask('nurse', 'GET', '/administration/accounts')).status).toBe(403)
})
