import type { AllergyIntolerance, Coverage, Encounter, Flag, Observation, Patient } from '#fhir/r4'
import { ageOn, type Age } from '#hospital/calendar'
import { quantityText } from '#hospital/laboratory'
import { allergyState, type AllergyState } from './allergy-state.ts'
import { insuranceState, type InsuranceState } from './insurance-state.ts'
import { fullName } from './person-name.ts'
import { patientCode } from './patient-identifiers.ts'

/** What must never leave the eye while working for one patient. */
export interface BannerFacts {
  readonly id: string
  readonly name: string
  readonly birthDate?: string
  readonly age: Age | null
  readonly gender?: Patient['gender']
  readonly code: string
  /** '' when the day is unknown; undefined while alive */
  readonly diedOn?: string
  /** department, room, bed of the stay in progress, as far as known */
  readonly place: readonly string[]
  readonly insurance: InsuranceState
  readonly allergy: AllergyState
  readonly alerts: readonly string[]
  /** an invented person, for learning and testing */
  readonly isInvented: boolean
  readonly weight?: { readonly text: string; readonly at?: string }
}

/** The records from which the banner is read. */
export interface BannerRecords {
  readonly patient: Patient
  readonly allergies: readonly AllergyIntolerance[]
  readonly coverages: readonly Coverage[]
  /** encounters in progress */
  readonly encounters: readonly Encounter[]
  readonly flags: readonly Flag[]
  /** latest body weight first */
  readonly weights: readonly Observation[]
}

/** @source http://terminology.hl7.org/CodeSystem/location-physical-type */
const FROM_DEPARTMENT_TO_BED = ['wa', 'ro', 'bd']

/** Department first, then room, then bed, from the locations of the stay that still hold. */
function placeOf(encounter: Encounter | undefined): readonly string[] {
  const rank = (code: string | undefined) => FROM_DEPARTMENT_TO_BED.indexOf(code ?? '')
  const places = (encounter?.location ?? [])
    .filter((one) => one.status !== 'completed' && !one.period?.end)
    .toSorted((a, b) => rank(a.physicalType?.coding?.[0]?.code) - rank(b.physicalType?.coding?.[0]?.code))
    .map((one) => one.location.display)
  const department = encounter?.serviceProvider?.display
  return [...new Set([department, ...places])].filter((name) => name !== undefined)
}

function weightOf(observation: Observation | undefined): BannerFacts['weight'] {
  const quantity = observation?.valueQuantity
  if (quantity?.value === undefined) return undefined
  return { text: quantityText(quantity), at: observation?.effectiveDateTime ?? observation?.issued }
}

/** @param today `YYYY-MM-DD` in the hospital; the age of a dead patient stops at death */
export function bannerFacts(records: BannerRecords, today: string): BannerFacts {
  const { patient } = records
  const diedOn = patient.deceasedDateTime ?? (patient.deceasedBoolean ? '' : undefined)
  const stay = records.encounters.find((encounter) => encounter.class?.code === 'IMP') ?? records.encounters[0]
  return {
    id: patient.id ?? '',
    name: fullName(patient),
    birthDate: patient.birthDate,
    age: ageOn(patient.birthDate, diedOn || today),
    gender: patient.gender,
    code: patientCode(patient),
    diedOn,
    place: placeOf(stay),
    insurance: insuranceState(records.coverages, today),
    allergy: allergyState(records.allergies),
    isInvented: patient.meta?.security?.some((label) => label.code === 'HTEST') ?? false,
    alerts: records.flags.map((flag) => flag.code.text ?? flag.code.coding?.[0]?.display ?? '').filter(Boolean),
    weight: weightOf(records.weights[0]),
  }
}
