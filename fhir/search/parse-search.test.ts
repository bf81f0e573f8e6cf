import { describe, expect, test } from 'vitest'
import { resourceTypes } from '#fhir/definitions'
import type { SearchContext } from './asked.ts'
import { hash64, selfHash } from './hash.ts'
import { combinedConstant, parameterBit, parameterConstant, parameterNumber } from './parameters.ts'
import { parseSearch } from './parse-search.ts'
import { supportedParameters } from './supported.ts'
import { context, pairs } from './search-world.ts'

async function read(type: string | null, query: string, changed: Partial<SearchContext> = {}) {
  const parsed = await parseSearch(type, pairs(query), { ...context, ...changed })
  if (!parsed.ok) throw new Error(parsed.refusals.map(({ rule }) => rule).join())
  return parsed.value
}

describe('order, size and includes', () => {
  test('defaults', async () => {
    expect(await read('Patient', '_id=1')).toMatchObject({
      types: ['Patient'],
      sort: [],
      count: 20,
      total: 'none',
      includes: [],
      cursor: null,
      summary: 'false',
      elements: [],
      applied: [['_id', '1']],
    })
  })

  test('_sort by every kind of parameter', async () => {
    const { sort } = await read(
      'Patient',
      '_sort=-birthdate,name,family,gender,_lastUpdated&_sort=identifier,organization,_id,death-date',
    )
    expect(sort).toEqual([
      { descending: true, by: 'date' },
      { descending: false, by: 'string', parameter: parameterNumber('Patient', 'name:sort') },
      { descending: false, by: 'string', parameter: parameterNumber('Patient', 'family') },
      { descending: false, by: 'path', paths: [['gender']] },
      { descending: false, by: 'updated' },
      { descending: false, by: 'path', paths: [['identifier', '0', 'value']] },
      { descending: false, by: 'path', paths: [['managingOrganization', 'reference']] },
      { descending: false, by: 'id' },
      { descending: false, by: 'range', parameter: parameterNumber('Patient', 'death-date') },
    ])
    expect((await read('Observation', '_sort=code,patient')).sort).toEqual([
      { descending: false, by: 'path', paths: [['code', 'coding', '0', 'code']] },
      { descending: false, by: 'path', paths: [['subject', 'reference']] },
    ])
  })

  test('_count is capped; zero and _summary=count only count', async () => {
    expect(await read('Patient', '_count=7')).toMatchObject({ count: 7, total: 'none' })
    expect(await read('Patient', '_count=70000', { maxCount: 500 })).toMatchObject({ count: 500 })
    expect(await read('Patient', '_count=0')).toMatchObject({ count: 0, total: 'accurate' })
    expect(await read('Patient', '_summary=count')).toMatchObject({ count: 0, total: 'accurate', summary: 'count' })
    expect(await read('Patient', '_total=estimate')).toMatchObject({ total: 'estimate' })
  })

  test('_include and _revinclude, typed, repeated and of everything', async () => {
    const subject = {
      parameter: parameterNumber('Observation', 'subject'),
      constant: parameterConstant('Observation', 'subject'),
    }
    const { includes } = await read(
      'Observation',
      '_include=Observation:subject:Patient&_include:iterate=Patient:organization&_include=Observation:patient&_include=*',
    )
    expect(includes).toEqual([
      { direction: 'include', iterate: false, source: 'Observation', target: 'Patient', ...subject },
      {
        direction: 'include',
        iterate: true,
        source: 'Patient',
        target: null,
        parameter: parameterNumber('Patient', 'organization'),
        constant: parameterConstant('Patient', 'organization'),
      },
      { direction: 'include', iterate: false, source: 'Observation', target: 'Patient', ...subject },
      { direction: 'include', iterate: false, source: '*', target: null, parameter: null, constant: null },
    ])
    expect((await read('Patient', '_revinclude=Observation:patient')).includes).toEqual([
      { direction: 'revinclude', iterate: false, source: 'Observation', target: 'Patient', ...subject },
    ])
    const every = (await read('Patient', '_revinclude=Encounter:*')).includes.map(({ parameter }) => parameter)
    expect(every).toContain(parameterNumber('Encounter', 'subject'))
    expect(every).not.toContain(parameterNumber('Encounter', 'location'))
  })

  test('what the HTTP edge reads is neither refused nor repeated', async () => {
    const { applied, cursor, elements } = await read(
      'Patient',
      '_format=json&_pretty=true&_cursor=abc&_elements=name,Patient.gender',
    )
    expect(applied).toEqual([['_elements', 'name,Patient.gender']])
    expect(cursor).toBe('abc')
    expect(elements).toEqual(['name', 'gender'])
  })
})

