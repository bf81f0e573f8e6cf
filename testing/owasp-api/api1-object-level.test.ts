/** API1:2023 Broken Object Level Authorization: the access matrix over HTTP, for a sample of types, roles and patients. */
import { beforeAll, describe, expect, test } from 'vitest'
import type { Act, Reader, Relation, Role } from '#foundation/access-control'
import { mayByRule } from '#testing/access-matrix'
import { specialPatients } from '#testing/demo-hospital'
import { DEMO_ROLES, type DemoRole, WARD, wholeHospital } from '#testing/whole-hospital'

const hospital = wholeHospital()

/** One who lies in the ward of doctor and nurse, one of another department, and the one who is signed in as a patient. */
const PEOPLE = { here: 'an', elsewhere: 'binh', own: specialPatients.longTrend } as const
type Whose = keyof typeof PEOPLE

const CLASS = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' }
const code = { text: 'x' }

const active = (system: string) => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code: 'active' }],
})

/** One resource of each type about somebody. */
const SAMPLE: Readonly<Record<string, (patient: { readonly reference: string }, department: string) => object>> = {
  Encounter: (subject, department) => ({
    status: 'in-progress',
    class: CLASS,
    subject,
    serviceProvider: { reference: department },
    period: { start: '2026-01-01' },
  }),
  Observation: (subject) => ({ status: 'final', code, subject }),
  Condition: (subject) => ({ code, subject, clinicalStatus: active('condition-clinical') }),
  AllergyIntolerance: (patient) => ({ code, patient, clinicalStatus: active('allergyintolerance-clinical') }),
  DocumentReference: (subject) => ({ status: 'current', subject, content: [{ attachment: { title: 'x' } }] }),
  MedicationRequest: (subject) => ({ status: 'active', intent: 'order', medicationCodeableConcept: code, subject }),
  ServiceRequest: (subject) => ({ status: 'active', intent: 'order', code, subject }),
  DiagnosticReport: (subject) => ({ status: 'final', code, subject }),
  Coverage: (beneficiary) => ({ status: 'active', beneficiary, payor: [{ display: 'x' }] }),
  Invoice: (subject) => ({ status: 'issued', subject }),
  Consent: (patient) => ({
    status: 'active',
    scope: code,
    category: [code],
    policy: [{ uri: 'https://example.org' }],
    patient,
  }),
}
const TYPES = ['Patient', ...Object.keys(SAMPLE)]
const idOf = (type: string, whose: Whose): string =>
  type === 'Patient' ? PEOPLE[whose] : `${type.toLowerCase()}-${PEOPLE[whose]}`

beforeAll(async () => {
  for (const department of [WARD, 'Organization/khoa-khac'])
    await hospital.put({ resourceType: 'Organization', id: department.split('/')[1]!, name: department })
  for (const whose of Object.keys(PEOPLE) as Whose[]) {
    const department = whose === 'here' ? WARD : 'Organization/khoa-khac'
    const patient = { reference: `Patient/${PEOPLE[whose]}` }
    await hospital.put({ resourceType: 'Patient', id: PEOPLE[whose], name: [{ text: 'Nguyễn Văn Thử' }] })
    for (const [type, make] of Object.entries(SAMPLE))
      await hospital.put({ resourceType: type, id: idOf(type, whose), ...make(patient, department) })
  }
}, 60_000)

const OF_WARD: readonly DemoRole[] = ['doctor', 'nurse', 'head']
const AGENTS: Partial<Record<DemoRole, string>> = {
  patient: `Patient/${PEOPLE.own}`,
  representative: 'RelatedPerson/r',
}
const LIMITED: Partial<Record<DemoRole, readonly string[]>> = {
  patient: [`Patient/${PEOPLE.own}`],
  representative: [`Patient/${specialPatients.child}`],
}

function readerOf(role: DemoRole): Reader {
  const roles: readonly Role[] = role === 'head' ? ['head', 'doctor'] : [role]
  return {
    account: role,
    agent: AGENTS[role] ?? `Practitioner/${role}`,
    name: role,
    roles,
    departments: OF_WARD.includes(role) ? [WARD] : [],
    session: 's',
    client: null,
    scopes: null,
    patients: LIMITED[role] ?? null,
    purpose: LIMITED[role] ? 'PATRQT' : 'TREAT',
    factors: 2,
    network: '127.0.0.1',
  }
}

