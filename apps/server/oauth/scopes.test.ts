import { describe, expect, test } from 'vitest'
import { resourceTypes } from '#fhir/definitions'
import { granularScopes, isAllowed, needsPatient, PLAIN_SCOPES, resourceScope, sentenceOf } from './scopes.ts'

const LABORATORY =
  'patient/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory'

describe('scopes', () => {
  test('every type, every level, every set of acts in its order', () => {
    const acts = Array.from({ length: 31 }, (_, n) => [...'cruds'].filter((__, i) => ((n + 1) >> i) & 1).join(''))
    const all = ['patient', 'user', 'system'].flatMap((level) =>
      [...resourceTypes, '*'].flatMap((type) => acts.map((act) => `${level}/${type}.${act}`)),
    )
    expect(all).toHaveLength(3 * 147 * 31)
    expect(all.filter((scope) => resourceScope(scope) === undefined)).toEqual([])
  })
  test.each([
    'patient/Observation',
    'patient/Observation.',
    'patient/Observation.sr',
    'patient/Observation.rr',
    'all/*.rs',
    'patient/observation.rs',
    'patient/Resource.rs',
    'patient/*.rs?category=x|y',
    'patient/Observation.rs?category=',
    ' patient/*.rs',
    'patient/*.read',
  ])('%s is none', (text) => expect(resourceScope(text)).toBeUndefined())
  test('categories limit reading and searching, and are told in the discovery document', () => {
    expect(granularScopes()).toContain(LABORATORY)
    expect(granularScopes().filter((scope) => resourceScope(scope) === undefined)).toEqual([])
    expect(isAllowed(LABORATORY, ['patient/*.rs'])).toBe(true)
    expect(isAllowed('patient/Observation.rs', [LABORATORY])).toBe(false)
    expect(isAllowed(LABORATORY.replace('laboratory', 'survey'), [LABORATORY])).toBe(false)
  })
  test('narrower is allowed, wider and sideways is not', () => {
    expect(isAllowed('patient/Observation.r', ['patient/*.rs'])).toBe(true)
    expect(isAllowed('patient/Observation.c', ['patient/*.rs'])).toBe(false)
    expect(isAllowed('user/Observation.r', ['patient/*.rs'])).toBe(false)
    expect(isAllowed('patient/*.r', ['patient/Observation.rs'])).toBe(false)
    expect(isAllowed('openid', ['patient/*.rs'])).toBe(false)
    expect(isAllowed('__proto__', ['openid'])).toBe(false)
  })
  test('a patient is needed where scopes are about one', () => {
    expect(needsPatient(['openid', 'user/*.rs'])).toBe(false)
    expect(needsPatient(['patient/Observation.r'])).toBe(true)
    expect(needsPatient(['launch/patient'])).toBe(true)
  })
  test('whoever consents reads sentences', () => {
    expect(sentenceOf('user/Observation.cr')).toEqual({
      vi: 'Ghi mới, đọc chỉ số và xét nghiệm trong phạm vi quyền của bạn',
      en: 'Create, read observations within your own rights',
    })
    expect(sentenceOf(LABORATORY).vi).toBe('Đọc, tìm chỉ số và xét nghiệm (laboratory) của người bệnh này')
    for (const scope of Object.keys(PLAIN_SCOPES)) expect(sentenceOf(scope).vi).not.toBe(scope)
  })
})
