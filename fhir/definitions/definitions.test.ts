import { describe, expect, test } from 'vitest'
import {
  codeSystem,
  compartmentParameters,
  compartmentTypes,
  elementNamed,
  elementsOf,
  invariantsOf,
  isResourceType,
  isSubtypeOf,
  requiredCodes,
  resourceTypes,
  searchParameter,
  searchParametersOf,
  summaryElementsOf,
  typeDefinition,
} from './index.ts'

describe('types', () => {
  test('all 146 concrete resource types of R4 are known', () => {
    expect(resourceTypes).toHaveLength(146)
    expect(isResourceType('Patient')).toBe(true)
    expect(isResourceType('DomainResource')).toBe(false)
    expect(isResourceType('toString')).toBe(false)
    expect(typeDefinition('constructor')).toBeUndefined()
  })

  test('a choice lists its properties and keeps its FHIRPath name', () => {
    const value = elementNamed('Observation', 'valueQuantity')!
    expect(value.name).toBe('value')
    expect(Object.keys(value.properties)).toContain('valueCodeableConcept')
    expect(elementNamed('Observation', 'value')).toBe(value)
  })

  test('inherited elements come first', () => {
    expect(
      elementsOf('Patient')
        .slice(0, 4)
        .map((e) => e.name),
    ).toEqual(['id', 'meta', 'implicitRules', 'language'])
    expect(elementNamed('Patient', 'id')!.types[0]!.code).toBe('id')
  })

  test('a content reference leads to the type it repeats', () => {
    expect(elementNamed('Observation.component', 'referenceRange')!.types[0]!.code).toBe('Observation.referenceRange')
    expect(elementNamed('Questionnaire.item', 'item')!.types[0]!.code).toBe('Questionnaire.item')
  })

  test('every type that an element names exists', () => {
    const unknown = resourceTypes.flatMap((type) =>
      elementsOf(type)
        .filter((element) => element.types.some(({ code }) => typeDefinition(code) === undefined))
        .map((element) => `${type}.${element.name}`),
    )
    expect(unknown).toEqual([])
  })

  test('targets, profiles and cardinality are carried', () => {
    expect(elementNamed('Observation', 'subject')!.types[0]!.targets).toEqual([
      'Patient',
      'Group',
      'Device',
      'Location',
    ])
    expect(elementNamed('Observation.referenceRange', 'low')!.types[0]!.profile).toBe('SimpleQuantity')
    expect(elementNamed('Observation', 'code')!.min).toBe(1)
    expect(elementNamed('Observation', 'component')!.max).toBe(Infinity)
  })

  test('subtypes', () => {
    expect(isSubtypeOf('Patient', 'Resource')).toBe(true)
    expect(isSubtypeOf('Age', 'Quantity')).toBe(true)
    expect(isSubtypeOf('code', 'string')).toBe(true)
    expect(isSubtypeOf('Quantity', 'Age')).toBe(false)
  })

  test('invariants lie where they are evaluated', () => {
    expect(invariantsOf('Observation').map((i) => i.key)).toEqual(['obs-6', 'obs-7'])
    expect(invariantsOf('Patient.contact').map((i) => i.key)).toEqual(['pat-1'])
    expect(invariantsOf('StructureDefinition.snapshot').find((i) => i.key === 'sdf-10')!.element).toBe('element')
    expect(invariantsOf('DomainResource').map((i) => i.key)).toContain('dom-2')
  })

  test('summary elements are those marked and those mandatory', () => {
    const summary = summaryElementsOf('Observation')
    expect(summary.has('value')).toBe(true)
    expect(summary.has('referenceRange')).toBe(false)
  })
})

describe('search parameters', () => {
  test('an expression keeps only what concerns the type', () => {
    expect(searchParameter('Patient', 'birthdate')!.expression).toBe('Patient.birthDate')
    expect(searchParameter('Observation', 'code')!.expression).toBe('Observation.code')
    expect(searchParameter('InsurancePlan', 'name')!.expression).toBe('name | alias')
    expect(searchParameter('Patient', '_lastUpdated')!.expression).toBe('Resource.meta.lastUpdated')
  })

  test('no parameter of a resource type lost its whole expression', () => {
    const without = resourceTypes.flatMap((type) =>
      searchParametersOf(type)
        .filter((parameter) => parameter.expression === '')
        .map((parameter) => parameter.code),
    )
    expect(new Set(without)).toEqual(new Set(['_text', '_content', '_query']))
  })

  test('composites name their parts', () => {
    expect(searchParameter('Observation', 'code-value-quantity')!.components.map((c) => [c.code, c.type])).toEqual([
      ['code', 'token'],
      ['value-quantity', 'quantity'],
    ])
  })

  test('every type has its parameters, and codes are unique within a type', () => {
    const ambiguous = resourceTypes.filter((type) => {
      const codes = searchParametersOf(type).map((parameter) => parameter.code)
      return new Set(codes).size < codes.length
    })
    expect(ambiguous).toEqual([])
  })
})

describe('compartments', () => {
  test('a type belongs to a patient through the parameters of the standard', () => {
    expect(compartmentParameters('Patient', 'Observation')).toEqual(['subject', 'performer'])
    expect(compartmentParameters('Patient', 'Medication')).toEqual([])
    expect(compartmentTypes('Encounter')).toContain('Observation')
  })
})

describe('codes', () => {
  test('a required value set lists codes with their system', () => {
    expect(requiredCodes('http://hl7.org/fhir/ValueSet/administrative-gender')!.get('male')).toBe(
      'http://hl7.org/fhir/administrative-gender',
    )
    expect(requiredCodes('http://hl7.org/fhir/ValueSet/mimetypes')).toBeUndefined()
  })

  test('a complete code system knows its codes', () => {
    const interpretation = codeSystem('http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation')!
    expect(interpretation.has('HH')).toBe(true)
    expect(interpretation.has('nonsense')).toBe(false)
    expect(codeSystem('http://loinc.org')).toBeUndefined()
  })
})
