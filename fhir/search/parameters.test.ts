import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { isResourceType, resourceTypes } from '#fhir/definitions'
import { compilePath, pathShape } from '#fhir/fhirpath'
import {
  combinedConstant,
  MOST_BITS,
  parameter,
  parameterBit,
  parameterConstant,
  parameterNumber,
  parametersOf,
  promotedPatient,
} from './parameters.ts'
import { promotedDate } from './promoted-dates.ts'
import { rootProperties } from './root-properties.ts'

const examples = new URL('../../../shared/data/fhir-r4-examples/', import.meta.url)
const DERIVED = ['', ':text', ':exact', ':identifier', ':of-type', ':below', ':sort', ':2']
const all = resourceTypes.flatMap((type) => [...parametersOf(type).values()])
/** Parameters that keep values of their own; what every resource has is kept once for all types. */
const keeping = all.filter(
  ({ code, kept, owner }) => kept[0]?.code === code && (!code.startsWith('_') || owner === 'Patient'),
)

test('no two parameters share a number or a constant, derived names included', () => {
  const names = keeping.flatMap(({ owner, code }) => DERIVED.map((derived) => [owner, code + derived] as const))
  expect(new Set(names.map(([owner, code]) => parameterNumber(owner, code))).size).toBe(names.length)
  const constants = new Set(names.map(([owner, code]) => parameterConstant(owner, code)))
  for (const { owner, code } of keeping) constants.add(combinedConstant(owner, code))
  expect(constants.size).toBe(names.length + keeping.length)
})

test('every parameter of a type has a bit of its own, and all fit one number', () => {
  for (const type of resourceTypes) {
    const bits = [...parametersOf(type).keys()].map((code) => parameterBit(type, code))
    expect(new Set(bits).size).toBe(bits.length)
    expect(Math.max(...bits)).toBeLessThan(MOST_BITS)
  }
})

test('what every resource has is kept alike under all types', () => {
  for (const code of ['_tag', '_profile', '_security', '_source']) {
    expect(new Set(resourceTypes.map((type) => parameterConstant(type, code))).size).toBe(1)
    expect(new Set(resourceTypes.map((type) => parameterBit(type, code))).size).toBe(1)
  }
})

test('repeated parameters are kept once', () => {
  const kept = (type: string, code: string) => parameter(type, code)!.kept
  expect(kept('Observation', 'patient')).toEqual([{ code: 'subject', target: 'Patient' }])
  expect(kept('Observation', 'combo-code').map(({ code }) => code)).toEqual(['code', 'component-code'])
  expect(kept('Patient', 'phonetic')).toEqual([{ code: 'name', target: null }])
  expect(kept('Encounter', 'practitioner')).toEqual([{ code: 'participant', target: 'Practitioner' }])
  expect(kept('EpisodeOfCare', 'patient')).toEqual([{ code: 'patient', target: null }])
  expect(parameterConstant('Observation', 'patient')).toBe(parameterConstant('Observation', 'subject'))
  expect(parameterNumber('Observation', 'patient')).toBe(parameterNumber('Observation', 'subject'))
  for (const { owner, kept: under } of all) {
    for (const { code } of under) expect(parameter(owner, code)!.kept).toEqual([{ code, target: null }])
  }
})

test('the promoted date and the promoted patient have at most one value', () => {
  for (const type of resourceTypes) {
    for (const code of [promotedDate(type), promotedPatient(type)]) {
      if (code !== null)
        expect(pathShape(parameter(type, code)!.expression, type)?.single, `${type}.${code}`).toBe(true)
    }
  }
  expect(promotedPatient('Observation')).toBe('subject')
  expect(promotedPatient('AllergyIntolerance')).toBe('patient')
  expect(promotedPatient('Appointment')).toBeNull()
})

test.skipIf(!existsSync(examples))(
  'a parameter is never passed over for want of a property (needs ../shared/data)',
  () => {
    let seen = 0
    for (const file of readdirSync(examples).filter((name) => name.endsWith('.ndjson.gz'))) {
      for (const line of gunzipSync(readFileSync(new URL(file, examples)))
        .toString()
        .split('\n')
        .filter(Boolean)) {
        const resource = JSON.parse(line) as { resourceType: string }
        if (!isResourceType(resource.resourceType)) continue
        for (const each of parametersOf(resource.resourceType).values()) {
          const path = compilePath(each.expression, each.owner)
          if (each.type === 'composite' || typeof path !== 'function' || path(resource, { resource }).length === 0)
            continue
          seen++
          const roots = rootProperties(each)
          expect(
            roots === null || Object.keys(resource).some((key) => roots.has(key)),
            `${each.owner}.${each.code}`,
          ).toBe(true)
        }
      }
    }
    expect(seen).toBeGreaterThan(5000)
  },
)
