import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EntryCutter } from './entry-cutter.ts'

/** Cuts the text when it comes in pieces of that size. */
function cut(text: string, size = text.length): { entries: string[]; rest: string } {
  const bytes = Buffer.from(text)
  const cutter = new EntryCutter()
  const entries: string[] = []
  for (let at = 0; at < bytes.length; at += size) {
    // A copy, as a stream may use its chunk again.
    entries.push(...cutter.push(Buffer.from(bytes.subarray(at, at + size))).map(String))
  }
  return { entries, rest: String(cutter.rest()) }
}

test('entries are handed out as they are written, and a 0 stands for each', () => {
  const { entries, rest } = cut('{"type":"collection", "entry" : [ {"a":[1,{}]} , {"b":"}]\\"{"} ], "total":2}')
  expect(entries).toEqual(['{"a":[1,{}]}', '{"b":"}]\\"{"}'])
  expect(rest).toBe('{"type":"collection", "entry" : [ 0 , 0 ], "total":2}')
})

test('an array that is called entry elsewhere is no entry', () => {
  const text = '{"resourceType":"List","x":{"entry":[{"a":1}]},"note":"entry"}'
  expect(cut(text)).toEqual({ entries: [], rest: text })
})

test('what is no object stays in the rest, where strict parsing sees it', () => {
  expect(cut('{"entry":[null,{"a":1},"x"]}')).toEqual({ entries: ['{"a":1}'], rest: '{"entry":[null,0,"x"]}' })
})

test('a file that is cut off keeps its unfinished entry in the rest', () => {
  expect(cut('{"entry":[{"a":1},{"b":')).toEqual({ entries: ['{"a":1}'], rest: '{"entry":[0,{"b":' })
})

test('how the file is cut into chunks makes no difference, and nothing is lost', () => {
  const bundle = fc.record({
    type: fc.string(),
    entry: fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
    x: fc.jsonValue(),
  })
  fc.assert(
    fc.property(bundle, fc.integer({ min: 1, max: 9 }), (value, size) => {
      const { entries, rest } = cut(JSON.stringify(value), size)
      expect(entries.map((entry) => JSON.parse(entry))).toEqual(JSON.parse(JSON.stringify(value.entry)))
      expect(JSON.parse(rest)).toEqual(JSON.parse(JSON.stringify({ ...value, entry: value.entry.map(() => 0) })))
    }),
  )
})
