import type { MedicationRequest } from '#fhir/r4'
import { hospitalDay } from '#hospital/calendar'
import { conceptText } from '#hospital/laboratory'

/** Name of the drug as prescribed. */
export const medicationName = (request: MedicationRequest): string =>
  conceptText(request.medicationCodeableConcept) ||
  request.medicationReference?.display ||
  request.medicationReference?.reference ||
  ''

/** An order is in use when it is active and its planned end has not passed; FHIR servers rarely close it by themselves. */
export function isInUse(request: MedicationRequest, today: string): boolean {
  if (request.status !== 'active' && request.status !== 'on-hold') return false
  const end = plannedEnd(request)
  return !end || end >= today
}

/** Last planned day, `YYYY-MM-DD`; '' when open. */
export function plannedEnd(request: MedicationRequest): string {
  const period = request.dosageInstruction?.[0]?.timing?.repeat?.boundsPeriod ?? request.dispenseRequest?.validityPeriod
  if (period?.end) return hospitalDay(period.end)
  const days = supplyDays(request)
  const start = request.authoredOn && hospitalDay(request.authoredOn)
  if (!days || !start) return ''
  return new Date(Date.parse(start) + (days - 1) * 86_400_000).toISOString().slice(0, 10)
}

const supplyDays = (request: MedicationRequest): number | undefined => {
  const supply = request.dispenseRequest?.expectedSupplyDuration
  const bounds = request.dosageInstruction?.[0]?.timing?.repeat?.boundsDuration
  return [supply, bounds].find((one) => one?.code === 'd' || one?.unit === 'ngày')?.value
}

/** Beyond a year nobody counts days: the date says it better. */
const LONGEST_COUNTED = 365

/** Which day of treatment `today` is, counting the first as 1: antibiotics are judged by it. null past a year. */
export function treatmentDay(request: MedicationRequest, today: string): number | null {
  if (!request.authoredOn) return null
  const start = Date.parse(hospitalDay(request.authoredOn))
  const day = Math.round((Date.parse(today) - start) / 86_400_000) + 1
  return day > 0 && day <= LONGEST_COUNTED ? day : null
}
