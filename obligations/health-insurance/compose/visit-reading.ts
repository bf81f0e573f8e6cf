/** What several sources read of a visit. */
import { identifierSystems } from '#fhir/naming'
import { insuranceSystems } from '../mapping/code-systems.ts'
import { writtenOf } from '../mapping/moments.ts'
import { codeOf } from '../mapping/parts.ts'
import type { Values } from '../types.ts'
import { type ChartVisit, identifierOf } from './chart.ts'
import { factOf } from './facts.ts'

/** A time that is known to the minute. */
export const minuteOf = (moment: string | undefined): string | undefined => {
  const written = writtenOf(moment)
  return written?.length === 12 ? written : undefined
}

/** MA_LK: the visit's own number, else what it is known by in the record. */
export const visitNumber = ({ encounter: { identifier, id } }: ChartVisit): string | undefined =>
  identifierOf(identifier, identifierSystems.visitNumber) ?? id

export const visitKind = ({ encounter: { type = [] } }: ChartVisit): string | undefined =>
  type.map((each) => codeOf(each, insuranceSystems.visitKind)).find((code) => code !== undefined)

export const facilityCode = ({ facility }: ChartVisit): string | undefined =>
  identifierOf(facility?.identifier, identifierSystems.facilityCode)

/** When the patient became an inpatient: said as a fact, by the history of classes, or by the part that is the stay. */
export function admittedAt({ encounter, encounters }: ChartVisit): string | undefined {
  const said = factOf(encounter, 'NGAY_VAO_NOI_TRU')
  if (said !== undefined) return said
  const stay = encounter.classHistory?.find((each) => STAYS.has(each.class.code))
  const part = encounters.slice(1).find((each) => STAYS.has(each.class.code))
  return minuteOf(stay?.period.start) ?? minuteOf(part?.period?.start)
}

/** Inpatient and day care. @source http://terminology.hl7.org/CodeSystem/v3-ActCode */
const STAYS: ReadonlySet<string | undefined> = new Set(['IMP', 'ACUTE', 'NONAC', 'SS'])

/** Departments that the patient was in, in order, with when each began ('' where the chart does not say). */
function departmentStays({ encounters, departmentOf }: ChartVisit): readonly { code: string; since: string }[] {
  return encounters.flatMap(({ location = [], serviceProvider, period }) => {
    const found = location.flatMap((each) => {
      const code = departmentOf(each.location)
      return code === undefined ? [] : [{ code, since: minuteOf(each.period?.start ?? period?.start) ?? '' }]
    })
    const own = departmentOf(serviceProvider)
    if (found.length > 0 || own === undefined) return found.toSorted((a, b) => (a.since < b.since ? -1 : 1))
    return [{ code: own, since: minuteOf(period?.start) ?? '' }]
  })
}

/** Departments that treated the patient, in order, each once. */
export const departmentsOf = (visit: ChartVisit): readonly string[] => [
  ...new Set(departmentStays(visit).map(({ code }) => code)),
]

/** Where the patient was at a time. @param minute yyyyMMddHHmm */
export function departmentAt(visit: ChartVisit, minute = ''): string | undefined {
  const stays = departmentStays(visit)
  return (stays.findLast(({ since }) => since <= minute) ?? stays[0])?.code
}

/** Appointments that were made at this visit. */
export function appointmentsOf({ all, encounter, patient }: ChartVisit) {
  const { start = '', end = '' } = encounter.period ?? {}
  return all('Appointment').filter(({ status, supportingInformation = [], created = '', participant }) => {
    if (!BOOKED.has(status)) return false
    if (!participant.some(({ actor }) => actor?.reference?.endsWith(`Patient/${patient?.id}`))) return false
    const named = supportingInformation.some(({ reference }) => reference?.endsWith(`Encounter/${encounter.id}`))
    return (
      named || (created !== '' && Date.parse(created) >= Date.parse(start) && Date.parse(created) <= Date.parse(end))
    )
  })
}

const BOOKED: ReadonlySet<string> = new Set(['booked', 'fulfilled', 'arrived', 'checked-in', 'noshow', 'pending'])

/** @param values of the summary as far as they are read */
export const settlementOf = ({ NGAY_TTOAN, NGAY_RA }: Values): string => (NGAY_TTOAN ?? NGAY_RA ?? '').slice(0, 6)
