import type { Condition, Encounter } from '#fhir/r4'
import { expect, test } from 'vitest'
import { encounterDiagnoses } from './encounter-diagnoses.ts'

const condition = (id: string, text: string): Condition => ({
  resourceType: 'Condition',
  id,
  subject: {},
  code: { coding: [{ code: `ICD-${id}` }], text },
})
const use = (code: string) => ({ coding: [{ code }], text: code })

test('the discharge diagnosis leads, comorbidities follow by rank, unreadable ones are left out', () => {
  const encounter: Encounter = {
    resourceType: 'Encounter',
    status: 'finished',
    class: { code: 'IMP' },
    diagnosis: [
      { condition: { reference: 'Condition/c' }, use: use('CM'), rank: 3 },
      { condition: { reference: 'Condition/b' }, use: use('CM'), rank: 2 },
      { condition: { reference: 'Condition/a' }, use: use('AD') },
      { condition: { reference: 'Condition/d' }, use: use('DD') },
      { condition: { reference: 'Condition/unread' } },
      { condition: { display: 'Sốt' } },
    ],
  }
  const conditions = [
    condition('a', 'Viêm phổi'),
    condition('b', 'Đái tháo đường'),
    condition('c', 'Gút'),
    condition('d', 'Áp xe phổi'),
  ]
  expect(encounterDiagnoses(encounter, conditions).map((one) => [one.role, one.name, one.code])).toEqual([
    ['DD', 'Áp xe phổi', 'ICD-d'],
    ['AD', 'Viêm phổi', 'ICD-a'],
    ['', 'Sốt', ''],
    ['CM', 'Đái tháo đường', 'ICD-b'],
    ['CM', 'Gút', 'ICD-c'],
  ])
})
