import { describe, expect, test } from 'vitest'
import { found, type Resource } from './search-world.ts'

const LOINC = 'http://loinc.org'
const UCUM = 'http://unitsofmeasure.org'

const patient: Resource = {
  resourceType: 'Patient',
  id: 'p1',
  meta: {
    profile: ['http://example.org/fhir/StructureDefinition/nguoi-benh|1.0'],
    tag: [{ system: 'urn:tag', code: 'demo' }],
    lastUpdated: '2024-05-05T05:05:05.123Z',
    source: 'urn:hospital:his',
  },
  active: true,
  identifier: [
    {
      system: 'urn:sid:national',
      value: '001090000123',
      type: { coding: [{ system: 'urn:id-type', code: 'NI' }], text: 'Căn cước công dân' },
    },
    { value: 'LOCAL-7' },
  ],
  name: [{ family: 'Nguyễn', given: ['Văn', 'Á'], text: 'Nguyễn Văn Á' }],
  telecom: [
    { system: 'phone', value: '+84 901 234 567' },
    { system: 'email', value: 'A.Nguyen@Example.org' },
  ],
  gender: 'male',
  birthDate: '1990-02-28',
  address: [{ line: ['12 Phố Huế'], district: 'Hai Bà Trưng', city: 'Hà Nội', postalCode: '100000' }],
  generalPractitioner: [{ reference: 'Practitioner/dr' }],
  managingOrganization: { reference: 'Organization/o1' },
  deceasedBoolean: false,
}
const other: Resource = {
  resourceType: 'Patient',
  id: 'p2',
  name: [{ family: "O'Brien-Smith", given: ['Mary'], prefix: ['Dr.'] }],
  gender: 'female',
  deceasedDateTime: '2023-12-31T23:30:00+07:00',
}
const organization: Resource = {
  resourceType: 'Organization',
  id: 'o1',
  name: 'Bệnh viện Đa khoa',
  partOf: { reference: 'Organization/o2' },
}
const parent: Resource = { resourceType: 'Organization', id: 'o2', name: 'Sở Y tế' }
const doctor: Resource = { resourceType: 'Practitioner', id: 'dr', name: [{ text: 'Trần Thị Hòa' }] }
const pulse: Resource = {
  resourceType: 'Observation',
  id: 'pulse',
  status: 'final',
  category: [{ coding: [{ system: 'urn:category', code: 'vital-signs', display: 'Dấu hiệu sinh tồn' }] }],
  code: { coding: [{ system: LOINC, code: '8867-4', display: 'Heart rate' }], text: 'Mạch' },
  subject: { reference: 'Patient/p1' },
  performer: [{ reference: 'Practitioner/dr' }],
  effectiveDateTime: '2024-03-10T08:30:00+07:00',
  valueQuantity: { value: 72, unit: 'lần/phút', system: UCUM, code: '/min' },
}
const glucose: Resource = {
  resourceType: 'Observation',
  id: 'glucose',
  status: 'preliminary',
  code: { coding: [{ system: LOINC, code: '2339-0' }] },
  subject: { reference: 'Patient/p2' },
  effectivePeriod: { start: '2024-03-01', end: '2024-03-05' },
  valueQuantity: { value: 5.4, comparator: '<', system: UCUM, code: 'mmol/L' },
}
const pressure: Resource = {
  resourceType: 'Observation',
  id: 'pressure',
  status: 'final',
  code: { coding: [{ system: LOINC, code: '85354-9' }] },
  subject: { reference: 'https://other.example/fhir/Patient/p9', identifier: { system: 'urn:x', value: 'P9' } },
  component: [
    {
      code: { coding: [{ system: LOINC, code: '8480-6' }] },
      valueQuantity: { value: 128, system: UCUM, code: 'mm[Hg]' },
    },
    {
      code: { coding: [{ system: LOINC, code: '8462-4' }] },
      valueQuantity: { value: 82, system: UCUM, code: 'mm[Hg]' },
    },
  ],
}
const coded: Resource = {
  resourceType: 'Observation',
  id: 'coded',
  status: 'final',
  code: { coding: [{ code: 'local,code' }] },
  valueCodeableConcept: { text: 'Âm tính', coding: [{ system: 'urn:r', code: 'NEG' }] },
  hasMember: [{ reference: 'Observation/pulse' }],
}
const valueSet: Resource = {
  resourceType: 'ValueSet',
  id: 'vs',
  url: 'http://example.org/fhir/ValueSet/mau',
  version: '2.1',
  status: 'active',
  date: '2024',
  useContext: [
    { code: { system: 'urn:ctx', code: 'age' }, valueRange: { low: { value: 18, system: UCUM, code: 'a' } } },
    {
      code: { system: 'urn:ctx', code: 'focus' },
      valueCodeableConcept: { coding: [{ system: 'urn:f', code: 'lab' }] },
    },
  ],
}
const questionnaireResponse: Resource = {
  resourceType: 'QuestionnaireResponse',
  id: 'qr',
  status: 'completed',
  questionnaire: 'http://example.org/fhir/Questionnaire/q|3',
  subject: { reference: 'Patient/p1/_history/4' },
}
const order: Resource = {
  resourceType: 'ServiceRequest',
  id: 'order',
  status: 'active',
  intent: 'order',
  subject: { reference: 'Patient/p1' },
  authoredOn: '2024-03-09T23:59:30Z',
  occurrenceTiming: { event: ['2024-04-01', '2024-04-03'], repeat: { boundsPeriod: { start: '2024-04-02' } } },
}
const risk: Resource = {
  resourceType: 'RiskAssessment',
  id: 'risk',
  status: 'final',
  subject: { reference: 'Patient/p1' },
  prediction: [{ probabilityDecimal: 0.25 }],
}
const invoice: Resource = {
  resourceType: 'Invoice',
  id: 'inv',
  status: 'issued',
  totalNet: { value: 150000, currency: 'VND' },
}
const link: Resource = {
  resourceType: 'DocumentReference',
  id: 'doc',
  status: 'current',
  content: [],
  relatesTo: [
    { code: 'replaces', target: { reference: 'DocumentReference/a' } },
    { code: 'appends', target: { reference: 'DocumentReference/b' } },
  ],
}

