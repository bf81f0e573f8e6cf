import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hash64, hashUnder, lanesOf, selfHash } from './hash.ts'

const bitsOf = (value: bigint) => BigInt.asUintN(64, value).toString(2).replaceAll('0', '').length

describe('hash64', () => {
  test('keeps its values: the index of every hospital depends on them', () => {
    expect(['', 'a', 'ab', 'Patient/1', 'http://loinc.org|8867-4', 'Nguyễn Văn Á', '🫀'].map(hash64))
      .toMatchInlineSnapshot(`
      [
        -8733793304541096335n,
        3544892315400174970n,
        -6758855082287780232n,
        5604620290148606848n,
        -4291431678895280659n,
        9205910396023324289n,
        -276346324062276481n,
      ]
    `)
  })

  test('is signed 64-bit and is XORed with a constant without loss', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        (text, constant) => {
          expect(BigInt.asIntN(64, hash64(text))).toBe(hash64(text))
          expect(hashUnder(lanesOf(constant), text)).toBe(hash64(text) ^ constant)
        },
      ),
    )
  })

  test('a reference is the hash of its text', () => {
    expect(selfHash('Patient', '1')).toBe(hash64('Patient/1'))
  })

  test('one million near-alike strings do not collide', () => {
    const seen = new Set<bigint>()
    for (let i = 0; i < 500_000; i++) {
      seen.add(hash64(`Observation/${i}`))
      seen.add(hash64(`http://loinc.org|${(i * 7919).toString(36)}`))
    }
    expect(seen.size).toBe(1_000_000)
  })

  test('one changed bit changes about half of the bits, wherever it stands', () => {
    for (const length of [1, 2, 7, 40]) {
      let changed = 0
      let tries = 0
      for (let i = 0; i < length; i++)
        for (let bit = 0; bit < 7; bit++)
          for (let round = 0; round < 20; round++) {
            const units = Array.from({ length }, (_, at) => 97 + ((at * 31 + round * 17) % 26))
            const before = hash64(String.fromCharCode(...units))
            units[i]! ^= 1 << bit
            changed += bitsOf(before ^ hash64(String.fromCharCode(...units)))
            tries++
          }
      expect(changed / tries).toBeGreaterThan(30)
      expect(changed / tries).toBeLessThan(34)
    }
  })
})
