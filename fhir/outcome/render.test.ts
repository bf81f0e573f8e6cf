import { expect, test } from 'vitest'
import { no, type Refusal, statusOf, toOperationOutcome } from './index.ts'

const refusal = no('X-1', 'required', { vi: 'Thiếu mã', en: 'The code is missing' }, 'Observation.code')

test('Vietnamese is the text, English its translation and the diagnostics, the rule a coding', () => {
  expect(toOperationOutcome([refusal])).toEqual({
    resourceType: 'OperationOutcome',
    issue: [
      {
        severity: 'error',
        code: 'required',
        details: {
          coding: [{ system: 'urn:lanh:code:rule', code: 'X-1' }],
          text: 'Thiếu mã',
          _text: {
            extension: [
              {
                url: 'http://hl7.org/fhir/StructureDefinition/translation',
                extension: [
                  { url: 'lang', valueCode: 'en' },
                  { url: 'content', valueString: 'The code is missing' },
                ],
              },
            ],
          },
        },
        diagnostics: 'The code is missing',
        expression: ['Observation.code'],
      },
    ],
  })
})

test('one table gives the status: unreadable before unacceptable, warnings do not count', () => {
  const structure = no('X-2', 'structure', { vi: 'Sai', en: 'Wrong' })
  const warning: Refusal = { ...structure, severity: 'warning' }
  expect(statusOf([refusal])).toBe(422)
  expect(statusOf([refusal, structure])).toBe(400)
  expect(statusOf([refusal, warning])).toBe(422)
  expect(statusOf([refusal], { 'X-1': 404 })).toBe(404)
})
