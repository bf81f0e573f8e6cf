import { expect, test } from 'vitest'
import { indexEntries } from './index-entries.ts'
import { meets } from './meets.ts'
import { parseSearch } from './parse-search.ts'
import { context } from './search-world.ts'

const person = (...names: readonly object[]) => ({
  resourceType: 'Patient',
  id: '1',
  name: names,
  identifier: [{ value: '079 085 001 234' }, { value: 'C-12' }],
  telecom: [
    { system: 'phone', value: '+84 912 344 567' },
    { system: 'email', value: 'an@example.org' },
  ],
})

async function finds(resource: { readonly resourceType: string }, name: string, value: string): Promise<boolean> {
  const parsed = await parseSearch(resource.resourceType, [[name, value]], context)
  if (!parsed.ok) throw new Error(`${name}: ${parsed.refusals[0]!.rule}`)
  const indexed = { type: resource.resourceType, updated: 0, entries: indexEntries(resource) }
  return meets(indexed, parsed.value.criteria)
}

/** Those of the values that find the resource. */
async function found(resource: { readonly resourceType: string }, name: string, values: readonly string[]) {
  const answers = await Promise.all(values.map((value) => finds(resource, name, value)))
  return values.filter((_, at) => answers[at])
}

test('initials are found in the Vietnamese order, without marks, as far as they were typed', async () => {
  const an = person({ family: 'Đỗ', given: ['Văn', 'An'] })
  expect(await found(an, 'initials', ['dva', 'DVA', 'Đva', 'dv', 'd', 'va', 'dvan', 'avd', 'nva'])).toEqual([
    'dva',
    'DVA',
    'Đva',
    'dv',
    'd',
  ])
})

test('the name as a whole counts where it is written; every name of a person is found; one word has no initials', async () => {
  const both = person({ text: 'Lê  Thị Ngọc-Ánh', family: 'Ánh' }, { use: 'old', text: 'Trần Thị Ánh' })
  expect(await finds(both, 'initials', 'ltna')).toBe(true)
  expect(await finds(both, 'initials', 'tta')).toBe(true)
  const unknown = person({ text: 'Nam' })
  expect(await finds(unknown, 'initials:missing', 'true')).toBe(true)
})

test('the last four digits of identifiers and telephones find whose they are; other digits do not', async () => {
  const an = person()
  expect(await found(an, 'last-digits', ['1234', '4567', '0790', '234', '5001', '12'])).toEqual(['1234', '4567'])
})

test('an insurance card is found by its end, as identifier or as number of the subscriber', async () => {
  const card = {
    resourceType: 'Coverage',
    id: '1',
    identifier: [{ value: 'GD4797912345678' }],
    subscriberId: '1239999',
  }
  expect(await finds(card, 'last-digits', '5678')).toBe(true)
  expect(await finds(card, 'last-digits', '9999')).toBe(true)
  expect(await finds(card, 'last-digits', '4797')).toBe(false)
})
