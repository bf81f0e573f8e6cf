/** What lies beside the screens on the disk is served by nobody. */
import { expect, test } from 'vitest'
import { wholeHospital } from '#testing/whole-hospital'

const hospital = wholeHospital()

test.each([
  '/assets/',
  '/assets',
  '/.git/config',
  '/.env',
  '/.well-known/',
  '/package.json',
  '/../package.json',
  '/%2e%2e/package.json',
  '/assets/..%2f..%2fkeys.json',
  '/assets/%5c..%5ckeys.json',
  '/keys.json',
  '/keys/sign-in.key',
  '/assets/a.js.map',
])('%s is nothing', async (url) => {
  const { status, text } = await hospital.ask(null, 'GET', url)
  expect([url, status >= 400]).toEqual([url, true])
  expect(text).not.toMatch(/a\.js|BEGIN|"keys"/)
})
