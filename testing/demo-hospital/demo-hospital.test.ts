import { createHash } from 'node:crypto'
import type { Bundle, BundleEntry, FhirResource } from 'fhir/r4.js'
import { beforeAll, describe, expect, test } from 'vitest'
import { identifierSystems } from '#fhir/naming'
import { validate } from '#fhir/validation'
import { checkCharacter } from './identifiers.ts'
import { bundleText, DEFAULT_PATIENTS, demoHospital, specialPatients } from './index.ts'

const entriesOf = (bundle: Bundle): BundleEntry[] => bundle.entry ?? []
const resourcesOf = (bundles: readonly Bundle[]): FhirResource[] =>
  bundles.flatMap(entriesOf).map((entry) => entry.resource as FhirResource)

/** Every `reference` inside a value. */
function* references(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const one of value) yield* references(one)
  else if (value && typeof value === 'object') {
    for (const [key, one] of Object.entries(value)) {
      if (key === 'reference' && typeof one === 'string') yield one
      else yield* references(one)
    }
  }
}

/** When things of a record happened. */
const timesOf = (resource: FhirResource): string[] => {
  if (resource.resourceType === 'Observation') return [resource.effectiveDateTime ?? '']
  if (resource.resourceType === 'MedicationAdministration') return [resource.effectiveDateTime ?? '']
  if (resource.resourceType === 'Encounter')
    return [resource.period?.start ?? '', resource.period?.end ?? resource.period?.start ?? '']
  if (resource.resourceType === 'Composition') return [resource.date]
  if (resource.resourceType === 'DiagnosticReport') return [resource.issued ?? '']
  return []
}

const fingerprint = (bundles: Iterable<Bundle>): string => {
  const hash = createHash('sha256')
  for (const bundle of bundles) hash.update(JSON.stringify(bundle))
  return hash.digest('hex')
}

