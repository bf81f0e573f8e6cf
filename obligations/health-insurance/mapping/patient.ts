import { codeSystems, extensionUrls, identifierSystems } from '#fhir/naming'
import type { Address, Extension, Identifier, Patient } from '#fhir/r4'
import type { Values } from '../types.ts'
import { insuranceSystems } from './code-systems.ts'
import { birthDateOf, birthTimeOf } from './moments.ts'
import { codingOf, listed, listOf, some, textIn } from './parts.ts'

/** @source appendix of 3176/QĐ-BYT, GIOI_TINH */
const GENDERS: ReadonlyMap<string, Patient['gender']> = new Map([
  ['1', 'male'],
  ['2', 'female'],
  ['3', 'other'],
])

/** @source http://hl7.org/fhir/R4/extension-patient-birthtime.html */
const BIRTH_TIME = 'http://hl7.org/fhir/StructureDefinition/patient-birthTime'
/** @source http://hl7.org/fhir/R4/extension-patient-nationality.html */
const NATIONALITY = 'http://hl7.org/fhir/StructureDefinition/patient-nationality'

/** What SO_CCCD holds is told by its form. */
const PAPERS: readonly (readonly [form: RegExp, system: string])[] = [
  [/^\d{12}$/, identifierSystems.personalId],
  [/^\d{9}$/, identifierSystems.formerId],
  [/^[A-Z]{1,2}\d{6,8}$/, identifierSystems.passport],
]

/** The patient of a summary (XML1). */
export function patientOf(summary: Values, id: string): Patient {
  const { HO_TEN, GIOI_TINH = '', NGAY_SINH, DIEN_THOAI } = summary
  const phone = textIn(DIEN_THOAI)
  const name = textIn(HO_TEN)
  const birthTime = birthTimeOf(NGAY_SINH)
  return some<Patient>({
    resourceType: 'Patient',
    id,
    extension: listed([
      ...codedExtension(extensionUrls.ethnicGroup, codeSystems.ethnicGroup, summary.MA_DANTOC),
      ...codedExtension(extensionUrls.occupation, codeSystems.occupation, summary.MA_NGHE_NGHIEP),
      ...nationality(summary.MA_QUOCTICH),
    ]),
    identifier: listed(identifiersOf(summary)),
    name: name === undefined ? undefined : [{ use: 'official', text: name }],
    telecom: phone === undefined ? undefined : [{ system: 'phone', value: phone }],
    gender: GENDERS.get(GIOI_TINH),
    birthDate: birthDateOf(NGAY_SINH),
    _birthDate: birthTime === undefined ? undefined : { extension: [{ url: BIRTH_TIME, valueDateTime: birthTime }] },
    address: listed([addressOf(summary)]),
  })
}

function identifiersOf({ MA_BN, SO_CCCD, MA_THE_BHYT }: Values): Identifier[] {
  const paper = textIn(SO_CCCD)?.trim()
  const system = PAPERS.find(([form]) => form.test(paper ?? ''))?.[1]
  const identifiers = [
    ...[textIn(MA_BN)].map((value) => ({ system: identifierSystems.patientCode, value })),
    { system, value: system === undefined ? undefined : paper },
    ...listOf(MA_THE_BHYT).map((card) => ({ system: identifierSystems.insuranceCard, value: textIn(card) })),
  ]
  return identifiers.flatMap(({ system: of, value }) => (of && value ? [{ system: of, value }] : []))
}

const codedExtension = (url: string, system: string, code: string | undefined): Extension[] =>
  codingOf(system, code).map((coding) => ({ url, valueCodeableConcept: { coding: [coding] } }))

const nationality = (code: string | undefined): Extension[] =>
  codingOf(insuranceSystems.nationality, code).map((coding) => ({
    url: NATIONALITY,
    extension: [{ url: 'code', valueCodeableConcept: { coding: [coding] } }],
  }))

/** Units of residence: their names stand in the address, their codes in an extension. */
const UNITS = [
  ['MATINH_CU_TRU', 'province'],
  ['MAHUYEN_CU_TRU', 'district'],
  ['MAXA_CU_TRU', 'ward'],
] as const

function addressOf(summary: Values): Address | undefined {
  const text = textIn(summary.DIA_CHI)
  const units = UNITS.flatMap(([field, url]) =>
    codingOf(insuranceSystems.administrativeUnit, summary[field]).map((coding): Extension => ({
      url,
      valueCodeableConcept: { coding: [coding] },
    })),
  )
  if (text === undefined && units.length === 0) return undefined
  return some<Address>({
    extension: units.length > 0 ? [{ url: extensionUrls.administrativeAddress, extension: units }] : undefined,
    use: 'home',
    text,
  })
}
