import { codeSystems, extensionUrls, identifierSystems } from '#fhir/naming'
import type { CodeableConcept, Coding, Extension, Patient } from '#fhir/r4'
import { insuranceSystems } from '../mapping/code-systems.ts'
import { writtenOf } from '../mapping/moments.ts'
import { type ChartVisit, identifierOf } from './chart.ts'
import { from, type Source, type Sources } from './source.ts'

export interface OfVisit {
  readonly visit: ChartVisit
}

const ofPatient = (at: string, read: (patient: Patient) => string | undefined): Source<OfVisit> =>
  from(`Patient.${at}`, ({ visit: { patient } }) => patient && read(patient))

/** @source appendix of 3176/QĐ-BYT, GIOI_TINH */
const GENDERS: Readonly<Record<string, string>> = { male: '1', female: '2', other: '3' }

/** @source http://hl7.org/fhir/R4/extension-patient-birthtime.html */
const BIRTH_TIME = 'http://hl7.org/fhir/StructureDefinition/patient-birthTime'
/** @source http://hl7.org/fhir/R4/extension-patient-nationality.html */
const NATIONALITY = 'http://hl7.org/fhir/StructureDefinition/patient-nationality'
/** @source http://hl7.org/fhir/R4/iso3166.html; 000 is Việt Nam in the list of the decision */
const COUNTRY = 'urn:iso:std:iso:3166'

const PAPERS = [identifierSystems.personalId, identifierSystems.formerId, identifierSystems.passport]

const extensionIn = (extensions: readonly Extension[] | undefined, url: string): Extension | undefined =>
  extensions?.find((each) => each.url === url)

const codingsOf = (concept: CodeableConcept | undefined): readonly Coding[] => concept?.coding ?? []

const codeIn = (concept: CodeableConcept | undefined, ...systems: readonly string[]): string | undefined =>
  codingsOf(concept).find(({ system = '' }) => systems.includes(system))?.code

/** The name people are called by: the official one, else the first. */
export function nameOf({ name = [] }: Pick<Patient, 'name'>): string | undefined {
  const said = name.find(({ use }) => use === 'official') ?? name.find(({ use }) => use !== 'old') ?? name[0]
  if (!said) return undefined
  return said.text ?? ([said.family, ...(said.given ?? [])].filter((part) => part).join(' ') || undefined)
}

/** Day and minute as far as they are known; of a month alone the table can say the year only. */
export function birthOf(patient: Patient): string | undefined {
  const { birthDate = '', _birthDate } = patient
  const time = writtenOf(extensionIn(_birthDate?.extension, BIRTH_TIME)?.valueDateTime)
  if (time?.length === 12) return time
  if (birthDate.length === 10) return `${birthDate.replaceAll('-', '')}0000`
  return birthDate.length >= 4 ? `${birthDate.slice(0, 4)}00000000` : undefined
}

function nationalityOf({ extension }: Patient): string | undefined {
  const said = extensionIn(extension, NATIONALITY)
  const concept = extensionIn(said?.extension, 'code')?.valueCodeableConcept
  const code = codeIn(concept, insuranceSystems.nationality)
  return code ?? (/^VNM?$/.test(codeIn(concept, COUNTRY) ?? '') ? '000' : undefined)
}

const coded = (url: string, system: string) => (patient: Patient) =>
  codeIn(extensionIn(patient.extension, url)?.valueCodeableConcept, system)

const homeOf = ({ address = [] }: Patient) => address.find(({ use }) => use === 'home') ?? address[0]

/** @param urls names of the unit's level: the guide's draft and ours differ */
const unitOf =
  (...urls: readonly string[]) =>
  (patient: Patient) => {
    const units = extensionIn(homeOf(patient)?.extension, extensionUrls.administrativeAddress)?.extension
    const concept = units?.find(({ url }) => urls.includes(url))?.valueCodeableConcept
    return codeIn(concept, insuranceSystems.administrativeUnit, codeSystems.administrativeUnit2025)
  }

/** Who it is: fields that check-in, summary and papers share. */
export const identitySources: Sources<OfVisit> = {
  MA_BN: ofPatient('identifier (patientCode)', ({ identifier }) =>
    identifierOf(identifier, identifierSystems.patientCode),
  ),
  HO_TEN: ofPatient('name', nameOf),
  SO_CCCD: ofPatient('identifier (personalId, formerId or passport)', ({ identifier }) =>
    PAPERS.map((system) => identifierOf(identifier, system)).find((number) => number !== undefined),
  ),
  NGAY_SINH: ofPatient('birthDate, minute in patient-birthTime', birthOf),
  GIOI_TINH: ofPatient('gender', ({ gender = '' }) => GENDERS[gender]),
}

/** What else the summary asks of the person. */
export const personSources: Sources<OfVisit> = {
  ...identitySources,
  MA_QUOCTICH: ofPatient('extension (patient-nationality)', nationalityOf),
  MA_DANTOC: ofPatient('extension (race of VN Core)', coded(extensionUrls.ethnicGroup, codeSystems.ethnicGroup)),
  MA_NGHE_NGHIEP: ofPatient(
    'extension (occupation of VN Core)',
    coded(extensionUrls.occupation, codeSystems.occupation),
  ),
  DIA_CHI: ofPatient('address.text', (patient) => homeOf(patient)?.text),
  MATINH_CU_TRU: ofPatient('address.extension (administrative-address)', unitOf('province', 'state')),
  MAHUYEN_CU_TRU: ofPatient('address.extension (administrative-address)', unitOf('district')),
  MAXA_CU_TRU: ofPatient('address.extension (administrative-address)', unitOf('ward')),
  DIEN_THOAI: ofPatient('telecom (phone)', ({ telecom }) => telecom?.find(({ system }) => system === 'phone')?.value),
}