describe('the demo hospital of forty patients', () => {
  let bundles: Bundle[]
  beforeAll(() => {
    bundles = [...demoHospital({ patients: 40, longRecords: false })]
  })

  test('is the hospital and then one transaction per patient, every entry a PUT under its own id', () => {
    expect(bundles).toHaveLength(41)
    for (const { resource, request } of bundles.flatMap(entriesOf)) {
      expect(request).toEqual({ method: 'PUT', url: `${resource?.resourceType}/${resource?.id}` })
      expect(resource?.id).toMatch(/^[A-Za-z0-9.-]{1,64}$/)
    }
  })

  test('never uses an id twice', () => {
    const urls = bundles.flatMap(entriesOf).map((entry) => entry.request?.url)
    expect(new Set(urls).size).toBe(urls.length)
  })

  test('refers only to the hospital and to the same patient', () => {
    const [hospital, ...patients] = bundles as [Bundle, ...Bundle[]]
    const known = new Set(entriesOf(hospital).map((entry) => entry.request?.url))
    const lost: string[] = []
    for (const bundle of [hospital, ...patients]) {
      const own = new Set(entriesOf(bundle).map((entry) => entry.request?.url))
      for (const reference of references(bundle.entry)) {
        if (!own.has(reference) && !known.has(reference)) lost.push(reference)
      }
    }
    expect(lost).toEqual([])
  })

  test('writes Vietnamese in composed form', () => {
    for (const bundle of bundles) {
      const text = JSON.stringify(bundle)
      expect(text.normalize('NFC') === text).toBe(true)
    }
  })

  test('has patient codes whose check character catches a mistyped digit', () => {
    for (const resource of resourcesOf(bundles)) {
      if (resource.resourceType !== 'Patient') continue
      const code = resource.identifier?.find((one) => one.system === identifierSystems.patientCode)?.value ?? ''
      expect(code).toMatch(/^BN\d{10}[\dX]$/)
      expect(checkCharacter(code.slice(2, 12))).toBe(code.slice(12))
      expect(checkCharacter(code.slice(2, 11) + ((Number(code[11]) + 1) % 10))).not.toBe(code.slice(12))
    }
  })

  test('has personal numbers that agree with sex and year of birth', () => {
    for (const resource of resourcesOf(bundles)) {
      if (resource.resourceType !== 'Patient') continue
      const number = resource.identifier?.find((one) => one.system === identifierSystems.personalId)?.value
      if (!number) continue
      const year = Number(resource.birthDate?.slice(0, 4))
      expect(number).toMatch(/^\d{12}$/)
      expect(Number(number[3]) % 2).toBe(resource.gender === 'female' ? 1 : 0)
      expect(1900 + Math.floor(Number(number[3]) / 2) * 100 + Number(number.slice(4, 6))).toBe(year)
    }
  })

  test('has people of one ward whose names differ by one tone mark, someone new, someone dead, someone waiting', () => {
    const byId = new Map(resourcesOf(bundles).map((one) => [`${one.resourceType}/${one.id}`, one]))
    const name = (id: string): unknown => (byId.get(`Patient/${id}`) as { name?: { text?: string }[] }).name?.[0]?.text
    expect(name(specialPatients.nearNameA)).toBe('Nguyễn Thị Thanh Hoa')
    expect(name(specialPatients.nearNameB)).toBe('Nguyễn Thị Thanh Hòa')
    const recordOf = (id: string): FhirResource[] => resourcesOf(bundles).filter((one) => one.id?.startsWith(id))
    expect(recordOf(specialPatients.newcomer).every((one) => ['Patient', 'Coverage'].includes(one.resourceType))).toBe(
      true,
    )
    expect(byId.get(`Patient/${specialPatients.deceased}`)).toHaveProperty('deceasedDateTime')
    expect(recordOf(specialPatients.waiting)).toContainEqual(
      expect.objectContaining({ resourceType: 'Encounter', status: expect.stringMatching(/arrived|in-progress/) }),
    )
    expect(recordOf(specialPatients.inpatient)).toContainEqual(
      expect.objectContaining({
        resourceType: 'Encounter',
        status: 'in-progress',
        class: expect.objectContaining({ code: 'IMP' }),
      }),
    )
  })

  test('lets nothing happen before birth or after the end, but appointments', () => {
    for (const bundle of bundles.slice(1)) {
      const [patient, ...others] = resourcesOf([bundle])
      if (patient?.resourceType !== 'Patient') throw new Error('The first entry is the patient')
      const ends = patient.deceasedDateTime ?? '2026-11-20T10:30:00+07:00'
      const times = others.flatMap(timesOf)
      expect(times.filter((time) => time < patient.birthDate! || time > ends)).toEqual([])
    }
  })

  test('keeps the numbers of one blood sample in agreement', () => {
    const samples = new Map<string, Record<string, number>>()
    for (const one of resourcesOf(bundles)) {
      if (one.resourceType !== 'Observation' || one.valueQuantity?.value === undefined) continue
      const sample = samples.get(`${one.subject?.reference} ${one.effectiveDateTime}`) ?? {}
      sample[one.code.coding?.[0]?.code ?? ''] = one.valueQuantity.value
      samples.set(`${one.subject?.reference} ${one.effectiveDateTime}`, sample)
    }
    const counts = [...samples.values()].filter((sample) => sample['718-7'] !== undefined)
    expect(counts.length).toBeGreaterThan(50)
    for (const sample of counts) {
      const [neutrophils = 0, lymphocytes = 0, red = 0, hematocrit = 0, volume = 0] = [
        '770-8',
        '736-9',
        '789-8',
        '4544-3',
        '787-2',
      ].map((code) => sample[code])
      expect(neutrophils + lymphocytes).toBeLessThanOrEqual(100)
      expect(red * volume).toBeCloseTo(hematocrit * 10, -1)
    }
  })

  test('gives pregnancy to women of its age, and to small children no tablets', () => {
    for (const bundle of bundles.slice(1)) {
      const [patient, ...others] = resourcesOf([bundle])
      if (patient?.resourceType !== 'Patient') throw new Error('The first entry is the patient')
      const year = Number(patient.birthDate?.slice(0, 4))
      const pregnancies = others.filter(
        (one) => one.resourceType === 'Condition' && /^(O|Z34)/.test(one.code?.coding?.[0]?.code ?? ''),
      )
      if (pregnancies.length > 0) expect([patient.gender, year > 1976 && year < 2011]).toEqual(['female', true])
      if (year < 2020) continue
      const names = others.map((one) =>
        one.resourceType === 'MedicationRequest' ? one.medicationCodeableConcept?.text : '',
      )
      expect(names.filter((name) => /viên nén bao phim|viên nang cứng/.test(name ?? ''))).toEqual([])
    }
  })

  test('is the same for the same seed, another for another, and a bigger one contains the smaller', () => {
    const small = { patients: 30, longRecords: false }
    expect(fingerprint(demoHospital(small))).toBe(fingerprint(bundles.slice(0, 31)))
    expect(fingerprint(demoHospital({ ...small, seed: 2 }))).not.toBe(fingerprint(bundles.slice(0, 31)))
  })

  test('is written with the zeros of its instruments and is otherwise the same', () => {
    const texts = bundles.map(bundleText)
    expect(texts.map((text) => JSON.parse(text) as Bundle)).toEqual(bundles)
    const bodyHeat = texts.join().match(/"value":\d+\.?\d*(?=,"unit":"°C")/g) ?? []
    expect(bodyHeat.length).toBeGreaterThan(50)
    expect(bodyHeat.filter((one) => !/\.\d$/.test(one))).toEqual([])
  })

  test('does not hold the hospital in memory: bundles come one by one', () => {
    const million = demoHospital({ patients: 1_000_000, longRecords: false })
    million.next()
    expect(million.next().value.entry[0].resource.id).toBe('nb-000001')
  })
})

test('every resource is valid R4, without a doubt', () => {
  const bundles = [...demoHospital({ patients: 40, longRecords: false })]
  const refusals = resourcesOf(bundles).flatMap((resource) =>
    validate(resource).map((refusal) => ({ ...refusal, id: `${resource.resourceType}/${resource.id}` })),
  )
  expect(refusals.slice(0, 5)).toEqual([])
})

describe('the long records', () => {
  let record: (id: string) => FhirResource[]
  beforeAll(() => {
    const bundles = [...demoHospital({ patients: 2 })]
    record = (id) => resourcesOf(bundles).filter((one) => one.id?.startsWith(id))
  })

  test('the patient on dialysis has 2,000 encounters', () => {
    const encounters = record(specialPatients.dialysis).filter((one) => one.resourceType === 'Encounter')
    expect(encounters).toHaveLength(2000)
  })

  test('the long stay lasts 120 days with vital signs every few hours', () => {
    const all = record(specialPatients.longStay)
    const stays = all.filter((one) => one.resourceType === 'Encounter')
    expect(stays).toHaveLength(1)
    const { start, end } = stays[0]!.period as { start: string; end: string }
    expect((Date.parse(end) - Date.parse(start)) / 86_400_000).toBe(120)
    const pulses = all.filter((one) => one.resourceType === 'Observation' && one.code.text === 'Mạch')
    expect(pulses.length).toBeGreaterThan(600)
  })
})

test('the default is a number of patients a first start can load', () => {
  expect(DEFAULT_PATIENTS).toBeLessThanOrEqual(250)
})
