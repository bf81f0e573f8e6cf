/** What tells one patient from another, from a dossier or from a chart. A phone does not: families share one. */
import { identifierSystems } from '#fhir/naming'
import type { Patient } from '#fhir/r4'
import { foldName } from '#hospital/identification'
import type { Dossier } from '../types.ts'
import { patientOf } from './patient.ts'

export interface PatientKeys {
  /** the hospital's own numbers of the person (MA_BN) */
  readonly codes: readonly string[]
  /** personal ID numbers of twelve digits */
  readonly personalIds: readonly string[]
  /** former ID cards and passports, each with its system in front */
  readonly otherPapers: readonly string[]
  /** insurance numbers: the last ten digits of cards, which stay when the card changes */
  readonly insuranceNumbers: readonly string[]
  /** those of them that stand on cards of children under six (TE), which relatives may have lent one another */
  readonly childrenNumbers: readonly string[]
  /** without marks and case; '' where unknown or no more than whose child it is */
  readonly name: string
  /** R4 date at the precision known; '' where unknown */
  readonly birthDate: string
  /** R4 gender; '' where unknown or undetermined */
  readonly sex: string
}

/** Fifteen characters: two letters, benefit digit, two of the province, ten of the insurance number. */
const CARD = /^([A-Z]{2})[1-5]\w{2}(\w{10})$/

/** Newborns go by a parent's name until they have one. */
const NOT_YET_NAMED = /^(con |cb |be (trai|gai)\b|tre so sinh|so sinh|vo danh|chua (co|ro) ten|khong ro)/

/** @param source a dossier that has a summary (without one nothing is known), or a chart */
export function patientKeys(source: Dossier | Patient): PatientKeys {
  const patient = 'tables' in source ? patientOf(source.tables.XML1?.[0]?.values ?? {}, '') : source
  const numbers = (system: string): readonly string[] =>
    (patient.identifier ?? []).flatMap((each) => (each.system === system && each.value ? [each.value.trim()] : []))
  const cards = numbers(identifierSystems.insuranceCard).map((card) => CARD.exec(card.toUpperCase()))
  const { former, passport } = { former: identifierSystems.formerId, passport: identifierSystems.passport }
  const name = foldName(nameOf(patient))
  return {
    codes: numbers(identifierSystems.patientCode),
    personalIds: numbers(identifierSystems.personalId),
    otherPapers: [former, passport].flatMap((system) => numbers(system).map((number) => `${system}|${number}`)),
    insuranceNumbers: cards.flatMap((card) => card?.[2] ?? []),
    childrenNumbers: cards.flatMap((card) => (card?.[1] === 'TE' ? (card[2] ?? []) : [])),
    name: NOT_YET_NAMED.test(name) ? '' : name,
    birthDate: patient.birthDate ?? '',
    sex: patient.gender === 'male' || patient.gender === 'female' ? patient.gender : '',
  }
}

function nameOf({ name = [] }: Patient): string {
  const [first] = name
  return first?.text ?? [first?.family, ...(first?.given ?? [])].filter((part) => part !== undefined).join(' ')
}
