import { expect, test } from 'vitest'
import { type JsonDocument, parseJsonText, prettyPrinted, subsetOf } from './index.ts'

const read = (text: string): JsonDocument => {
  const outcome = parseJsonText(text)
  if (!outcome.ok) throw new Error(outcome.refusals[0]!.message.en)
  return outcome.value
}

test('a subset keeps the named members and says that it is one', () => {
  const text =
    '{"resourceType":"Patient","id":"1","meta":{"versionId":"2","tag":[{"code":"a"}]},"active":true,"_birthDate":{"id":"x"},"name":[]}'
  expect(JSON.parse(subsetOf(read(text), (name) => name === 'birthDate'))).toEqual({
    resourceType: 'Patient',
    id: '1',
    meta: {
      versionId: '2',
      tag: [{ code: 'a' }, { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' }],
    },
    _birthDate: { id: 'x' },
  })
})

test('pretty-printing keeps the spelling of numbers', () => {
  expect(prettyPrinted(read('{"a":[1.50,{"b":{}}],"c":[]}'))).toBe(
    '{\n  "a": [\n    1.50,\n    {\n      "b": {}\n    }\n  ],\n  "c": []\n}',
  )
})