const allergy: Resource = {
  resourceType: 'AllergyIntolerance',
  id: 'allergy',
  category: ['food', 'medication'],
  code: { text: 'Tôm' },
  patient: { reference: 'Patient/p1' },
  recorder: { reference: 'Patient/p2' },
}

const people = [patient, other, organization, parent, doctor]
const records = [pulse, glucose, pressure, coded, order, questionnaireResponse, risk, invoice, link, allergy]
const world = [...people, ...records, valueSet]

/** Searches and the ids of what they find, in the order of the world. */
const searches: Readonly<Record<string, readonly (readonly [search: string, ids: string])[]>> = {
  strings: [
    ['Patient?name=nguyen van a', 'p1'],
    ['Patient?name=NGUYỄN', 'p1'],
    ['Patient?name=van', 'p1'],
    ['Patient?name=a nguyen', 'p1'],
    ['Patient?name=obrien', 'p2'],
    ['Patient?name=smith mary', 'p2'],
    ['Patient?name=dr', 'p2'],
    ['Patient?name=guyen', ''],
    ['Patient?name=mary,van', 'p1 p2'],
    ['Patient?name=mary&name=smith', 'p2'],
    ['Patient?name=mary&name=van', ''],
    ['Patient?name:contains=guy', 'p1'],
    ['Patient?name:exact=Nguyễn', 'p1'],
    [`Patient?name:exact=${'Nguyễn'.normalize('NFD')}`, 'p1'],
    ['Patient?name:exact=Nguyễn Văn Á', 'p1'],
    ['Patient?name:exact=nguyễn', ''],
    ['Patient?name:exact=Nguyen', ''],
    ['Patient?phonetic=nguyen', 'p1'],
    ['Patient?phonetic:exact=Nguyễn', 'p1'],
    ['Patient?family=nguyen', 'p1'],
    ['Patient?family=van', ''],
    ['Patient?given=van', 'p1'],
    ['Patient?given=nguyen', ''],
    ['Patient?address=ha noi', 'p1'],
    ['Patient?address=ba trung', 'p1'],
    ['Patient?address=pho hue', 'p1'],
    ['Patient?address-city=hà nội', 'p1'],
    ['Patient?address-city=noi', ''],
    ['Organization?name=benh vien da', 'o1'],
    ['Practitioner?name=hoà', 'dr'],
    ['Practitioner?name=hoa', 'dr'],
  ],

  tokens: [
    ['Patient?identifier=001090000123', 'p1'],
    ['Patient?identifier=urn:sid:national|001090000123', 'p1'],
    ['Patient?identifier=urn:sid:other|001090000123', ''],
    ['Patient?identifier=urn:sid:national|', 'p1'],
    ['Patient?identifier=|001090000123', ''],
    ['Patient?identifier=|LOCAL-7', 'p1'],
    ['Patient?identifier=local-7', ''],
    ['Patient?identifier=urn:sid:national|1,LOCAL-7', 'p1'],
    ['Patient?identifier:of-type=urn:id-type|NI|001090000123', 'p1'],
    ['Patient?identifier:of-type=urn:id-type|MR|001090000123', ''],
    ['Patient?identifier:text=cong dan', 'p1'],
    ['Patient?identifier:missing=true', 'p2'],
    ['Patient?identifier:missing=false', 'p1'],
    ['Patient?gender=male', 'p1'],
    ['Patient?gender=MALE', 'p1'],
    ['Patient?gender=http://hl7.org/fhir/administrative-gender|male', 'p1'],
    ['Patient?gender=urn:other|male', ''],
    ['Patient?gender=|male', 'p1'],
    ['Patient?gender=http://hl7.org/fhir/administrative-gender|', 'p1 p2'],
    ['Patient?gender:not=male', 'p2'],
    ['Patient?gender:not=male,female', ''],
    ['Patient?active=true', 'p1'],
    ['Patient?active:not=true', 'p2'],
    ['Patient?deceased=true', 'p2'],
    ['Patient?deceased=false', 'p1'],
    ['Patient?phone=0901234567', 'p1'],
    ['Patient?phone=%2B84901234567'.replace('%2B', '+'), 'p1'],
    ['Patient?telecom=a.nguyen@example.org', 'p1'],
    ['Patient?email=a.nguyen@example.org', 'p1'],
    ['Patient?phone=a.nguyen@example.org', ''],
    ['Observation?code=8867-4', 'pulse'],
    ['Observation?code=http://loinc.org|8867-4', 'pulse'],
    ['Observation?code=|8867-4', ''],
    ['Observation?code=http://loinc.org|', 'pulse glucose pressure'],
    ['Observation?code=local\\,code', 'coded'],
    ['Observation?code=|local\\,code', 'coded'],
    ['Observation?code=local,code', ''],
    ['Observation?code:text=heart', 'pulse'],
    ['Observation?code:text=rate', 'pulse'],
    ['Observation?code:text=mach', 'pulse'],
    ['Observation?code:text=eart', ''],
    ['Observation?code:not=8867-4', 'glucose pressure coded'],
    ['Observation?value-concept:text=am tinh', 'coded'],
    ['Observation?value-concept=urn:r|neg', 'coded'],
    ['Observation?combo-code=8480-6', 'pressure'],
    ['Observation?combo-code=8867-4', 'pulse'],
    ['Observation?component-code=8867-4', ''],
    ['Observation?combo-code:text=heart', 'pulse'],
    ['Observation?category=vital-signs', 'pulse'],
    ['Observation?patient=p1&code=http://loinc.org|8867-4', 'pulse'],
    ['Observation?patient=Patient/p1&code=8867-4,2339-0&category=urn:category|vital-signs', 'pulse'],
    ['Observation?patient=p2&code=8867-4', ''],
    ['Observation?patient=p1&code=urn:other|8867-4', ''],
    ['Observation?patient=p1&code=urn:other|8867-4,http://loinc.org|2339-0', ''],
    ['Observation?patient=p1&code=urn:other|2339-0,http://loinc.org|8867-4', 'pulse'],
    ['Observation?patient=p1&code=8867-4&category=urn:other|vital-signs', ''],
    ['Observation?patient=p1&code:not=8867-4', ''],
    ['Observation?patient=p1&code=http://loinc.org|', 'pulse'],
    ['Observation?patient=p1,p2&code=8867-4,2339-0', 'pulse glucose'],
    ['AllergyIntolerance?patient=p1&category=food', 'allergy'],
    ['AllergyIntolerance?patient=p1&category=http://hl7.org/fhir/allergy-intolerance-category|food', 'allergy'],
    ['AllergyIntolerance?patient=p1&category=environment', ''],
    ['AllergyIntolerance?patient=p2&category=food', ''],
  ],

  references: [
    ['Observation?subject=Patient/p1', 'pulse'],
    ['Observation?subject=p1', 'pulse'],
    ['Observation?subject:Patient=p1', 'pulse'],
    ['Observation?subject:Group=p1', ''],
    ['Observation?subject=https://benhvien.example/fhir/R4/Patient/p1', 'pulse'],
    ['Observation?subject=https://other.example/fhir/Patient/p9', 'pressure'],
    ['Observation?subject=Patient/p9', ''],
    ['Observation?subject:identifier=urn:x|P9', 'pressure'],
    ['Observation?subject:identifier=P9', 'pressure'],
    ['Observation?subject:identifier=urn:y|P9', ''],
    ['Observation?patient:identifier=urn:x|P9', 'pressure'],
    ['Observation?patient=Group/p1', ''],
    ['Observation?patient:missing=true', 'coded'],
    ['Observation?subject:missing=true', 'coded'],
    ['Observation?has-member=Observation/pulse', 'coded'],
    ['QuestionnaireResponse?subject=Patient/p1', 'qr'],
    ['QuestionnaireResponse?questionnaire=http://example.org/fhir/Questionnaire/q', 'qr'],
    ['QuestionnaireResponse?questionnaire=http://example.org/fhir/Questionnaire/q|3', 'qr'],
    ['QuestionnaireResponse?questionnaire=http://example.org/fhir/Questionnaire/q|4', ''],
  ],

  chains: [
    ['Observation?subject:Patient.name=nguyen', 'pulse'],
    ['Observation?patient.name=mary', 'glucose'],
    ['Observation?subject.name=mary', 'glucose'],
    ['Observation?patient.organization.name=benh vien', 'pulse'],
    ['Observation?patient.organization.partof.name=so y te', 'pulse'],
    ['Observation?performer:Practitioner.name=hoa', 'pulse'],
    ['Observation?has-member:Observation.patient.name=nguyen', 'coded'],
    ['Patient?general-practitioner:Practitioner.name=hoa', 'p1'],
    ['Patient?_has:Observation:patient:code=8867-4', 'p1'],
    ['Patient?_has:Observation:subject:code=2339-0', 'p2'],
    ['Patient?_has:Observation:patient:_has:Observation:has-member:value-concept=NEG', 'p1'],
    ['Practitioner?_has:Patient:general-practitioner:gender=male', 'dr'],
    ['Organization?_has:Patient:organization:_has:Observation:patient:code=8867-4', 'o1'],
    ['Observation?patient._id=p1', 'pulse'],
  ],

  dates: [
    ['Patient?birthdate=1990-02-28', 'p1'],
    ['Patient?birthdate=1990-02', 'p1'],
    ['Patient?birthdate=1990', 'p1'],
    ['Patient?birthdate=1991', ''],
    ['Patient?birthdate=ne1991', 'p1'],
    ['Patient?birthdate=lt1990-03', 'p1'],
    ['Patient?birthdate=gt1990', ''],
    ['Patient?birthdate=ge1990', 'p1'],
    ['Patient?birthdate=sa1989', 'p1'],
    ['Patient?birthdate=eb1991', 'p1'],
    ['Patient?birthdate=ge1990-01-01&birthdate=le1990-12-31', 'p1'],
    ['Patient?death-date=2023-12-31', 'p2'],
    ['Patient?death-date=2024', ''],
    ['Observation?date=2024-03-10', 'pulse'],
    ['Observation?date=2024-03-10T08:30', 'pulse'],
    ['Observation?date=2024-03-10T01:30Z', 'pulse'],
    ['Observation?date=2024-03-10T08:30:00 07:00', 'pulse'],
    ['Observation?date=2024-03', 'pulse glucose'],
    ['Observation?date=2024-03-03', ''],
    ['Observation?date=ap2024-03-03', 'pulse glucose'],
    ['Observation?date=gt2024-03-04', 'pulse glucose'],
    ['Observation?date=sa2024-03-04', 'pulse'],
    ['Observation?date=eb2024-03-06', 'glucose'],
    ['Observation?date:missing=true', 'pressure coded'],
    ['ValueSet?date=2024', 'vs'],
    ['ValueSet?date=2024-05', ''],
    ['ServiceRequest?occurrence=ge2030', 'order'],
    ['ServiceRequest?occurrence=lt2024-04-01', ''],
    ['ServiceRequest?occurrence=le2024-04-02', 'order'],
    ['ServiceRequest?authored=2024-03-10', 'order'],
    ['Patient?_lastUpdated=2024-05-05', 'p1 p2'],
    ['Patient?_lastUpdated=gt2024-05-05T12:05:05.123+07:00', ''],
  ],

  'numbers and quantities': [
    ['RiskAssessment?probability=0.25', 'risk'],
    ['RiskAssessment?probability=0.3', 'risk'],
    ['RiskAssessment?probability=0.250', 'risk'],
    ['RiskAssessment?probability=0.24', ''],
    ['RiskAssessment?probability=gt0.2', 'risk'],
    ['RiskAssessment?probability=gt0.25', ''],
    ['RiskAssessment?probability=ge0.25', 'risk'],
    ['RiskAssessment?probability=ap0.27', 'risk'],
    ['RiskAssessment?probability=2.5e-1', 'risk'],
    ['Observation?value-quantity=72', 'pulse'],
    ['Observation?value-quantity=72||/min', 'pulse'],
    ['Observation?value-quantity=72||lần/phút', 'pulse'],
    [`Observation?value-quantity=1.2|${UCUM}|/s`, 'pulse'],
    [`Observation?value-quantity=1.2|${UCUM}|/min`, ''],
    [`Observation?value-quantity=72|${UCUM}|/h`, ''],
    [`Observation?value-quantity=gt4319|${UCUM}|/h`, 'pulse'],
    [`Observation?value-quantity=le72|${UCUM}|/min`, 'pulse'],
    [`Observation?value-quantity=lt5.4|${UCUM}|mmol/L`, 'glucose'],
    [`Observation?value-quantity=gt5.4|${UCUM}|mmol/L`, ''],
    ['Observation?combo-value-quantity=128', 'pressure'],
    ['Observation?component-value-quantity=128||mm[Hg]', 'pressure'],
    [`Observation?component-value-quantity=17.07|${UCUM}|kPa`, 'pressure'],
    ['Observation?value-quantity:missing=true', 'pressure coded'],
    ['Invoice?totalnet=150000', 'inv'],
    ['Invoice?totalnet=150000||VND', 'inv'],
    ['Invoice?totalnet=gt100000|urn:iso:std:iso:4217|VND', 'inv'],
    ['Invoice?totalnet=gt100000|urn:iso:std:iso:4217|USD', ''],
  ],

  composites: [
    ['Observation?code-value-quantity=http://loinc.org|8867-4$gt60', 'pulse'],
    ['Observation?code-value-quantity=8867-4$gt80', ''],
    ['Observation?code-value-concept=local\\,code$NEG', 'coded'],
    ['Observation?component-code-value-quantity=8480-6$gt120', 'pressure'],
    ['Observation?component-code-value-quantity=8462-4$gt120', ''],
    [`Observation?component-code-value-quantity=${LOINC}|8480-6$128|${UCUM}|mm[Hg]`, 'pressure'],
    [`Observation?component-code-value-quantity=urn:x|8480-6$128|${UCUM}|mm[Hg]`, ''],
    ['Observation?combo-code-value-quantity=8480-6$lt130', 'pressure'],
    ['Observation?combo-code-value-quantity=8867-4$72', 'pulse'],
    ['Observation?combo-code-value-quantity=8867-4$gt100,8480-6$gt100', 'pressure'],
    ['ValueSet?context-type-quantity=age$ge21', 'vs'],
    ['ValueSet?context-type-quantity=age$lt18||a', ''],
    ['ValueSet?context-type-quantity=focus$ge21', ''],
    ['ValueSet?context-type-value=focus$lab', 'vs'],
    ['ValueSet?context-type-value=urn:ctx|focus$urn:f|lab', 'vs'],
    ['ValueSet?context-type-value=focus$urn:g|lab', ''],
    ['ValueSet?context-type-value=age$lab', ''],
    ['DocumentReference?relationship=replaces$DocumentReference/a', 'doc'],
    ['DocumentReference?relationship=replaces$DocumentReference/b', ''],
  ],

  addresses: [
    ['ValueSet?url=http://example.org/fhir/ValueSet/mau', 'vs'],
    ['ValueSet?url=http://example.org/fhir', ''],
    ['ValueSet?url:below=http://example.org/fhir', 'vs'],
    ['ValueSet?url:below=http://example.org/fhir/', 'vs'],
    ['ValueSet?url:below=http://example.org/fhi', ''],
    ['ValueSet?url:below=http://example.org/fhir/ValueSet/mau', 'vs'],
    ['ValueSet?url:above=http://example.org/fhir/ValueSet/mau/10', 'vs'],
    ['ValueSet?url:above=http://example.org/fhir', ''],
  ],

  'what every resource has': [
    ['Patient?_id=p1', 'p1'],
    ['Patient?_id=p1,p2', 'p1 p2'],
    ['?_id=pulse,p2', 'p2 pulse'],
    ['?_type=Observation&_id=pulse,p2', 'pulse'],
    ['Patient?_profile=http://example.org/fhir/StructureDefinition/nguoi-benh', 'p1'],
    ['Patient?_profile=http://example.org/fhir/StructureDefinition/nguoi-benh|1.0', 'p1'],
    ['Patient?_profile=http://example.org/fhir/StructureDefinition/nguoi-benh|2.0', ''],
    ['Patient?_tag=urn:tag|demo', 'p1'],
    ['?_tag=demo', 'p1'],
    ['?_tag:missing=false', 'p1'],
    ['?_source=urn:hospital:his', 'p1'],
    ['?_type=Patient,Observation&_tag=demo', 'p1'],
    ['?_type=Observation,ServiceRequest&patient=p1', 'pulse order'],
  ],
}

