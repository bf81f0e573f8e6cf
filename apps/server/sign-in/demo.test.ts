import { describe, expect, test } from 'vitest'
import { presentOf, ROLES } from '#foundation/sign-in'
import { signInServer } from '#testing/sign-in'

const demo = signInServer({ demo: true })
const hospital = signInServer()

describe('in the demo hospital', () => {
  test('one click is one role, with its places and two factors', async () => {
    const browser = demo.browser()
    expect(await demo.readerOf(browser)).toBeNull()
    const { body } = await browser.get('/sign-in/demo')
    const roles = (body['roles'] as { role: string }[]).map(({ role }) => role)
    expect(roles.toSorted()).toEqual([...ROLES].toSorted())
    for (const role of roles) {
      const answer = await browser.post('/sign-in/demo', { role })
      expect(answer.body).toMatchObject({ state: 'open', session: { demo: true } })
      expect((await demo.readerOf(browser))?.roles).toContain(role)
    }
    await browser.post('/sign-in/demo', { role: 'doctor' })
    expect(await demo.readerOf(browser)).toMatchObject({
      agent: 'Practitioner/nv-0063',
      departments: ['Organization/khoa-medicine'],
      patients: null,
    })
    await browser.post('/sign-in/demo', { role: 'patient' })
    expect(await demo.readerOf(browser)).toMatchObject({ purpose: 'PATRQT', patients: ['Patient/nb-000010'] })
    await browser.post('/sign-in/demo', { role: 'guest' })
    expect(await demo.readerOf(browser)).toMatchObject({ roles: ['guest'], patients: [] })
    await browser.post('/sign-in/demo', { role: 'representative' })
    expect(await demo.readerOf(browser)).toMatchObject({ departments: [], patients: ['Patient/nb-000009'] })
  })

  test('from elsewhere there are no clicks', async () => {
    const far = demo.browser({ network: '192.0.2.4' })
    expect((await far.get('/sign-in/demo')).status).toBe(404)
    expect((await far.post('/sign-in/demo', { role: 'doctor' })).status).toBe(404)
  })

  test('a demo session is nobody once the demo is over', async () => {
    const browser = demo.browser()
    await browser.post('/sign-in/demo', { role: 'doctor' })
    const token = browser.cookies.get('lanh-session') ?? ''
    expect(await presentOf(demo.signIn, token, '127.0.0.1', true)).not.toBeNull()
    expect(await presentOf({ ...demo.signIn, demo: false }, token, '127.0.0.1', true)).toBeNull()
  })
})

test('in a real hospital there is no such thing', async () => {
  const browser = hospital.browser()
  expect((await browser.get('/sign-in/demo')).status).toBe(404)
  expect(await browser.post('/sign-in/demo', { role: 'administrator' })).toMatchObject({
    status: 404,
    body: { rule: 'SIGN-IN-22' },
  })
  expect(browser.cookies.has('lanh-session')).toBe(false)
  expect(await hospital.signIn.query('select from account', [])).toEqual([])
})
