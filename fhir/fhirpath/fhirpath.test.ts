import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compilePath, compileTest } from './index.ts'

const values = (expression: string, type: string, focus: unknown, env = { resource: focus }) => {
  const path = compilePath(expression, type)
  if (typeof path !== 'function') throw new Error(path.unsupported)
  return path(focus, env)
}
const holds = (expression: string, type: string, focus: unknown) => {
  const rule = compileTest(expression, type)
  if (typeof rule !== 'function') throw new Error(rule.unsupported)
  return rule(focus, { resource: focus, rootResource: focus })
}

const observation = {
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }, { code: 'local' }], text: 'Mạch' },
  subject: { reference: 'Patient/1' },
  performer: [{ reference: 'Practitioner/2' }, { reference: '#p' }, { reference: 'https://x.example/fhir/Patient/3' }],
  contained: [{ resourceType: 'Practitioner', id: 'p', name: [{ family: 'Trần' }] }],
  valueQuantity: { value: 72, code: '/min' },
  component: [{ code: { text: 'a' }, valueString: 'x' }, { code: { text: 'b' } }],
}

describe('paths', () => {
  test('values carry their types, choices included', () => {
    expect(values('Observation.value', 'Observation', observation)).toEqual([
      { type: 'Quantity', value: observation.valueQuantity },
    ])
    expect(values('component.value | code.text', 'Observation', observation)).toEqual([
      { type: 'string', value: 'x' },
      { type: 'string', value: 'Mạch' },
    ])
    expect(values('value as CodeableConcept', 'Observation', observation)).toEqual([])
    expect(values('contained.name.family', 'Observation', observation)).toEqual([{ type: 'string', value: 'Trần' }])
  })

  test('an expression about another type is empty', () => {
    expect(values('Patient.name', 'Observation', observation)).toEqual([])
    expect(values('Resource.contained', 'Observation', observation)).toHaveLength(1)
  })

  test('resolve() is Type needs nothing but the reference, or what is contained', () => {
    const performers = (type: string) =>
      values(`performer.where(resolve() is ${type}).reference`, 'Observation', observation)
    expect(performers('Patient').map(({ value }) => value)).toEqual(['https://x.example/fhir/Patient/3'])
    expect(performers('Practitioner').map(({ value }) => value)).toEqual(['Practitioner/2', '#p'])
  })

  test('a primitive keeps its extensions, also where it has no value', () => {
    const patient = {
      resourceType: 'Patient',
      birthDate: '1990-01-01',
      _birthDate: { extension: [{ url: 'urn:time', valueDateTime: '1990-01-01T05:00:00+07:00' }] },
      name: [{ given: ['A', null], _given: [null, { extension: [{ url: 'urn:none', valueCode: 'unknown' }] }] }],
    }
    expect(values("birthDate.extension('urn:time').value", 'Patient', patient)).toEqual([
      { type: 'dateTime', value: '1990-01-01T05:00:00+07:00' },
    ])
    expect(values('birthDate', 'Patient', patient)).toEqual([{ type: 'date', value: '1990-01-01' }])
    expect(values('name.given', 'Patient', patient)).toEqual([
      { type: 'string', value: 'A' },
      { type: 'string', value: undefined },
    ])
    expect(
      holds('name.given.count() = 2 and name.given.all(hasValue() or extension.exists())', 'Patient', patient),
    ).toBe(true)
  })
})

describe('conditions', () => {
  test.each([
    ["status = 'final'", true],
    ['value.empty()', false],
    ['value.exists() and dataAbsentReason.empty()', true],
    ["dataAbsentReason = 'x'", undefined],
    ["dataAbsentReason = 'x' or true", true],
    ["dataAbsentReason = 'x' and false", false],
    ['code.coding.count() > 1 implies code.text.exists()', true],
    ["code.coding.where(system.exists()).code = '8867-4'", true],
    ["code.coding.code contains 'local'", true],
    ["'local' in code.coding.code", true],
    ['code.coding.code.isDistinct()', true],
    ["code.coding.exists(code = 'local' and system.empty())", true],
    ['component.all(code.exists())', true],
    ['component.all(value.exists())', false],
    ["component.select(code.text) = ('a' | 'b')", true],
    ['value is Quantity', true],
    ['value is Period', false],
    ['value.ofType(Quantity).value + 1 = 73', true],
    ["value.ofType(Quantity).value.toString().contains('.').not()", true],
    ["%resource.status.matches('^fin')", true],
    ["contained.id.first() = subject.reference.replace('Patient/1', 'p')", true],
    ["iif(status = 'final', 1, 2) = 1", true],
    ["component[1].code.text = 'b'", true],
    ["component.tail().first().code.text = 'b'", true],
    ['descendants().where($this is Coding).count() = 2', true],
    ['(1 | 2 | 2).count() = 2', true],
    ['@2024-01-01 < @2024-02', true],
    ['@2024-01-01 < @2024-01', undefined],
    ['@2024-01-01T10:00:00+07:00 = @2024-01-01T03:00:00Z', true],
    ["1 'cm' = 10 'mm'", true],
    ["1 'cm' < 1 'kg'", undefined],
  ])('%s is %s', (expression, answer) => {
    expect(holds(expression, 'Observation', observation)).toBe(answer)
  })
})

describe('what is not covered', () => {
  test.each([
    "code.memberOf('urn:vs')",
    "conformsTo('urn:p')",
    'today() - 3 days',
    'a..b',
    'nonsense(1)',
    '%unknown',
    "'open",
  ])('%s is named, not guessed', (expression) => {
    expect(compilePath(expression, 'Observation')).toEqual({ unsupported: expect.any(String) })
  })
})

test('no value makes an expression throw', () => {
  const rules = [
    'code.coding.where(system = %resource.subject.reference).exists()',
    'value.exists() or component.all(value.exists())',
    'descendants().count() > 3',
    'effective < issued',
  ]
  const anything = fc.anything({ withNullPrototype: false })
  const odd = fc.record({
    resourceType: fc.constant('Observation'),
    code: anything,
    value: anything,
    valueQuantity: anything,
    component: anything,
    contained: anything,
    effectiveDateTime: anything,
    issued: anything,
    _issued: anything,
  })
  fc.assert(
    fc.property(odd, (resource) => {
      for (const rule of rules) expect([true, false, undefined]).toContain(holds(rule, 'Observation', resource))
    }),
  )
})
