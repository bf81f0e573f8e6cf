import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { invariantsOf, resourceTypes, typeDefinition } from '#fhir/definitions'
import { compileTest } from '#fhir/fhirpath'
import { validate } from './index.ts'
import { isTranslated } from './invariant-sentences.ts'
import { NATIVE_INVARIANTS } from './native-invariants.ts'
import { RULES } from './rules.ts'

const XHTML = 'http://www.w3.org/1999/xhtml'
const patient = { resourceType: 'Patient', id: 'an', name: [{ family: 'Nguyễn', given: ['Văn', 'An'] }] }
const observation = {
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'Mạch' },
  valueQuantity: { value: 80, unit: '/min' },
}

const CALLED = {
  key: 'bv-1',
  severity: 'error',
  human: 'Không dùng tên gọi ở nhà',
  expression: "name.where(use = 'nickname').empty()",
}

/** `rule at` of everything that is an error. */
const faults = (resource: unknown, options?: Parameters<typeof validate>[1]) =>
  validate(resource, options)
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, at }) => `${rule} ${at ?? ''}`)

test('valid resources have no faults', () => {
  expect(faults(patient)).toEqual([])
  expect(faults(observation)).toEqual([])
})

test('every problem says what, where, and in both languages', () => {
  const [problem] = validate({ ...observation, status: 'xong' })
  expect(problem).toEqual({
    rule: 'FHIR-CODE-1',
    severity: 'error',
    code: 'code-invalid',
    at: 'Observation.status',
    message: {
      vi: 'Mã không thuộc danh mục bắt buộc observation-status',
      en: 'The code is not in the required value set observation-status',
    },
  })
})

describe('structure', () => {
  test.each([
    ['FHIR-STRUCTURE-1 Patient.nickname', { ...patient, nickname: 'Tí' }],
    ['FHIR-STRUCTURE-1 Patient', { ...patient, 'a b': 1 }],
    ['FHIR-STRUCTURE-2 Patient.name', { ...patient, name: { family: 'Nguyễn' } }],
    ['FHIR-STRUCTURE-2 Patient.birthDate', { ...patient, birthDate: ['1950-01-01'] }],
    ['FHIR-STRUCTURE-2 Patient.name[0].family', { ...patient, name: [{ family: 7 }] }],
    ['FHIR-STRUCTURE-2 Patient.active', { ...patient, active: 'true' }],
    ['FHIR-STRUCTURE-3 Patient.name', { ...patient, name: [] }],
    ['FHIR-STRUCTURE-3 Patient.name[0]', { ...patient, name: [{}] }],
    ['FHIR-STRUCTURE-3 Patient.name[0]', { ...patient, name: [{ id: 'a' }] }],
    ['FHIR-STRUCTURE-3 Patient.name[0].family', { ...patient, name: [{ family: '' }] }],
    ['FHIR-STRUCTURE-4 Patient.birthDate', { ...patient, birthDate: null }],
    ['FHIR-STRUCTURE-4 Patient.name[0].given[1]', { ...patient, name: [{ given: ['Văn', null] }] }],
    ['FHIR-STRUCTURE-5 Patient.name[0].given', { ...patient, name: [{ given: ['An'], _given: [null, { id: 'b' }] }] }],
    ['FHIR-STRUCTURE-6 resourceType', { resourceType: 'Person2' }],
    ['FHIR-STRUCTURE-6 resourceType', { resourceType: 'Resource' }],
    ['FHIR-STRUCTURE-7 ', {}],
    ['FHIR-STRUCTURE-7 ', []],
    [
      'FHIR-STRUCTURE-9 Patient.contact[0].id',
      { ...patient, name: [{ id: 'x', text: 'An' }], contact: [{ id: 'x', name: { text: 'B' } }] },
    ],
    ['FHIR-CARDINALITY-1 Observation', { resourceType: 'Observation', status: 'final' }],
    ['FHIR-CHOICE-1 Observation.value', { ...observation, valueString: 'cao' }],
  ])('%s', (expected, resource) => {
    expect(faults(resource)).toEqual([expected])
  })

  test('a primitive may have only extensions, and lists fill their gaps with null', () => {
    const extension = [{ url: 'http://example.vn/x', valueString: 'y' }]
    expect(faults({ ...patient, _birthDate: { extension } })).toEqual([])
    expect(faults({ ...patient, name: [{ given: [null, 'An'], _given: [{ extension }, null] }] })).toEqual([])
    expect(faults({ ...observation, valueQuantity: undefined, valueString: 'a', _valueString: { id: 'b' } })).toEqual(
      [],
    )
  })

  test('nesting deeper than can be checked is refused, once', () => {
    let extension: object = { url: 'x', valueString: 'y' }
    for (let depth = 0; depth < 20_000; depth++) extension = { url: 'x', extension: [extension] }
    expect(faults({ ...patient, extension: [extension] }).filter((f) => f.startsWith('FHIR-STRUCTURE-8'))).toHaveLength(
      1,
    )
  })

  test('thousands of faults are cut short', () => {
    const name = Array.from({ length: 5000 }, () => ({ wrong: 1 }))
    const found = validate({ resourceType: 'Patient', name })
    expect(found.length).toBeLessThan(300)
    expect(found.at(-1)!.rule).toBe('FHIR-STRUCTURE-10')
  })
})

