import { expect, test } from 'vitest'
import type { Bundle, Coverage, FhirResource, Patient } from '#fhir/r4'
import { checkDossier } from '#obligations/health-insurance'
import { DEFAULT_TODAY, type InsuredPerson, demoDossiers, demoHospital } from './index.ts'

function people(): readonly InsuredPerson[] {
  const found: InsuredPerson[] = []
  for (const bundle of demoHospital({ patients: 250, longRecords: false }) as Iterable<Bundle<FhirResource>>) {
    const resources = (bundle.entry ?? []).map(({ resource }) => resource)
    const patient = resources.find((each): each is Patient => each?.resourceType === 'Patient')
    const coverage = resources.find((each): each is Coverage => each?.resourceType === 'Coverage')
    if (patient && coverage) found.push({ patient, coverage })
  }
  return found
}

test('the dossiers of the demo hospital are sound but for those that are meant to be wrong, and lie in its last months', () => {
  const dossiers = demoDossiers(people(), 200, DEFAULT_TODAY)
  expect(dossiers).toHaveLength(200)
  const faulty = dossiers.filter(({ dossier }) => checkDossier(dossier).some(({ severity }) => severity !== 'warning'))
  const rules = new Set(faulty.flatMap(({ dossier }) => checkDossier(dossier).map(({ rule }) => rule)))
  expect(faulty.length).toBeGreaterThanOrEqual(10)
  expect(faulty.length).toBeLessThan(20)
  expect(rules.size).toBeGreaterThanOrEqual(5)
  expect(faulty.every(({ fate }) => fate === 'ready')).toBe(true)
  const made = dossiers.map(({ dossier }) => dossier.made).toSorted()
  expect(made[0]! >= '20260901').toBe(true)
  expect(made.at(-1)! <= DEFAULT_TODAY.replaceAll('-', '')).toBe(true)
  expect(new Set(dossiers.map(({ fate }) => fate)).size).toBe(4)
})

test('a hospital that grows keeps the dossiers it has', () => {
  const all = people()
  const few = demoDossiers(all.slice(0, 60), 200, DEFAULT_TODAY)
  expect(few.length).toBeGreaterThan(9)
  expect(demoDossiers(all, 200, DEFAULT_TODAY).slice(0, few.length)).toEqual(few)
})

test('nobody is insured, nobody has a dossier', () => {
  expect(demoDossiers([], 200, DEFAULT_TODAY)).toEqual([])
})