/** What the independently written rules say. */
function mayByTheRules(role: DemoRole, act: Act, type: string, whose: Whose): boolean {
  const reader = readerOf(role)
  const isTied = whose === 'here' && OF_WARD.includes(role)
  const relations: readonly Relation[] = isTied
    ? [{ kind: 'department', labels: [], until: '2999-01-01T00:00:00Z' }]
    : []
  const patient = `Patient/${PEOPLE[whose]}`
  const withinPatients = reader.patients === null || reader.patients.includes(patient)
  const at = new Date().toISOString()
  return mayByRule({ reader, act, type, labels: [], ofPatient: true, relations, withinPatients, at })
}

const entriesOf = (body: Readonly<Record<string, unknown>>): number => ((body['entry'] ?? []) as unknown[]).length

describe.each(DEMO_ROLES)('%s', (role) => {
  test('reads a record by its id where the rules say so, and learns nothing else', async () => {
    const wrong: string[] = []
    for (const type of TYPES)
      for (const whose of Object.keys(PEOPLE) as Whose[]) {
        const { status, text } = await hospital.ask(role, 'GET', `/fhir/R4/${type}/${idOf(type, whose)}`)
        const may = mayByTheRules(role, 'read', type, whose)
        if ((status === 200) !== may) wrong.push(`${type} ${whose}: ${status}`)
        if (status !== 200 && text.includes('Nguyễn Văn Thử')) wrong.push(`${type} ${whose} is named`)
      }
    expect(wrong).toEqual([])
  })

  test('finds by searching what the rules say, and counts no more', async () => {
    const wrong: string[] = []
    for (const type of TYPES)
      for (const whose of Object.keys(PEOPLE) as Whose[]) {
        const url = `/fhir/R4/${type}?_id=${idOf(type, whose)}`
        const found = await hospital.ask(role, 'GET', url)
        const counted = await hospital.ask(role, 'GET', `${url}&_summary=count`)
        const may = mayByTheRules(role, 'search', type, whose) ? 1 : 0
        const seen = found.status === 200 ? entriesOf(found.body) : 0
        if (seen !== may || Number(counted.body['total'] ?? 0) !== may)
          wrong.push(`${type} ${whose}: ${seen} of ${String(counted.body['total'])}, rules ${may}`)
      }
    expect(wrong).toEqual([])
  })

  test('history, versions, everything and the compartment open nothing that a read does not', async () => {
    const wrong: string[] = []
    for (const whose of Object.keys(PEOPLE) as Whose[]) {
      if (mayByTheRules(role, 'read', 'Observation', whose)) continue
      const id = idOf('Observation', whose)
      const ways = [
        `Observation/${id}/_history`,
        `Observation/${id}/_history/1`,
        `Patient/${PEOPLE[whose]}/Observation`,
        `Observation?subject=Patient/${PEOPLE[whose]}`,
        `Patient?_id=${PEOPLE[whose]}&_revinclude=Observation:subject`,
        `Patient/${PEOPLE[whose]}/$everything`,
        `Patient/${PEOPLE[whose]}/$timeline`,
      ]
      for (const way of ways) {
        const { text } = await hospital.ask(role, 'GET', `/fhir/R4/${way}`)
        if (text.includes(`"${id}"`)) wrong.push(way)
      }
    }
    expect(wrong).toEqual([])
  })

  test('changes what the rules say and nothing else', async () => {
    const wrong: string[] = []
    for (const type of ['Observation', 'AllergyIntolerance', 'Coverage'])
      for (const whose of Object.keys(PEOPLE) as Whose[]) {
        const id = idOf(type, whose)
        const patient = { reference: `Patient/${PEOPLE[whose]}` }
        const body = { resourceType: type, id, language: 'vi', ...SAMPLE[type]!(patient, '') }
        const headers = { 'content-type': 'application/fhir+json' }
        const { status } = await hospital.ask(role, 'PUT', `/fhir/R4/${type}/${id}`, body, headers)
        if (status < 300 !== mayByTheRules(role, 'edit', type, whose)) wrong.push(`${type} ${whose}: ${status}`)
      }
    expect(wrong).toEqual([])
  })
})
