import { expect, test } from 'vitest'
import { openStore } from '#foundation/record-store'
import type { Bundle } from '#fhir/r4'
import { DEFAULT_TODAY, demoHospital } from '#testing/demo-hospital'
import { databaseForTest } from '#testing/postgres'
import { fillDemoDossiers, insuredPersonIn } from './fill-demo-dossiers.ts'
import { doubtfulJoins } from './insurance/doubtful-joins.ts'
import { dossierPage } from './insurance/dossier-lines.ts'

const EVERYTHING = { state: '', month: '', department: '', q: '' }

test('the desk of the demo hospital is alive: its own people, several states, receipts and doubts; once', async () => {
  const store = await openStore((await databaseForTest()).connection)
  const bundles = [...demoHospital({ patients: 150, longRecords: false })] as Bundle[]
  const people = bundles.flatMap((bundle) => insuredPersonIn(bundle) ?? [])
  expect(await fillDemoDossiers(store, people, DEFAULT_TODAY)).toBeGreaterThan(1000)
  const page = await dossierPage(store, EVERYTHING, null, new Set())
  const states = page.ok ? page.value.states : null
  expect(states).toMatchObject({ queued: 0, sent: 0, resent: 0 })
  for (const state of ['draft', 'elsewhere', 'ready', 'accepted', 'refused'] as const)
    expect([state, states![state] > 0]).toEqual([state, true])
  expect((await dossierPage(store, { ...EVERYTHING, state: 'accepted' }, null, new Set())) as unknown).toMatchObject({
    value: {
      dossiers: expect.arrayContaining([expect.objectContaining({ receipt: expect.stringMatching(/^MP\d{6}$/) })]),
    },
  })
  expect((await doubtfulJoins(store)).length).toBeGreaterThan(0)
  expect(await fillDemoDossiers(store, people, DEFAULT_TODAY)).toBe(0)
  await store.close()
})
