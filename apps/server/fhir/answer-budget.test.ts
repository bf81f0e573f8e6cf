import { expect, test } from 'vitest'
import { answerBudget } from './answer-budget.ts'

const answer = (length: number) => ({ status: 200, body: 'x'.repeat(length) })

test('what fits is answered, what does not is refused, and so is everything after it', () => {
  const budget = answerBudget(10)
  expect(budget.ofRead(answer(6))).toEqual(answer(6))
  expect(budget.isSpent()).toBe(false)
  expect(budget.ofRead({ status: 200, body: ['xxx', 'xx'] })).toMatchObject({
    status: 413,
    refusals: [{ rule: 'FHIR-HTTP-29', code: 'too-costly' }],
  })
  expect(budget.isSpent()).toBe(true)
  expect(budget.ofRead(answer(1)).status).toBe(413)
})

test('a write is answered in any case, only without its resource', () => {
  const budget = answerBudget(3)
  expect(budget.ofWrite({ ...answer(4), created: true })).toEqual({ status: 200, created: true })
})

test('answers without a body need no room', () => {
  const budget = answerBudget(0)
  expect(budget.ofRead({ status: 304 })).toEqual({ status: 304 })
  expect(budget.isSpent()).toBe(false)
})
