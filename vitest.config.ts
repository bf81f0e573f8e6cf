import { defineConfig } from 'vitest/config'

const TESTS = '{fhir,foundation,hospital,obligations,rollout,apps,testing,bench}/**/*.test.{ts,tsx}'
const JOURNEYS = '{apps,hospital,testing}/**/*.journey.test.{ts,tsx}'
/** Cheap and full of dates: run once more on either side of Greenwich. */
const RULES = 'hospital/**/*.test.ts'

const patience = { testTimeout: 30_000, hookTimeout: 120_000 }

const inZone = (zone: string) => ({
  test: { name: zone, include: [RULES], env: { TZ: zone }, ...patience },
})

export default defineConfig({
  test: {
    globalSetup: ['testing/postgres/global-setup.ts', 'testing/browser/global-setup.ts'],
    projects: [
      { test: { name: 'parts', include: [TESTS], exclude: [JOURNEYS], env: { TZ: 'Asia/Ho_Chi_Minh' }, ...patience } },
      inZone('UTC'),
      inZone('America/Los_Angeles'),
      // One browser at a time: two cores run it, the server, PostgreSQL and the test. A busy machine is waited for.
      {
        test: {
          name: 'journeys',
          include: [JOURNEYS],
          fileParallelism: false,
          expect: { poll: { timeout: 10_000 } },
          ...patience,
        },
      },
    ],
  },
})