describe('what the store can do best', () => {
  const mix = combinedConstant('Observation', 'code') ^ selfHash('Patient', '1')
  const found = { kind: 'terms', selective: true, anyOf: [hash64('8867-4') ^ mix] }

  test('one patient and a code become one term', async () => {
    const { criteria } = await read('Observation', 'patient=1&code=8867-4&date=ge2024')
    expect(criteria[0]).toEqual(found)
    expect(criteria.map(({ kind }) => kind)).toEqual(['terms', 'date'])
  })

  test('the system of a code is asked of the rows that the term finds', async () => {
    const { criteria } = await read('Observation', 'patient=1&code=http://loinc.org|8867-4&date=ge2024')
    const system = hash64('http://loinc.org\n8867-4') ^ parameterConstant('Observation', 'code')
    const bit = parameterBit('Observation', 'code')
    expect(criteria.slice(0, 2)).toEqual([
      found,
      { kind: 'any', of: [[{ kind: 'terms', anyOf: [system] }], [{ kind: 'missing', bit, missing: true }]] },
    ])
    expect(criteria.map(({ kind }) => kind)).toEqual(['terms', 'any', 'date'])
  })

  test('a reverse chain to a code knows the combined terms, where the patient is meant', async () => {
    const combined = [hash64('8867-4') ^ combinedConstant('Observation', 'code')]
    const having = async (type: string, name: string) =>
      (await read(type, `${name}=http://loinc.org|8867-4`)).criteria[0]
    expect(await having('Patient', '_has:Observation:patient:code')).toMatchObject({ of: 'Patient', combined })
    expect(await having('Patient', '_has:Observation:subject:code')).toMatchObject({ combined })
    expect(await having('Patient', '_has:Observation:performer:code')).not.toHaveProperty('combined')
    expect(await having('Encounter', '_has:Observation:encounter:code')).not.toHaveProperty('combined')
    expect(await having('Group', '_has:Observation:subject:code')).not.toHaveProperty('combined')
  })

  test('a code of another system than its binding is not among those looked for', async () => {
    const bound = 'http://hl7.org/fhir/allergy-intolerance-category'
    const value = `${bound}|food,http://elsewhere|medication`
    const { criteria } = await read('AllergyIntolerance', `patient=Patient/1&category=${value}`)
    const own = combinedConstant('AllergyIntolerance', 'category') ^ selfHash('Patient', '1')
    expect(criteria).toEqual([{ kind: 'terms', selective: true, anyOf: [hash64('food') ^ own] }])
  })

  test('one patient alone names the patient column', async () => {
    const patientIs = selfHash('Patient', '1')
    const wanted = [
      { kind: 'terms', selective: true, patientIs, anyOf: [patientIs ^ parameterConstant('Observation', 'subject')] },
    ]
    expect((await read('Observation', 'patient=1')).criteria).toEqual(wanted)
    expect((await read('Observation', 'subject=Patient/1')).criteria).toEqual(wanted)
    expect((await read('Appointment', 'patient=1')).criteria[0]).not.toHaveProperty('patientIs')
    expect((await read('Observation', 'subject=1')).criteria[0]).not.toHaveProperty('patientIs')
    expect((await read('Observation', 'patient=1,2')).criteria[0]).not.toHaveProperty('patientIs')
  })

  test('a chain to the patient may use the patient column, one to anything else may not', async () => {
    const chain = async (query: string) => (await read('Observation', query)).criteria[0]
    expect(await chain('patient.name=x')).toMatchObject({ kind: 'chain', promotedPatient: true })
    expect(await chain('subject.name=x')).toMatchObject({ kind: 'chain', promotedPatient: false })
    expect(await chain('encounter.status=finished')).toMatchObject({ kind: 'chain', promotedPatient: false })
  })
})

describe('handling', () => {
  test('strict refuses every parameter that is not known, all at once', async () => {
    const parsed = await parseSearch('Patient', pairs('one=1&name=an&two=2&_sort=three'), context)
    expect(parsed).toMatchObject({
      ok: false,
      refusals: [
        { rule: 'SEARCH-1', at: 'one' },
        { rule: 'SEARCH-1', at: 'two' },
        { rule: 'SEARCH-14', at: '_sort' },
      ],
    })
  })

  test('lenient leaves them out and says so; a bad value is refused all the same', async () => {
    const { applied, ignored, criteria } = await read('Patient', 'one=1&name=an&_filter=x', { handling: 'lenient' })
    expect(applied).toEqual([['name', 'an']])
    expect(criteria).toHaveLength(1)
    expect(ignored).toMatchObject([
      { rule: 'SEARCH-1', severity: 'warning', at: 'one' },
      { rule: 'SEARCH-18', severity: 'warning', at: '_filter' },
    ])
    const bad = await parseSearch('Patient', pairs('birthdate=soon'), { ...context, handling: 'lenient' })
    expect(bad.ok).toBe(false)
  })
})

test('every supported parameter of every type is read; nothing else is', async () => {
  for (const type of resourceTypes) {
    for (const { code } of supportedParameters(type)) {
      const parsed = await parseSearch(type, [[code, '\u0001']], context)
      const rules = parsed.ok ? [] : parsed.refusals.map(({ rule }) => rule)
      expect(rules, `${type}.${code}`).not.toContain('SEARCH-1')
      expect(rules, `${type}.${code}`).not.toContain('SEARCH-18')
    }
  }
  expect(supportedParameters('Location').map(({ code }) => code)).not.toContain('near')
  expect(supportedParameters('Patient').map(({ code }) => code)).toEqual(
    expect.arrayContaining(['_id', '_lastUpdated', '_tag', 'name']),
  )
})
