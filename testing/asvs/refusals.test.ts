/** Whoever tries what is not for their roles stands in the audit log before they hear no. */
import { expect, test } from 'vitest'
import { type DemoRole, wholeHospital } from '#testing/whole-hospital'

const hospital = wholeHospital()

interface ActLine {
  readonly action: string
  readonly outcome: string
  readonly rule?: string | null
}

test.each<[role: DemoRole, method: string, url: string, rule: string]>([
  ['doctor', 'GET', '/access/policy', 'ACCESS-20'],
  ['nurse', 'GET', '/access/policy/document', 'ACCESS-20'],
  ['privacy', 'POST', '/access/policy/adopt', 'ACCESS-20'],
  ['doctor', 'POST', '/access/simulate', 'ACCESS-20'],
  ['doctor', 'POST', '/access/grants', 'ACCESS-20'],
  ['doctor', 'POST', '/access/grants/list', 'ACCESS-20'],
  ['doctor', 'POST', '/access/break-glass/list', 'ACCESS-20'],
  ['doctor', 'POST', '/access/break-glass/review', 'ACCESS-20'],
  ['doctor', 'GET', '/insurance/rules', 'ACCESS-24'],
  ['doctor', 'GET', '/administration/accounts', 'SIGN-IN-5'],
  ['doctor', 'GET', '/oauth/clients', 'OAUTH-16'],
])('%s at %s %s is written down', { timeout: 20_000 }, async (role, method, url, rule) => {
  const refusals = async (): Promise<number> => {
    const { body } = await hospital.ask('auditor', 'POST', '/audit/search', { count: 100 })
    const acts = (body['acts'] ?? []) as readonly ActLine[]
    return acts.filter((act) => act.rule === rule && act.outcome === 'refused').length
  }
  const before = await refusals()
  expect((await hospital.ask(role, method, url, method === 'GET' ? undefined : {})).status).toBe(403)
  // The log shows an act when it has its number, a moment later.
  await expect.poll(refusals, { timeout: 10_000, interval: 100 }).toBe(before + 1)
})
