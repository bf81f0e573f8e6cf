import type { Address, Coverage, Extension, Identifier, Patient } from 'fhir/r4.js'
import { codeSystems, extensionUrls, identifierSystems } from '#fhir/naming'
import type { Hospital } from './hospital.ts'
import type { Person, Relation } from './person.ts'
import { dateTimeOf, yearOf, type Minute } from './time.ts'

const typed = (use: Identifier['use'], type: string, system: string, value: string): Identifier => ({
  use,
  type: { coding: [{ system: codeSystems.identifierType, code: type }] },
  system,
  value,
})

function identifiersOf(person: Person, hospital: Hospital): Identifier[] {
  const identifiers = [
    { ...typed('secondary', 'PI', identifierSystems.patientCode, person.code), assigner: hospital.reference },
  ]
  if (person.personalId)
    identifiers.push(typed('official', 'NI', identifierSystems.personalId, person.personalId) as never)
  if (person.insuranceCard)
    identifiers.push(typed('official', 'SB', identifierSystems.insuranceCard, person.insuranceCard) as never)
  return identifiers
}

const coded = (url: string, system: string, row: { readonly code: string; readonly name: string }): Extension => ({
  url,
  valueCodeableConcept: { coding: [{ system, code: row.code, display: row.name }], text: row.name },
})

/** Two levels, as since 1 July 2025: `state` is the province, `city` the ward, commune or special zone. */
function addressOf({ ward, street }: Person): Address {
  const system = codeSystems.administrativeUnit2025
  return {
    extension: [
      {
        url: extensionUrls.administrativeAddress,
        extension: [coded('state', system, ward.province), coded('ward', system, ward)],
      },
    ],
    use: 'home',
    type: 'physical',
    text: `${street}, ${ward.name}, ${ward.province.name}`,
    line: [street],
    city: ward.name,
    state: ward.province.name,
    country: 'VN',
  }
}

/** v3-RoleCode of the person to call, and the Vietnamese word. */
const relations: Readonly<Record<Relation, { code: string; text: string }>> = {
  mother: { code: 'MTH', text: 'Mẹ' },
  spouse: { code: 'SPS', text: 'Vợ/chồng' },
  child: { code: 'CHILD', text: 'Con' },
}

function contactsOf({ contact }: Person): Patient['contact'] {
  const { code, text } = relations[contact.relation]
  return [
    {
      relationship: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code }], text }],
      name: { text: contact.name.text, family: contact.name.family, given: [...contact.name.given] },
      telecom: [{ system: 'phone', value: contact.phone, use: 'mobile' }],
    },
  ]
}

/** The Patient resource. @param died when the person has died, the minute papers give */
export function patientOf(person: Person, hospital: Hospital, died?: Minute): Patient {
  return {
    resourceType: 'Patient',
    id: person.id,
    meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST' }] },
    extension: [
      coded(extensionUrls.ethnicGroup, codeSystems.ethnicGroup, person.ethnicGroup),
      coded(extensionUrls.occupation, codeSystems.occupation, person.occupation),
    ],
    identifier: identifiersOf(person, hospital),
    active: true,
    name: [{ use: 'official', text: person.name.text, family: person.name.family, given: [...person.name.given] }],
    ...(person.phone && { telecom: [{ system: 'phone', value: person.phone, use: 'mobile' }] }),
    gender: person.sex,
    birthDate: person.birthDate,
    ...(died !== undefined && { deceasedDateTime: dateTimeOf(died) }),
    address: [addressOf(person)],
    contact: contactsOf(person),
    managingOrganization: hospital.reference,
  }
}

/** The health insurance card as Coverage, valid through the year of `today`. */
export function coverageOf(person: Person, today: Minute): Coverage | undefined {
  if (!person.insuranceCard) return undefined
  const year = yearOf(today)
  return {
    resourceType: 'Coverage',
    id: `${person.id}-bhyt`,
    identifier: [{ system: identifierSystems.insuranceCard, value: person.insuranceCard }],
    status: 'active',
    type: {
      coding: [
        { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'PUBLICPOL', display: 'public healthcare' },
      ],
      text: 'Bảo hiểm y tế',
    },
    subscriberId: person.insuranceCard,
    beneficiary: { reference: `Patient/${person.id}`, display: person.name.text },
    period: { start: `${year}-01-01`, end: `${year}-12-31` },
    payor: [{ display: 'Bảo hiểm xã hội Việt Nam' }],
    class: [
      {
        type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/coverage-class', code: 'group' }] },
        value: person.insuranceCard.slice(0, 3),
        name: `Mức hưởng ${person.insuranceCard.slice(2, 3)}`,
      },
    ],
  }
}