describe.each(Object.entries(searches))('%s', (_, table) => {
  test.each(table)('%s finds [%s]', async (search, ids) => {
    expect(await found(world, search)).toEqual(ids === '' ? [] : ids.split(' '))
  })
})

describe('value sets', () => {
  const expandValueSet = async (url: string) =>
    url === 'urn:vs:rate'
      ? [
          { system: LOINC, code: '8867-4' },
          { system: LOINC, code: '1' },
        ]
      : null

  test.each([
    ['Observation?code:in=urn:vs:rate', 'pulse'],
    ['Observation?code:not-in=urn:vs:rate', 'glucose pressure coded'],
    ['Observation?patient=p1&code:in=urn:vs:rate', 'pulse'],
    ['Observation?code:in=urn:vs:none', 'SEARCH-17'],
  ])('%s finds [%s]', async (search, ids) => {
    expect(await found(world, search, { expandValueSet })).toEqual(ids.split(' '))
  })
})

describe('refusals', () => {
  test.each([
    ['Patient?nothing=1', 'SEARCH-1'],
    ['Patient?name:phonetic=x', 'SEARCH-2'],
    ['Patient?birthdate:exact=2020', 'SEARCH-2'],
    ['Observation?code:above=x', 'SEARCH-2'],
    ['Patient?_profile:below=http://example.org', 'SEARCH-2'],
    ['Patient?name=', 'SEARCH-3'],
    ['Patient?name=...', 'SEARCH-3'],
    ['Patient?gender=', 'SEARCH-3'],
    ['Patient?birthdate=1990-02-30', 'SEARCH-4'],
    ['Patient?birthdate=yesterday', 'SEARCH-4'],
    ['Patient?birthdate=gt', 'SEARCH-3'],
    ['RiskAssessment?probability=much', 'SEARCH-5'],
    ['Observation?value-quantity=5|mg', 'SEARCH-6'],
    ['Observation?subject=Patient/p1/x y', 'SEARCH-7'],
    ['Observation?subject:Medication=1', 'SEARCH-7'],
    ['Observation?code=a|b|c', 'SEARCH-8'],
    ['Observation?code=|', 'SEARCH-8'],
    ['Patient?active=yes', 'SEARCH-9'],
    ['Patient?name:missing=maybe', 'SEARCH-9'],
    ['Observation?code-value-quantity=8867-4', 'SEARCH-10'],
    ['Observation?code.name=x', 'SEARCH-11'],
    ['Observation?patient.link:Patient.link:Patient.link:Patient.name=x', 'SEARCH-11'],
    ['Observation?patient.nothing=x', 'SEARCH-1'],
    ['Observation?patient.birthdate=x', 'SEARCH-4'],
    ['Patient?_has:Observation:code:status=final', 'SEARCH-12'],
    ['Patient?_has:Observation:patient=x', 'SEARCH-12'],
    ['Patient?_include=Patient', 'SEARCH-13'],
    ['Patient?_include=Patient:name', 'SEARCH-13'],
    ['Patient?_revinclude=*', 'SEARCH-13'],
    ['Patient?_sort=nothing', 'SEARCH-14'],
    ['Patient?_count=-1', 'SEARCH-15'],
    ['Patient?_count=many', 'SEARCH-15'],
    ['Patient?_summary=maybe', 'SEARCH-16'],
    ['Patient?_total=all', 'SEARCH-16'],
    ['Patient?_text=x', 'SEARCH-18'],
    ['Patient?_filter=name eq x', 'SEARCH-18'],
    ['Location?near=1|2', 'SEARCH-18'],
    ['Nothing?name=x', 'SEARCH-20'],
    ['?_type=Nothing', 'SEARCH-20'],
    ['?name=x', 'SEARCH-21'],
    ['?_type=Observation,Patient&gender:not=x', 'SEARCH-1'],
  ])('%s is refused by %s', async (search, rule) => {
    expect(await found(world, search)).toEqual([rule])
  })

  test('SEARCH-19 a thousand alternatives are enough', async () => {
    expect(await found(world, `Patient?_id=${'a,'.repeat(1001)}a`)).toEqual(['SEARCH-19'])
  })
})
