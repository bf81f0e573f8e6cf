import { expect, test } from 'vitest'
import { commitmentOf, leafOf } from './leaf.ts'
import { leafHash } from './merkle/index.ts'

const act = { facility: 1, seq: '42', tx: '977', statement: '{"agent":"Á 🫀"}', commitment: null }
const salt = Buffer.alloc(16, 7)

test('a leaf is the RFC 9162 leaf of place, statement and commitment', () => {
  const commitment = commitmentOf(salt, '{"network":"10.1.2.3"}')
  const data = Buffer.from(`1 42 977\n${act.statement}\n${commitment.toString('hex')}`)
  expect(leafOf({ ...act, detail: '{"network":"10.1.2.3"}', salt })).toEqual(leafHash(data))
  expect(leafOf({ ...act, detail: null, salt: null, commitment })).toEqual(leafHash(data))
  expect(leafOf({ ...act, detail: null, salt: null })).toBeNull()
})
