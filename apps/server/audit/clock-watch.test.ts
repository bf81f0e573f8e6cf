import { expect, test } from 'vitest'
import { clockLook } from './clock-watch.ts'

test('AUDIT-36 a clock that is set is noticed once, in either direction; one that drifts is not', () => {
  let wall = 1_000_000
  let steady = 500
  const look = clockLook({ wall: () => wall, steady: () => steady })
  const pass = (ms: number, set = 0) => {
    wall += ms + set
    steady += ms
    return look()
  }
  expect(pass(5_000)).toBeNull()
  expect(pass(5_000, 3)).toBeNull()
  expect(pass(5_000, -3_600_000)).toEqual({ byMs: -3_600_000 })
  expect(pass(5_000)).toBeNull()
  expect(pass(5_000, 60_000)).toEqual({ byMs: 60_000 })
})
