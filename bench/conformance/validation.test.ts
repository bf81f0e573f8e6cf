import { describe, expect, test } from 'vitest'
import {
  agreement,
  CASES,
  EXAMPLES,
  examples,
  isPresent,
  judgeCases,
  judgeProfiles,
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
    `agreement with the reference validator: 65 % alone, 80 % with the definitions at hand${skipped(CASES)}`,
    () => {
      const alone = agreement(judgeCases(false))
      const supported = agreement(judgeCases(true))
      expect(alone.of).toBeGreaterThan(250)
      expect(alone.agreed / alone.of).toBeGreaterThanOrEqual(0.65)
      expect(supported.agreed / supported.of).toBeGreaterThanOrEqual(0.8)
    },
  )

  test.skipIf(!isPresent(CASES))(`by a named profile 80 % agree, and nothing valid is refused${skipped(CASES)}`, () => {
    const judged = judgeProfiles()
    const { agreed, of } = agreement(judged)
    expect(of).toBeGreaterThan(20)
    expect(agreed / of).toBeGreaterThanOrEqual(0.8)
    expect(judged.filter(({ accepted, valid }) => valid && accepted === false)).toEqual([])
  })

  test.skipIf(!isPresent(CASES))(`hardly anything valid is refused${skipped(CASES)}`, () => {
    const alarms = judgeCases(true).filter(({ accepted, valid }) => valid && accepted === false)
    expect(alarms.slice(4)).toEqual([])
  })

  test.skipIf(!isPresent(SYNTHEA))(`synthetic patients are accepted${skipped(SYNTHEA)}`, () => {
    expect(syntheticPatients(20).rejected).toEqual([])
  })
})
