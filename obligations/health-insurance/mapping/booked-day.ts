import type { Appointment } from '#fhir/r4'
import type { Values } from '../types.ts'
import { dayOf } from './moments.ts'
import { some, textIn } from './parts.ts'
import type { Visit } from './table-mapping.ts'

/**
 * The day that an appointment paper (XML14) names: an appointment whose hour nobody has settled.
 * @returns null where it is no day
 */
export function bookedDay({ NGAY_HEN_KL, SO_GIAYHEN_KL }: Values, key: string, visit: Visit): Appointment | null {
  const day = dayOf(NGAY_HEN_KL)
  if (day === undefined) return null
  const paper = textIn(SO_GIAYHEN_KL)
  return some<Appointment>({
    resourceType: 'Appointment',
    id: visit.id('Appointment', 'XML14', key),
    identifier: paper === undefined ? undefined : [{ value: paper }],
    status: 'proposed',
    description: 'Khám lại theo giấy hẹn',
    requestedPeriod: [{ start: day, end: day }],
    supportingInformation: [visit.inVisit],
    participant: [{ actor: visit.subject, status: 'needs-action' }],
  })
}
