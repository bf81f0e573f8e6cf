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

test('initials are found in the Vietnamese order, without marks, as far as they were typed', async () => {
  const an = person({ family: 'Đỗ', given: ['Văn', 'An'] })
  for (const typed of ['dva', 'DVA', 'Đva', 'dv', 'd']) expect(await finds(an, 'initials', typed), typed).toBe(true)
  for (const typed of ['va', 'dvan', 'avd', 'nva']) expect(await finds(an, 'initials', typed), typed).toBe(false)
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
  for (const digits of ['1234', '4567']) expect(await finds(an, 'last-digits', digits), digits).toBe(true)
  for (const digits of ['0790', '234', '5001', '12']) expect(await finds(an, 'last-digits', digits), digits).toBe(false)
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
