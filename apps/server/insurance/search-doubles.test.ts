import { expect, test } from 'vitest'
import { identifierSystems } from '#fhir/naming'
import type { Patient } from '#fhir/r4'
import { fhirServer } from '#testing/fhir-server'
import type { DoubtfulJoin, SearchedDoubles } from './api.ts'
import { resourceWrite } from './resource-write.ts'

const server = fhirServer()
const JSON_TYPE = { 'content-type': 'application/json' }

const person = (id: string, name: string, more: Partial<Patient> = {}): Patient => ({
  resourceType: 'Patient',
  id,
  name: [{ text: name }],
  birthDate: '1980-03-15',
  gender: 'female',
  identifier: [{ system: identifierSystems.patientCode, value: `BN-${id}` }],
  ...more,
})

const search = async (): Promise<SearchedDoubles> =>
  (await server.request('POST', '/insurance/doubtful-joins/search', {}, JSON_TYPE)).body as unknown as SearchedDoubles

const joins = async (): Promise<readonly DoubtfulJoin[]> =>
  (await server.request('GET', '/insurance/doubtful-joins')).body['joins'] as DoubtfulJoin[]

test('same name, day of birth and sex without a common number is a doubt; a number that differs, or less in common, is none', async () => {
  const personalId = (value: string) => ({ identifier: [{ system: identifierSystems.personalId, value }] })
  const people = [
    person('a', 'Nguyễn Thị Hoà'),
    person('b', 'Nguyễn Thị Hòa'),
    person('c', 'Nguyễn Thị Hoà', { birthDate: '1980' }),
    person('d', 'Nguyễn Thị Hoà', { gender: 'male' }),
    person('e', 'Lê Thị Mai', personalId('001180990001')),
    person('f', 'Lê Thị Mai', personalId('001180990002')),
  ]
  for (const each of people) await server.store.writeOne(resourceWrite(each), { reference: 'Device/test' })
  expect(await search()).toEqual({ patients: 6, found: 1 })
  const [join, ...others] = await joins()
  expect(others).toEqual([])
  expect(join?.patients.map(({ id }) => id)).toEqual(['a', 'b'])
  expect(join?.why).toContain('không có số nào chung')
  await server.request('POST', `/insurance/doubtful-joins/${join?.id}`, { same: false }, JSON_TYPE)
  expect(await search()).toEqual({ patients: 6, found: 0 })
  expect((await joins())[0]?.decided).toBe(false)
})
