import type { Condition } from '#fhir/r4'
import { expect, test } from 'vitest'
import { problemList } from './problem-list.ts'

const condition = (
  code: string,
  onsetDateTime: string,
  status: string,
  category = 'encounter-diagnosis',
): Condition => ({
  resourceType: 'Condition',
  subject: {},
  code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code }], text: `Bệnh ${code}` },
  clinicalStatus: { coding: [{ code: status }] },
  category: [{ coding: [{ code: category }] }],
  onsetDateTime,
})

test('one diagnosis written at many visits is one line', () => {
  const [problem, ...others] = problemList([
    condition('I10', '2024-03-01', 'active'),
    condition('I10', '2020-01-01', 'active'),
  ])
  expect(others).toEqual([])
  expect(problem).toMatchObject({ code: 'I10', times: 2, since: '2020-01-01', last: '2024-03-01', active: true })
})

test('followed problems lead, what is over comes last', () => {
  const list = problemList([
    condition('J00', '2024-05-01', 'resolved'),
    condition('K29', '2024-04-01', 'active'),
    condition('E11', '2019-01-01', 'active', 'problem-list-item'),
  ])
  expect(list.map((problem) => problem.code)).toEqual(['E11', 'K29', 'J00'])
})

test('a refuted diagnosis is no problem', () => {
  const refuted = { ...condition('C34', '2024-01-01', 'active'), verificationStatus: { coding: [{ code: 'refuted' }] } }
  expect(problemList([refuted])).toEqual([])
})