describe('primitives', () => {
  const dated = (birthDate: string) => faults({ ...patient, birthDate })
  const timed = (effectiveDateTime: string) => faults({ ...observation, effectiveDateTime })

  test.each(['1950', '1950-02', '1950-02-28', '2024-02-29'])('date %s', (date) => expect(dated(date)).toEqual([]))
  test.each(['50', '1950-2', '1950-13', '2023-02-29', '2026-04-31', '1950-02-28T10:00:00Z', '0000', '28/02/1950'])(
    'no date: %s',
    (date) => expect(dated(date)).toHaveLength(1),
  )
  test.each(['2026-01-05T08:00:00+07:00', '2026-01-05T08:00:00.123Z', '2026-01'])('dateTime %s', (time) =>
    expect(timed(time)).toEqual([]),
  )
  test.each([
    '2026-01-05T08:00:00',
    '2026-01-05T08:00Z',
    '2026-01-05T24:00:00Z',
    '2026-01-05 08:00:00Z',
    '2026-02-30T08:00:00Z',
  ])('no dateTime: %s', (time) => expect(timed(time)).toHaveLength(1))

  test.each([
    ['Patient.id', { ...patient, id: 'có dấu' }],
    ['Patient.id', { ...patient, id: 'a'.repeat(65) }],
    ['Patient.multipleBirth', { ...patient, multipleBirthInteger: 1.5 }],
    ['Patient.multipleBirth', { ...patient, multipleBirthInteger: 2 ** 31 }],
    ['Patient.telecom[0].rank', { ...patient, telecom: [{ rank: 0 }] }],
    ['Patient.photo[0].data', { ...patient, photo: [{ contentType: 'image/png', data: '%%%2@()()' }] }],
    ['Patient.photo[0].data', { ...patient, photo: [{ contentType: 'image/png', data: 'YQ' }] }],
    ['Patient.implicitRules', { ...patient, implicitRules: 'a b' }],
    ['Patient.identifier[0].system', { ...patient, identifier: [{ system: 'urn:oid:9.9', value: '1' }] }],
    ['Patient.identifier[0].system', { ...patient, identifier: [{ system: 'urn:uuid:12', value: '1' }] }],
    ['Patient.language', { ...patient, language: ' vi' }],
  ])('%s is refused', (at, resource) => {
    expect(faults(resource)).toEqual([`FHIR-PRIMITIVE-1 ${at}`])
  })

  test('control characters and endless strings are refused', () => {
    expect(faults({ ...patient, name: [{ text: 'a\u0000b' }] })).toEqual(['FHIR-PRIMITIVE-4 Patient.name[0].text'])
    expect(faults({ ...patient, name: [{ text: 'á'.repeat(600_000) }] })).toEqual([
      'FHIR-PRIMITIVE-3 Patient.name[0].text',
    ])
  })

  test('white space in base64 is allowed, and takes no time to read', () => {
    const data = `YWJj${'\n'.repeat(50)}`.repeat(2000)
    const from = performance.now()
    expect(faults({ ...patient, photo: [{ contentType: 'image/png', data }] })).toEqual([])
    expect(faults({ ...patient, photo: [{ contentType: 'image/png', data: `${data}Y` }] })).toHaveLength(1)
    expect(performance.now() - from).toBeLessThan(5000)
  })
})

describe('codes', () => {
  test('a concept with a required binding needs a code of the value set', () => {
    const allergy = { resourceType: 'AllergyIntolerance', patient: { reference: 'Patient/an' } }
    const status = (clinicalStatus: object) => faults({ ...allergy, clinicalStatus })
    const system = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical'
    expect(status({ coding: [{ system, code: 'active' }] })).toEqual([])
    expect(status({ text: 'đang' })).toEqual(['FHIR-CODE-3 AllergyIntolerance.clinicalStatus'])
    expect(status({ coding: [{ system: 'http://example.vn', code: 'active' }] })).toEqual([
      'FHIR-CODE-3 AllergyIntolerance.clinicalStatus',
    ])
  })

  test('codes of R4 systems must exist, codes that v2 and v3 tables lack are doubtful', () => {
    const coded = (system: string) => validate({ ...observation, method: { coding: [{ system, code: 'nonsense' }] } })
    expect(coded('http://hl7.org/fhir/resource-types')[0]).toMatchObject({ rule: 'FHIR-CODE-2', severity: 'error' })
    expect(coded('http://terminology.hl7.org/CodeSystem/v3-ObservationMethod')[0]!.severity).toBe('warning')
    expect(coded('http://loinc.org')).toEqual([])
    expect(coded('local')[0]!.rule).toBe('FHIR-CODE-4')
    expect(coded('http://hl7.org/fhir/ValueSet/observation-status')[0]!.rule).toBe('FHIR-CODE-5')
  })

  test("the hospital's own code systems are consulted where they are found", () => {
    const system = {
      resourceType: 'CodeSystem',
      content: 'complete',
      concept: [{ code: 'A', concept: [{ code: 'B' }] }],
    }
    const coded = (code: string) =>
      faults({ ...observation, method: { coding: [{ system: 'urn:x:kho', code }] } }, { find: () => system })
    expect(coded('B')).toEqual([])
    expect(coded('C')).toEqual(['FHIR-CODE-2 Observation.method.coding[0].code'])
  })
})

