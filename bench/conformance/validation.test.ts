import { describe, expect, test } from 'vitest'
import {
  agreement,
  CASES,
  EXAMPLES,
  examples,
  isPresent,
  judgeCases,
  SYNTHEA,
  syntheticPatients,
} from './validation-suites.ts'

const skipped = (folder: string) => (isPresent(folder) ? '' : ` (skipped: ${folder} is not here)`)

describe('base validation holds its marks', () => {
  test.skipIf(!isPresent(EXAMPLES))(`at least 99 % of the published examples are accepted${skipped(EXAMPLES)}`, () => {
    const { total, rejected } = examples()
    const allowed = Math.floor(total / 100)
    expect(rejected.slice(allowed)).toEqual([])
  })

  test.skipIf(!isPresent(CASES))(
    `agreement with the reference validator: 65 % alone, 75 % with the definitions at hand${skipped(CASES)}`,
    () => {
      const alone = agreement(judgeCases(false))
      const supported = agreement(judgeCases(true))
      expect(alone.of).toBeGreaterThan(250)
      expect(alone.agreed / alone.of).toBeGreaterThanOrEqual(0.65)
      expect(supported.agreed / supported.of).toBeGreaterThanOrEqual(0.75)
    },
  )

  test.skipIf(!isPresent(CASES))(`hardly anything valid is refused${skipped(CASES)}`, () => {
    const alarms = judgeCases(true).filter(({ accepted, valid }) => valid && accepted === false)
    expect(alarms.slice(4)).toEqual([])
  })

  test.skipIf(!isPresent(SYNTHEA))(`synthetic patients are accepted${skipped(SYNTHEA)}`, () => {
    expect(syntheticPatients(20).rejected).toEqual([])
  })
})
