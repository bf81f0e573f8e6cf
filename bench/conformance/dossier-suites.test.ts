import { describe, expect, test } from 'vitest'
import { accepted, caught, counted, DOSSIERS, hasDossiers, returned, tolerated } from './dossier-suites.ts'

describe.skipIf(!hasDossiers)(`insurance dossiers${hasDossiers ? '' : ` (skipped: ${DOSSIERS} is not here)`}`, () => {
  test.each([
    ['valid ones are accepted', accepted],
    ['lenient ones are read', tolerated],
    ['every row and total is read', counted],
    ['broken ones are caught at their place', caught],
    ['every field comes back', returned],
  ])('%s, all of them', (_what, judge) => {
    const { total, missed } = judge()
    expect(total).toBeGreaterThan(10)
    expect(missed).toEqual([])
  })
})