describe('profiles at hand', () => {
  const NAME = 'https://benhvien.example/StructureDefinition/'
  const NOI_TRU = `${NAME}benh-nhan-noi-tru`
  const definition = (name: string, type: string, element: object[], more: object = {}) => ({
    resourceType: 'StructureDefinition',
    url: `${NAME}${name}`,
    type,
    derivation: 'constraint',
    baseDefinition: `http://hl7.org/fhir/StructureDefinition/${type}`,
    differential: { element },
    ...more,
  })
  const MA_BA = 'https://benhvien.example/ma-benh-an'
  const known: Record<string, object> = {
    [NOI_TRU]: definition('benh-nhan-noi-tru', 'Patient', [
      { id: 'Patient', path: 'Patient', constraint: [CALLED] },
      { id: 'Patient.birthDate', path: 'Patient.birthDate', min: 1 },
      { id: 'Patient.telecom', path: 'Patient.telecom', max: '1' },
      { id: 'Patient.telecom.system', path: 'Patient.telecom.system', fixedCode: 'phone' },
      { id: 'Patient.deceased[x]', path: 'Patient.deceased[x]', type: [{ code: 'dateTime' }] },
      { id: 'Patient.name.text', path: 'Patient.name.text', maxLength: 10 },
      {
        id: 'Patient.identifier',
        path: 'Patient.identifier',
        slicing: { discriminator: [{ type: 'value', path: 'system' }], rules: 'open' },
      },
      { id: 'Patient.identifier:benhAn', path: 'Patient.identifier', sliceName: 'benhAn', min: 1, max: '1' },
      { id: 'Patient.identifier:benhAn.system', path: 'Patient.identifier.system', fixedUri: MA_BA },
      { id: 'Patient.identifier:benhAn.value', path: 'Patient.identifier.value', min: 1 },
      {
        id: 'Patient.maritalStatus',
        path: 'Patient.maritalStatus',
        binding: { strength: 'required', valueSet: `${NAME}hon-nhan|1` },
      },
      {
        id: 'Patient.generalPractitioner',
        path: 'Patient.generalPractitioner',
        type: [
          { code: 'Reference', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Practitioner', `${NAME}khoa`] },
        ],
      },
    ]),
    [`${NAME}khoa`]: definition('khoa', 'Organization', []),
    [`${NAME}hon-nhan|1`]: {
      resourceType: 'ValueSet',
      compose: {
        include: [{ system: 'urn:x:hon-nhan', filter: [{ property: 'concept', op: 'is-a', value: 'co' }] }],
        exclude: [{ system: 'urn:x:hon-nhan', concept: [{ code: 'cu' }] }],
      },
    },
    'urn:x:hon-nhan': {
      resourceType: 'CodeSystem',
      content: 'complete',
      concept: [{ code: 'co', concept: [{ code: 'moi' }, { code: 'cu' }] }, { code: 'khong' }],
    },
    [`${NAME}so-buong`]: definition(
      'so-buong',
      'Extension',
      [
        { id: 'Extension.extension', path: 'Extension.extension', max: '0' },
        { id: 'Extension.value[x]', path: 'Extension.value[x]', min: 1, type: [{ code: 'string' }] },
      ],
      { context: [{ type: 'element', expression: 'Patient' }] },
    ),
  }
  const inpatient = {
    ...patient,
    meta: { profile: [NOI_TRU] },
    birthDate: '1950-02-28',
    identifier: [{ system: MA_BA, value: '1' }, { value: '2' }],
  }
  const found = (resource: object) => faults(resource, { find: (canonical) => known[canonical] })

  test('what a profile asks for is enough', () => {
    expect(found(inpatient)).toEqual([])
    expect(faults({ ...inpatient, birthDate: undefined })).toEqual([])
  })

  test.each([
    ['FHIR-PROFILE-1 Observation', { ...observation, meta: { profile: [NOI_TRU] } }],
    ['FHIR-PROFILE-2 Patient', { ...inpatient, birthDate: undefined }],
    ['FHIR-PROFILE-2 Patient', { ...inpatient, identifier: [{ value: '2' }] }],
    ['FHIR-PROFILE-2 Patient.identifier[0]', { ...inpatient, identifier: [{ system: MA_BA }] }],
    ['FHIR-PROFILE-3 Patient', { ...inpatient, identifier: [1, 2].map((n) => ({ system: MA_BA, value: `${n}` })) }],
    ['FHIR-PROFILE-3 Patient', { ...inpatient, telecom: [1, 2].map((n) => ({ system: 'phone', value: `${n}` })) }],
    ['FHIR-PROFILE-4 Patient.telecom[0].system', { ...inpatient, telecom: [{ system: 'fax', value: '1' }] }],
    ['FHIR-PROFILE-5 Patient.deceased', { ...inpatient, deceasedBoolean: true }],
    ['FHIR-PROFILE-7 Patient', { ...inpatient, name: [{ text: 'An', use: 'nickname' }] }],
    ['FHIR-PROFILE-8 Patient.name[0].text', { ...inpatient, name: [{ text: 'Nguyễn Văn An' }] }],
    ['FHIR-REFERENCE-1 Patient.generalPractitioner[0]', toSeeA('PractitionerRole/a')],
    ['FHIR-CODE-3 Patient.maritalStatus', married('khong')],
    ['FHIR-CODE-3 Patient.maritalStatus', married('cu')],
  ])('%s', (expected, resource) => expect(found(resource)).toEqual([expected]))

  function married(code: string) {
    return { ...inpatient, maritalStatus: { coding: [{ system: 'urn:x:hon-nhan', code }] } }
  }
  function toSeeA(reference: string) {
    return { ...inpatient, generalPractitioner: [{ reference }] }
  }

  test('codes of the bound value set and targets of the profile are accepted', () => {
    expect(found(married('moi'))).toEqual([])
    expect(found(toSeeA('Organization/a'))).toEqual([])
    expect(found(toSeeA('Practitioner/a'))).toEqual([])
  })

  test('an extension is held to its definition wherever it stands', () => {
    const extension = [{ url: `${NAME}so-buong`, valueString: '12' }]
    expect(found({ ...patient, extension })).toEqual([])
    expect(found({ ...observation, extension })).toEqual(['FHIR-EXTENSION-4 Observation.extension[0]'])
    expect(found({ ...patient, modifierExtension: extension })).toEqual([
      'FHIR-EXTENSION-2 Patient.modifierExtension[0]',
    ])
    expect(found({ ...patient, extension: [{ url: `${NAME}so-buong`, valueCode: 'a' }] })).toEqual([
      'FHIR-PROFILE-5 Patient.extension[0].value',
    ])
  })

  test('profiles of the standard need not be found', () => {
    const bp = 'http://hl7.org/fhir/StructureDefinition/bp'
    expect(faults({ ...observation, meta: { profile: [bp] } })).toContain('FHIR-PROFILE-2 Observation')
    expect(faults(observation, { profiles: [bp] })).toContain('FHIR-PROFILE-2 Observation')
  })

  test('slices may be told apart by profile, and one of several profiles is enough', () => {
    const adult = `${NAME}nguoi-lon`
    known[adult] = definition('nguoi-lon', 'Patient', [{ path: 'Patient.birthDate', min: 1 }])
    const both = { code: 'Patient', profile: [adult, `${NAME}co-ten`] }
    known[`${NAME}co-ten`] = definition('co-ten', 'Patient', [{ path: 'Patient.name', min: 1 }])
    known[`${NAME}goi`] = definition('goi', 'Bundle', [
      { path: 'Bundle.entry', slicing: { discriminator: [{ type: 'profile', path: 'resource' }], rules: 'closed' } },
      { path: 'Bundle.entry', sliceName: 'nguoiLon', min: 1 },
      { id: 'Bundle.entry:nguoiLon.resource', path: 'Bundle.entry.resource', type: [{ ...both, profile: [adult] }] },
      { path: 'Bundle.entry', sliceName: 'benhNhan', min: 0 },
      { id: 'Bundle.entry:benhNhan.resource', path: 'Bundle.entry.resource', type: [both] },
    ])
    const bundle = (...resources: object[]) => ({
      resourceType: 'Bundle',
      meta: { profile: [`${NAME}goi`] },
      type: 'collection',
      entry: resources.map((resource) => ({ resource })),
    })
    const born = { resourceType: 'Patient', birthDate: '1950' }
    expect(found(bundle(born, patient))).toEqual([])
    expect(found(bundle(patient))).toEqual(['FHIR-PROFILE-2 Bundle'])
    expect(found(bundle(born, { resourceType: 'Patient', gender: 'male' }))).toEqual(['FHIR-PROFILE-6 Bundle.entry[1]'])
  })

  test('profiles that ask themselves of all they slice take no time', () => {
    const slice = (n: number) => ({
      id: `Extension.extension:s${n}`,
      path: 'Extension.extension',
      sliceName: `s${n}`,
      type: [{ code: 'Extension', profile: [`${NAME}vo-tan`] }],
    })
    known[`${NAME}vo-tan`] = definition('vo-tan', 'Extension', [
      {
        path: 'Extension.extension',
        slicing: { discriminator: [{ type: 'profile', path: '$this' }], rules: 'open' },
      },
      ...Array.from({ length: 30 }, (_, n) => slice(n)),
    ])
    let extension: object = { url: `${NAME}vo-tan`, valueString: 'a' }
    for (let n = 0; n < 12; n++) extension = { url: `${NAME}vo-tan`, extension: [extension] }
    const from = performance.now()
    expect(found({ ...patient, extension: [extension] })).toContainEqual(expect.stringMatching(/^FHIR-STRUCTURE-8/))
    expect(performance.now() - from).toBeLessThan(5000)
  })

  test('profiles that name each other end', () => {
    const circle = (name: string, base: string) => definition(name, 'Patient', [], { baseDefinition: `${NAME}${base}` })
    known[`${NAME}a`] = circle('a', 'b')
    known[`${NAME}b`] = circle('b', 'a')
    expect(found({ ...patient, meta: { profile: [`${NAME}a`] } })).toEqual([])
  })
})

describe('references', () => {
  const about = (subject: object, more: object = {}) => faults({ ...observation, ...more, subject })

  test.each([
    { reference: 'Patient/an' },
    { reference: 'Patient/an/_history/2' },
    { reference: 'https://fhir.example.vn/R4/Group/g' },
    { reference: 'Patient?identifier=http://example.vn|1' },
    { reference: 'urn:uuid:6a2ee390-978e-42c6-8f88-c17dff3bd8a3' },
    { identifier: { value: '1' } },
    { display: 'Nguyễn Văn An' },
  ])('%o is allowed', (reference) => expect(about(reference)).toEqual([]))

  test.each([
    ['FHIR-REFERENCE-1 Observation.subject', { reference: 'Practitioner/b' }],
    ['FHIR-REFERENCE-1 Observation.subject', { reference: 'https://fhir.example.vn/Organization/o' }],
    ['FHIR-REFERENCE-1 Observation.subject', { type: 'Practitioner', identifier: { value: '1' } }],
    ['FHIR-REFERENCE-2 Observation.subject.reference', { reference: 'Chicken/c' }],
    ['FHIR-REFERENCE-3 Observation.subject', { reference: 'Patient/an', type: 'Group' }],
    ['FHIR-REFERENCE-4 Observation.subject.reference', { reference: 'ht tp://x/y' }],
    ['ref-1 Observation.subject.reference', { reference: '#an' }],
  ])('%s', (expected, reference) => expect(about(reference)).toEqual([expected]))

  test('contained resources are found, are of an allowed type, and are referred to', () => {
    const contained = (type: string) => [{ resourceType: type, id: 'an', name: [{ text: 'An' }] }]
    expect(about({ reference: '#an' }, { contained: contained('Patient') })).toEqual([])
    expect(about({ reference: '#an' }, { contained: contained('Practitioner') })).toEqual([
      'FHIR-REFERENCE-1 Observation.subject',
    ])
    expect(about({ reference: 'Patient/an' }, { contained: contained('Patient') })).toEqual(['dom-3 Observation'])
  })
})

describe('extensions', () => {
  const extended = (extension: object) => faults({ ...patient, extension: [extension] })

  test.each([
    ['ext-1 Patient.extension[0]', { url: 'http://example.vn/x' }],
    ['ext-1 Patient.extension[0]', { url: 'http://x.vn/x', valueCode: 'a', extension: [{ url: 'b', valueCode: 'c' }] }],
    ['FHIR-CARDINALITY-1 Patient.extension[0]', { valueCode: 'a' }],
    ['FHIR-EXTENSION-1 Patient.extension[0].url', { url: 'x', valueCode: 'a' }],
    [
      'FHIR-EXTENSION-3 Patient.extension[0]',
      { url: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace', valueCode: 'a' },
    ],
    [
      'FHIR-EXTENSION-4 Patient.extension[0]',
      { url: 'http://hl7.org/fhir/StructureDefinition/humanname-own-name', valueString: 'a' },
    ],
    [
      'FHIR-EXTENSION-2 Patient.extension[0]',
      { url: 'http://hl7.org/fhir/StructureDefinition/request-doNotPerform', valueBoolean: true },
    ],
  ])('%s', (expected, extension) => expect(extended(extension)[0]).toBe(expected))

  test('an extension of the standard may stand where its context says, within a data type too', () => {
    const extension = [{ url: 'http://hl7.org/fhir/StructureDefinition/humanname-own-name', valueString: 'Nguyễn' }]
    expect(faults({ ...patient, name: [{ family: 'Nguyễn', _family: { extension } }] })).toEqual([])
  })
})

describe('narrative', () => {
  const told = (div: string) => faults({ ...patient, text: { status: 'generated', div } })

  test.each([
    `<div xmlns="${XHTML}"><p style="color:red">Bệnh nhân &amp; người nhà &#160; <br/></p><!-- x --></div>`,
    `<div xmlns='${XHTML}'><img src="#a" alt="ảnh"/></div>`,
  ])('%s', (div) => expect(told(div)).toEqual([]))

  test.each([
    ['txt-1', `<div xmlns="${XHTML}"><script>alert(1)</script></div>`],
    ['txt-1', `<div xmlns="${XHTML}"><p onclick="x()">a</p></div>`],
    ['txt-1', `<div xmlns="${XHTML}"><a href="javascript:x()">a</a></div>`],
    ['txt-1', `<div xmlns="${XHTML}"><form>a</form></div>`],
    ['FHIR-NARRATIVE-1', '<div>a</div>'],
    ['FHIR-NARRATIVE-1', `<div xmlns="${XHTML}"><p>a</div>`],
    ['FHIR-NARRATIVE-1', `<div xmlns="${XHTML}">a & b</div>`],
    ['FHIR-NARRATIVE-1', `<div xmlns="${XHTML}">a < b</div>`],
    ['FHIR-NARRATIVE-1', `<div xmlns="${XHTML}">a</div><div>b</div>`],
    ['FHIR-NARRATIVE-1', `<p xmlns="${XHTML}">a</p>`],
    ['FHIR-NARRATIVE-1', 'a'],
  ])('%s: %s', (rule, div) => expect(told(div)).toEqual([`${rule} Patient.text.div`]))

  test('an unfinished tag takes no time', () => {
    const from = performance.now()
    expect(told(`<div xmlns="${XHTML}"><p ${'a="b" '.repeat(50_000)}`)).toHaveLength(1)
    expect(told(`<div xmlns="${XHTML}">${'<p '.repeat(50_000)}`)).toHaveLength(1)
    expect(performance.now() - from).toBeLessThan(5000)
  })
})

describe('bundles', () => {
  const entry = (fullUrl: string | undefined, resource: object) => ({ fullUrl, resource })
  const bundle = (more: object) => faults({ resourceType: 'Bundle', type: 'collection', ...more })

  test('full addresses are absolute and told apart', () => {
    const uuid = 'urn:uuid:6a2ee390-978e-42c6-8f88-c17dff3bd8a3'
    expect(bundle({ entry: [entry(uuid, patient)] })).toEqual([])
    expect(bundle({ entry: [entry('Patient/an', patient)] })).toEqual(['FHIR-BUNDLE-1 Bundle.entry[0].fullUrl'])
    const twice = { type: 'searchset', entry: [entry(uuid, patient), entry(uuid, patient)] }
    expect(bundle(twice)).toEqual(['bdl-7 Bundle'])
  })

  test('requests stand in transactions only', () => {
    const request = { method: 'POST', url: 'Patient' }
    expect(bundle({ type: 'transaction', entry: [{ resource: patient, request }] })).toEqual([])
    expect(bundle({ type: 'transaction', entry: [{ resource: patient }] })).toEqual(['bdl-3 Bundle'])
    expect(bundle({ entry: [{ resource: patient, request }] })).toEqual(['bdl-3 Bundle'])
  })

  test('references to other entries are checked for their type', () => {
    const uuid = 'urn:uuid:6a2ee390-978e-42c6-8f88-c17dff3bd8a3'
    const doctor = { resourceType: 'Practitioner', name: [{ text: 'Bình' }] }
    const about = { ...observation, subject: { reference: uuid } }
    expect(bundle({ entry: [entry(uuid, doctor), entry(undefined, about)] })).toEqual([
      'FHIR-REFERENCE-1 Bundle.entry[1].resource.subject',
    ])
  })

  test('a search result has ids, one self link, and matches of the type searched for', () => {
    const link = [{ relation: 'self', url: 'https://x.vn/fhir/Patient?name=an' }]
    const found = (resource: object) =>
      bundle({ type: 'searchset', link, entry: [{ resource, search: { mode: 'match' } }] })
    expect(found(patient)).toEqual([])
    expect(found({ ...patient, id: undefined })).toContain('FHIR-BUNDLE-5 Bundle.entry[0].resource')
    expect(found({ ...observation, id: 'o' })).toEqual(['FHIR-BUNDLE-6 Bundle.entry[0].resource'])
    expect(bundle({ type: 'searchset', link: [...link, ...link] })).toEqual(['FHIR-BUNDLE-4 Bundle.link[1]'])
  })

  test('what a document is composed of is in it', () => {
    const composition = {
      resourceType: 'Composition',
      status: 'final',
      type: { text: 'Tóm tắt' },
      date: '2026-01-05',
      title: 'Tóm tắt bệnh án',
      author: [{ reference: 'Practitioner/b' }],
      subject: { reference: 'Patient/an' },
    }
    const document = {
      type: 'document',
      identifier: { system: 'urn:x:so', value: '1' },
      timestamp: '2026-01-05T08:00:00Z',
      entry: [entry('https://x.vn/fhir/Composition/c', composition), entry('https://x.vn/fhir/Patient/an', patient)],
    }
    expect(bundle(document)).toEqual(['FHIR-BUNDLE-3 Bundle.entry[0].resource.author[0]'])
  })
})

describe('rules of the standard', () => {
  test.each([
    ['obs-6 Observation', { ...observation, dataAbsentReason: { text: 'không đo' } }],
    ['obs-3 Observation.referenceRange[0]', { ...observation, referenceRange: [{ age: { low: { value: 1 } } }] }],
    ['qty-3 Observation.value', { ...observation, valueQuantity: { value: 1, code: 'mg' } }],
    [
      'sqty-1 Observation.referenceRange[0].low.comparator',
      { ...observation, referenceRange: [{ low: { value: 1, comparator: '<' } }] },
    ],
    ['per-1 Patient.address[0].period', { ...patient, address: [{ period: { start: '2026-02', end: '2026-01' } }] }],
    ['cpt-2 Patient.telecom[0]', { ...patient, telecom: [{ value: '0901' }] }],
    ['pat-1 Patient.contact[0]', { ...patient, contact: [{ gender: 'male' }] }],
    [
      'org-3 Organization.telecom',
      { resourceType: 'Organization', name: 'BV', telecom: [{ system: 'phone', value: '1', use: 'home' }] },
    ],
    ['org-1 Organization', { resourceType: 'Organization', active: true }],
    [
      'dom-2 Observation',
      {
        ...observation,
        contained: [{ resourceType: 'Patient', id: 'a', contained: [patient] }],
        subject: { reference: '#a' },
      },
    ],
  ])('%s', (expected, resource) => expect(faults(resource)).toContain(expected))

  test('imprecise times are not held against a period', () => {
    const during = (period: object) => faults({ ...patient, address: [{ period }] })
    expect(during({ start: '2026-01', end: '2026-01-05' })).toEqual([])
    expect(during({ start: '2026-01-05', end: '2026-01-05T08:00:00+07:00' })).toEqual([])
    expect(during({ start: '2026-01-05T09:00:00+07:00', end: '2026-01-05T03:00:00Z' })).toEqual([])
    expect(during({ start: '2026-01-05T11:00:00+07:00', end: '2026-01-05T03:00:00Z' })).toHaveLength(1)
  })

  const types = new Set<string>(resourceTypes)
  for (const type of types) {
    for (const element of typeDefinition(type)?.elements ?? []) for (const { code } of element.types) types.add(code)
  }
  const rules = [...types].flatMap((type) => invariantsOf(type).map((invariant) => ({ type, ...invariant })))

  test('each is compiled from its FHIRPath or written as a function', () => {
    const missing = rules.filter(({ type, key, expression, element }) => {
      if (key in NATIVE_INVARIANTS || key.startsWith('txt-')) return false
      return (
        typeof compileTest(element === undefined ? expression : `${element}.all(${expression})`, type) !== 'function'
      )
    })
    expect(missing).toEqual([])
  })

  test('each has a Vietnamese sentence', () => {
    expect(rules.filter((rule) => rule.key !== 'dom-6' && !isTranslated(rule))).toEqual([])
  })
})

describe('forms', () => {
  const questionnaire = {
    resourceType: 'Questionnaire',
    url: 'http://example.vn/phieu',
    status: 'active',
    item: [
      { linkId: 'hut-thuoc', type: 'boolean', required: true },
      {
        linkId: 'so-dieu',
        type: 'integer',
        required: true,
        enableWhen: [{ question: 'hut-thuoc', operator: '=', answerBoolean: true }],
        extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/maxValue', valueInteger: 100 }],
      },
      { linkId: 'mau', type: 'choice', answerOption: [{ valueCoding: { code: 'A' } }, { valueCoding: { code: 'B' } }] },
      { linkId: 'ghi-chu', type: 'string', maxLength: 5 },
    ],
  }
  const form = (item: object[], status = 'completed') =>
    faults(
      { resourceType: 'QuestionnaireResponse', status, questionnaire: questionnaire.url, item },
      { find: () => questionnaire },
    )
  const answer = (linkId: string, ...answers: object[]) => ({ linkId, answer: answers })
  const smokes = answer('hut-thuoc', { valueBoolean: true })
  const smokesNot = answer('hut-thuoc', { valueBoolean: false })

  test('questions that are asked and required must be answered before the form is handed in', () => {
    expect(form([smokesNot])).toEqual([])
    expect(form([smokes])).toEqual(['FHIR-FORM-3 QuestionnaireResponse'])
    expect(form([smokes], 'in-progress')).toEqual([])
    expect(form([smokes, answer('so-dieu', { valueInteger: 10 })])).toEqual([])
  })

  test.each([
    ['FHIR-FORM-1', answer('la', { valueString: 'x' })],
    ['FHIR-FORM-4', answer('ghi-chu', { valueString: 'a' }, { valueString: 'b' })],
    ['FHIR-FORM-5', answer('ghi-chu', { valueInteger: 1 })],
    ['FHIR-FORM-6', answer('mau', { valueCoding: { code: 'C' } })],
    ['FHIR-FORM-7', answer('ghi-chu', { valueString: 'dài quá' })],
    ['FHIR-FORM-8', answer('so-dieu', { valueInteger: 101 })],
  ])('%s', (rule, item) => {
    expect(form([smokesNot, item]).map((fault) => fault.split(' ')[0])).toEqual([rule])
  })
})

describe('hostile input', () => {
  const seeds = [patient, observation, { resourceType: 'Bundle', type: 'batch', entry: [{ resource: patient }] }]

  test('anything at all is answered, never thrown at', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), fc.constantFrom(...seeds), (value, seed) => {
        validate(value)
        for (const key of Object.keys(seed)) validate({ ...seed, [key]: value })
        validate({ ...seed, contained: [value], extension: value, meta: value, text: value })
      }),
      { numRuns: 300 },
    )
  })

  test('names of built-in properties are unknown elements', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect(faults(JSON.parse(`{"resourceType":"Patient","${name}":1}`))).toHaveLength(1)
      expect(faults({ resourceType: name })).toHaveLength(1)
    }
  })
})

