import { expect, test } from 'vitest'
import { insideOf, isRange } from './networks.ts'
import { isWithin } from './windows.ts'

const inside = insideOf(['10.0.0.0/8', '172.16.0.0/12', 'fd00::/8', '::1/128'])

test.each([
  ['10.255.0.1', true],
  ['11.0.0.1', false],
  ['172.31.255.255', true],
  ['172.32.0.0', false],
  ['::ffff:10.0.0.1', true],
  ['::ffff:8.8.8.8', false],
  ['fd12::1', true],
  ['fd12::1%eth0', true],
  ['fe00::1', false],
  ['::1', true],
  ['', false],
  ['10.0.0.1.example', false],
  ['010.0.0.1', false],
])('%s inside: %s', (address, expected) => expect(inside(address)).toBe(expected))

test.each([
  ['10.0.0.0/8', true],
  ['::/0', true],
  ['10.0.0.0', false],
  ['10.0.0.0/33', false],
  ['fd00::/129', false],
  ['ward/8', false],
])('%s is a range: %s', (range, expected) => expect(isRange(range)).toBe(expected))

const office = { weekdays: [1, 2, 3, 4, 5, 6], from: '06:00', to: '20:00' }

test.each([
  ['2026-03-09T06:00:00+07:00', true],
  ['2026-03-09T05:59:59+07:00', false],
  ['2026-03-14T19:59:59+07:00', true],
  ['2026-03-14T20:00:00+07:00', false],
  ['2026-03-15T12:00:00+07:00', false],
  ['2024-02-29T12:00:00+07:00', true],
  ['yesterday', false],
])('%s is within office hours: %s', (at, expected) => expect(isWithin(office, at)).toBe(expected))

test('a whole day ends at 24:00', () => {
  expect(isWithin({ weekdays: [7], from: '00:00', to: '24:00' }, '2026-03-15T23:59:59+07:00')).toBe(true)
})
