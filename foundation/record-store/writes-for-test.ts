/** Writes as the HTTP edge makes them, from plain objects: for the tests of the store. */
import { indexEntries } from '#fhir/search'
import type { Write } from './types.ts'

export interface Content {
  readonly resourceType: string
  readonly id: string
  readonly [element: string]: unknown
}

type Put = Extract<Write, { method: 'put' }>

/** @param expected what must be current: see `Write` */
export const put = (content: Content, expected: Put['expected'] = 'any'): Put => ({
  method: 'put',
  type: content.resourceType,
  id: content.id,
  expected,
  stamp: (version, at) => JSON.stringify({ ...content, meta: { versionId: String(version), lastUpdated: at } }),
  index: () => indexEntries(content),
  sameAs: (body) => {
    const { meta: _, ...rest } = JSON.parse(body) as Content
    return JSON.stringify(rest) === JSON.stringify(content)
  },
})

export const remove = (type: string, id: string, expected: 'any' | number = 'any'): Write => ({
  method: 'delete',
  type,
  id,
  expected,
})

export const aPatient = (id: string, family = 'Nguyễn', given = 'Văn Á'): Content => ({
  resourceType: 'Patient',
  id,
  name: [{ text: `${family} ${given}`, family, given: given.split(' ') }],
})

export const anObservation = (id: string, patient: string, at: string, value = 5.4): Content => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '2345-7' }] },
  subject: { reference: `Patient/${patient}` },
  effectiveDateTime: at,
  valueQuantity: { value, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
})