describe('size', () => {
  const count = 10_000
  const numbered = <T>(make: (n: number) => T) => Array.from({ length: count }, (_, n) => make(n))
  const element = (n: number) => ({ id: `e${n}`, path: n === 0 ? 'Patient' : `Patient.name.x${n}` })
  const described = { definition: 'a', min: 0, max: '1', base: { path: 'a', min: 0, max: '1' } }

  test.each([
    [
      'definitions',
      {
        resourceType: 'StructureDefinition',
        url: 'http://x.vn/s',
        name: 'A',
        status: 'active',
        kind: 'resource',
        abstract: false,
        type: 'Patient',
        snapshot: { element: numbered((n) => ({ ...element(n), ...described })) },
        differential: { element: numbered(element) },
      },
    ],
    [
      'code systems',
      {
        resourceType: 'CodeSystem',
        status: 'active',
        content: 'complete',
        concept: numbered((n) => ({ code: `c${n}` })),
      },
    ],
    [
      'questionnaires',
      { resourceType: 'Questionnaire', status: 'active', item: numbered((n) => ({ linkId: `q${n}`, type: 'string' })) },
    ],
    [
      'bundles',
      {
        resourceType: 'Bundle',
        type: 'collection',
        entry: numbered((n) => ({ fullUrl: `urn:x:${n}`, resource: patient })),
      },
    ],
    [
      'contained resources',
      {
        resourceType: 'Patient',
        contained: numbered((n) => ({ resourceType: 'Organization', id: `o${n}`, name: 'A' })),
        generalPractitioner: numbered((n) => ({ reference: `#o${n}` })),
      },
    ],
  ])('large %s take time in proportion, not more', (_, resource) => {
    const from = performance.now()
    validate(resource)
    expect(performance.now() - from).toBeLessThan(5000)
  })

  test('one object met again and again does not take for ever', () => {
    let extension: object = { url: 'a', valueString: 'b' }
    for (let depth = 0; depth < 60; depth++) extension = { url: 'a', extension: [extension, extension] }
    expect(faults({ ...patient, extension: [extension] }).some((fault) => fault.startsWith('FHIR-STRUCTURE-8'))).toBe(
      true,
    )
  }, 30_000)
})

