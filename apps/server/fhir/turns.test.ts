import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { turns } from './turns.ts'

test('no more than the given weight is under way, in the order of arrival; small work never waits', async () => {
  const inTurn = turns(10, 2)
  const order: string[] = []
  let underWay = 0
  let most = 0
  const work = (name: string, weight: number) =>
    inTurn(weight, async () => {
      order.push(name)
      underWay += weight
      most = Math.max(most, underWay)
      await wait(5)
      underWay -= weight
    })
  await Promise.all([work('a', 6), work('b', 6), work('c', 25), work('small', 1), work('d', 4), work('e', 4)])
  expect(order).toEqual(['small', 'a', 'b', 'c', 'd', 'e'])
  expect(most).toBe(25)
})

test('work that fails gives its turn to the next', async () => {
  const inTurn = turns(1, 0)
  const failing = inTurn(1, () => Promise.reject(new Error('no')))
  const next = inTurn(1, () => Promise.resolve('done'))
  await expect(failing).rejects.toThrow('no')
  expect(await next).toBe('done')
})
