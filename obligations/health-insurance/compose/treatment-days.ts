import { writtenOf } from '../mapping/moments.ts'
import { textOf } from '../mapping/written-number.ts'
import { type ChartVisit, occurredOf } from './chart.ts'
import { admittedAt, minuteOf, visitKind } from './visit-reading.ts'

type Count = (visit: ChartVisit) => number | undefined

const NO_DAYS: Count = () => 0

const DAY = 86_400_000
const dayNumber = (written: string): number =>
  Date.UTC(Number(written.slice(0, 4)), Number(written.slice(4, 6)) - 1, Number(written.slice(6, 8))) / DAY

/** Calendar days, the first and the last among them; waiting for a booked admission is not counted. */
const calendar: Count = (visit) => {
  const { start, end } = visit.encounter.period ?? {}
  const [from, until] = [admittedAt(visit) ?? minuteOf(start), minuteOf(end)]
  return from === undefined || until === undefined ? undefined : dayNumber(until) - dayNumber(from) + 1
}

/** Days on which something was charged. */
const serviceDays: Count = ({ charges }) =>
  new Set(charges.flatMap((charge) => writtenOf(occurredOf(charge))?.slice(0, 8) ?? [])).size

/** The longest number of days that drugs were given out for. */
const drugDays: Count = ({ of }) => {
  const days = of('MedicationRequest').map(({ dispenseRequest }) => dispenseRequest?.expectedSupplyDuration)
  const given = of('MedicationDispense').map(({ daysSupply }) => daysSupply)
  const counts = [...days, ...given].flatMap((each) => (each?.value === undefined ? [] : each.value))
  return counts.length > 0 ? Math.max(...counts) : undefined
}

/** How each MA_LOAI_KCB counts its days. @source QĐ 3176/QĐ-BYT, bảng 1: SO_NGAY_DTRI */
const COUNTS: Readonly<Record<string, Count>> = {
  '01': NO_DAYS,
  '02': serviceDays,
  '03': calendar,
  '04': calendar,
  '05': drugDays,
  '06': calendar,
  '07': drugDays,
  '08': serviceDays,
  '09': NO_DAYS,
}

/** Other kinds of care go by the length that the visit says of itself. */
export function treatmentDays(visit: ChartVisit): string | undefined {
  const count = COUNTS[visitKind(visit) ?? '']?.(visit)
  return count === undefined ? textOf(visit.encounter.length) : String(count)
}