const naughty = new URL('../../../shared/data/naughty-strings/', import.meta.url)

test.skipIf(!existsSync(naughty))(
  'naughty strings are text like any other (skipped where the data is not here)',
  () => {
    const lists = readdirSync(naughty).filter((name) => name.endsWith('.json'))
    const strings = lists.flatMap((name) => JSON.parse(readFileSync(new URL(name, naughty), 'utf8')) as unknown)
    const texts = strings.filter((each): each is string => typeof each === 'string' && each !== '')
    expect(texts.length).toBeGreaterThan(100)
    const refused = texts.filter((text) => faults({ ...patient, name: [{ text }] }).length > 0)
    expect(refused.every((text) => /\p{Cc}/u.test(text))).toBe(true)
    for (const text of texts) {
      expect(
        Array.isArray(
          validate({ ...patient, id: text, birthDate: text, [text]: text, text: { status: text, div: text } }),
        ),
      ).toBe(true)
    }
  },
)

test('every rule speaks both languages', () => {
  for (const { say } of Object.values(RULES)) {
    const { vi, en } = say({ name: 'a', expected: 'b', found: 'c' })
    expect(vi).not.toBe('')
    expect(en).not.toBe('')
    expect(`${vi}${en}`).not.toContain('undefined')
  }
})

test('every rule is explained in docs/rules', () => {
  const explained = readFileSync(new URL('../../docs/rules/fhir-validation.md', import.meta.url), 'utf8')
  expect(Object.keys(RULES).filter((id) => !explained.includes(`| ${id} `))).toEqual([])
})
