import type { Reference } from 'fhir/r4.js'
import type { Chart } from './chart.ts'
import { roomOf } from './hospital.ts'
import { dateTimeOf, type Minute } from './time.ts'

interface Booking {
  readonly at: Minute
  readonly room: string
  readonly why: string
  readonly made: Minute
}

/** Books a return visit. One in the past was kept; the odd one was missed. */
export function book(chart: Chart, { at, room, why, made }: Booking): Reference {
  const past = at <= chart.now
  const status = !past ? 'booked' : chart.random.chance(0.12) ? 'noshow' : 'fulfilled'
  const place = roomOf(chart.department('clinic'), room)
  return chart.file({
    resourceType: 'Appointment',
    status,
    serviceType: [{ text: room.replace('Phòng khám', 'Khám') }],
    description: why,
    start: dateTimeOf(at),
    end: dateTimeOf(at + 15),
    minutesDuration: 15,
    created: dateTimeOf(made),
    participant: [
      { actor: chart.patient, status: 'accepted' },
      { actor: place.reference, status: 'accepted' },
    ],
  })
}
