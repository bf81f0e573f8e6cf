import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{fhir,foundation,hospital,obligations,rollout,apps,testing,bench}/**/*.test.{ts,tsx}'],
    globalSetup: ['testing/postgres/global-setup.ts'],
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
