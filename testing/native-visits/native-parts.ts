import type { Reference } from '#fhir/r4'

export const FACILITY = '00931'

/** Systems of insurance codes, as docs/rules/insurance-composing.md names them. */
export const insurance = {
  visitKind: 'urn:lanh:code:insurance-visit-kind',
  visitReason: 'urn:lanh:code:insurance-visit-reason',
  discharge: 'urn:lanh:code:insurance-discharge',
  drug: 'urn:lanh:code:insurance-drug',
  route: 'urn:lanh:code:insurance-route',
  supply: 'urn:lanh:code:insurance-supply',
  group: 'urn:lanh:code:insurance-group',
  indicator: 'urn:lanh:code:insurance-indicator',
  field: 'urn:lanh:code:insurance-field',
  coverageClass: 'urn:lanh:code:insurance-coverage-class',
  bed: 'urn:lanh:sid:bed',
  machine: 'urn:lanh:sid:machine',
} as const

/** R4 dateTime of a day and minute of September 2025, in Việt Nam. */
export function minuteOf(day: number, minutes: number): string {
  const at = new Date(Date.UTC(2025, 8, 3 + day, 0, minutes)).toISOString()
  return `${at.slice(0, 16)}:00+07:00`
}

export const reference = (type: string, id: string): Reference => ({ reference: `${type}/${id}` })
