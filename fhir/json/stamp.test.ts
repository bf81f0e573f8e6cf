import { describe, expect, test } from 'vitest'
import {
  linksOf,
  memberOf,
  parseJsonText,
  retarget,
  ROOT,
  splice,
  stamped,
  type JsonDocument,
  type Stamped,
} from './index.ts'

const at = '2026-03-01T02:03:04.005Z'

const read = (text: string): JsonDocument => {
  const outcome = parseJsonText(text)
  if (!outcome.ok) throw new Error(outcome.refusals[0]!.message.en)
  return outcome.value
}

const prepared = (text: string, id = 'n1'): Stamped => {
  const outcome = stamped(read(text), ROOT, id)
  if (!outcome.ok) throw new Error(outcome.refusals[0]!.message.en)
  return outcome.value
}

describe('stamp', () => {
  const cases: readonly [what: string, sent: string, stored: string][] = [
    [
      'without id and meta: right after resourceType',
      '{"resourceType":"Basic","n":1.50}',
      `{"resourceType":"Basic","id":"n1","meta":{"versionId":"7","lastUpdated":"${at}"},"n":1.50}`,
    ],
    [
      'id and both stamps are replaced where they stand',
      '{"meta":{"lastUpdated":"x","profile":["p"],"versionId":"1"},"id":"old","resourceType":"Basic"}',
      `{"meta":{"lastUpdated":"${at}","profile":["p"],"versionId":"7"},"id":"n1","resourceType":"Basic"}`,
    ],
    [
      'the rest of meta is untouched',
      '{"resourceType":"Basic","meta":{ "tag": [ {"code":"a"} ] }}',
      `{"resourceType":"Basic","id":"n1","meta":{ "versionId":"7", "lastUpdated":"${at}", "tag": [ {"code":"a"} ] }}`,
    ],
    [
      'an empty meta',
      '{"resourceType":"Basic","meta":{ }}',
      `{"resourceType":"Basic","id":"n1","meta":{"versionId":"7","lastUpdated":"${at}"}}`,
    ],
    [
      'pretty-printed text stays so',
      '{\n  "resourceType": "Basic",\n  "language": "vi"\n}',
      `{\n  "resourceType": "Basic",\n  "id": "n1",\n  "meta": {"versionId": "7","lastUpdated": "${at}"},\n  "language": "vi"\n}`,
    ],
  ]
  test.each(cases)('%s', (_, sent, stored) => {
    expect(prepared(sent).stamp(7, at)).toBe(stored)
    expect(() => JSON.parse(stored) as unknown).not.toThrow()
  })

  test('FHIR-JSON-10 and FHIR-JSON-11 refuse what cannot be stamped', () => {
    const rule = (text: string): string | undefined => {
      const outcome = stamped(read(text), ROOT, 'n1')
      return outcome.ok ? undefined : outcome.refusals[0]!.rule
    }
    expect(rule('[]')).toBe('FHIR-JSON-10')
    expect(rule('{"id":"1"}')).toBe('FHIR-JSON-10')
    expect(rule('{"resourceType":5}')).toBe('FHIR-JSON-10')
    expect(rule('{"resourceType":"Basic","id":{}}')).toBe('FHIR-JSON-11')
    expect(rule('{"resourceType":"Basic","meta":null}')).toBe('FHIR-JSON-11')
  })

  test('a resource inside a Bundle is cut out with its own white space', () => {
    const document = read('{"entry":[ {"resource": {"resourceType":"Basic", "id":"a"} } ]}')
    const entry = memberOf(document, ROOT, 'entry') + 4
    const outcome = stamped(document, memberOf(document, entry, 'resource'), 'b')
    expect(outcome.ok && outcome.value.stamp(1, at)).toBe(
      `{"resourceType":"Basic", "id":"b","meta":{"versionId":"1","lastUpdated":"${at}"}}`,
    )
  })
})

describe('equal content', () => {
  const sent = '{"resourceType":"Basic","meta":{"tag":[{"code":"a"}]},"n":1.0}'
  const stored = prepared(sent).stamp(3, at)

  test.each([
    ['the same text again', sent, true],
    ['what was read, sent back', stored, true],
    [
      'printed with white space',
      JSON.stringify(JSON.parse(stored.replace('1.0', '"1.0"')), null, 2).replace('"1.0"', '1.0'),
      true,
    ],
    ['another precision', sent.replace('1.0', '1.00'), false],
    ['another tag', sent.replace('"a"', '"b"'), false],
    ['one more member', sent.replace('"n"', '"language":"vi","n"'), false],
    ['a member less', '{"resourceType":"Basic","meta":{"tag":[{"code":"a"}]}}', false],
    ['without meta', '{"resourceType":"Basic","n":1.0}', false],
  ])('%s', (_, again, same) => expect(prepared(again).sameAs(stored)).toBe(same))

  test('a meta that held nothing else does not count', () => {
    const plain = '{"resourceType":"Basic","n":1.0}'
    expect(prepared('{"resourceType":"Basic", "meta":{}, "n":1.0}').sameAs(prepared(plain).stamp(1, at))).toBe(true)
  })
})

describe('links', () => {
  const text = JSON.stringify({
    resourceType: 'Observation',
    text: { div: '<div><a href="urn:uuid:1">x</a> and <b>urn:uuid:1</b></div>' },
    identifier: [{ system: 'urn:ietf:rfc:3986', value: 'urn:uuid:1' }],
    instantiatesCanonical: ['urn:uuid:1'],
    valueString: 'urn:uuid:1',
    subject: { reference: 'urn:uuid:1' },
    performer: [{ reference: 'Practitioner?identifier=a|1' }],
  })

  test('references, uris and narrative links are found; strings that merely look alike are not', () => {
    expect(linksOf(read(text), ROOT).map((link) => [link.kind, link.target])).toEqual([
      ['narrative', 'urn:uuid:1'],
      ['uri', 'urn:uuid:1'],
      ['reference', 'urn:uuid:1'],
      ['reference', 'Practitioner?identifier=a|1'],
    ])
  })

  test('rewriting changes those places only', () => {
    const document = read(text)
    const edits = linksOf(document, ROOT).map((link) => retarget(link, 'Patient/p'))
    const rewritten = JSON.parse(splice(text, 0, text.length, edits)) as Record<string, unknown>
    expect(rewritten).toMatchObject({
      text: { div: '<div><a href="Patient/p">x</a> and <b>urn:uuid:1</b></div>' },
      identifier: [{ value: 'urn:uuid:1' }],
      instantiatesCanonical: ['Patient/p'],
      valueString: 'urn:uuid:1',
      subject: { reference: 'Patient/p' },
      performer: [{ reference: 'Patient/p' }],
    })
  })
})
