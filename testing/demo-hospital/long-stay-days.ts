import type { Care } from './care.ts'
import type { Chart } from './chart.ts'
import { orderPanels } from './laboratory.ts'
import { giveDoses, prescribe } from './medication.ts'
import { writeNote } from './note.ts'
import { observe } from './observe.ts'
import type { phases } from './tables/long-stay-course.ts'
import { careNotes, progress } from './tables/long-stay-course.ts'
import { DAY, HOUR, type Minute } from './time.ts'
import { spoken } from './visit.ts'
import { takeVitalSigns, wardSigns } from './vital-signs.ts'

export type Phase = (typeof phases)[number]

/** Midnight before the admission, and the admission. */
export interface Span {
  readonly start: Minute
  readonly admitted: Minute
}

/** A day of the stay and the first minute of it the patient is there. */
interface StayDay {
  readonly nth: number
  readonly dawn: Minute
  readonly earliest: Minute
}

/** Writes the days of one phase: vital signs, laboratory, notes, every dose. */
export function spend(chart: Chart, care: Care, phase: Phase, { start, admitted }: Span): void {
  const orders = phase.medicines.map(([key, from, to]) => {
    const at = Math.max(admitted + HOUR, start + from * DAY + 5 * HOUR)
    return { key, from, to, order: prescribe(chart, care, { key, at, days: to - from, stay: true }) }
  })
  for (let nth = phase.from; nth < phase.to; nth += 1) {
    const dawn = start + nth * DAY
    const day = { nth, dawn, earliest: Math.max(dawn, admitted + HOUR) }
    watch(chart, care, phase, day)
    draw(chart, care, day)
    write(chart, care, day)
    for (const { key, from, to, order } of orders) {
      if (nth >= from && nth < to) giveDoses(chart, care, key, order, day.earliest, dawn + DAY)
    }
  }
}

/** That hour of the day, or the first minute the patient is there. */
const hourOf = ({ dawn, earliest }: StayDay, hour: number): Minute => Math.max(earliest, dawn + hour * HOUR)

function watch(chart: Chart, care: Care, phase: Phase, day: StayDay): void {
  const keys = phase.department === 'intensive' ? [...wardSigns, 'oxygen'] : wardSigns
  for (let hour = 0; hour < 24; hour += phase.hoursBetweenSigns) {
    const at = day.dawn + hour * HOUR + chart.random.int(0, 12)
    if (at >= day.earliest) takeVitalSigns(chart, care, at, keys)
  }
  const shared = { kind: 'vital-signs', performer: care.nurse.reference } as const
  observe(chart, care, { key: 'glasgow', at: hourOf(day, 8), ...shared })
  if (day.nth % 7 === 6) observe(chart, care, { key: 'weight', at: hourOf(day, 6.5), ...shared })
  observe(chart, care, { key: 'urineOutput', at: hourOf(day, 6), ...shared })
}

type Rhythm = readonly (readonly [panel: string, everyDays: number])[]

const inIntensiveCare: Rhythm = [
  ['bloodCount', 1],
  ['critical', 1],
  ['infection', 2],
  ['coagulation', 2],
]
const onTheWard: Rhythm = [
  ['bloodCount', 2],
  ['basic', 2],
  ['electrolytes', 2],
  ['crp', 4],
  ['liver', 7],
]

/** Hours at which blood gases are drawn: often while lungs and circulation fail. */
function gasHours(nth: number): readonly number[] {
  if (nth < 8 || (nth > 17 && nth < 24)) return [4, 12, 20]
  return nth < 40 ? [8] : []
}

function draw(chart: Chart, care: Care, day: StayDay): void {
  const intensive = day.nth < 46
  const due = (intensive ? inIntensiveCare : onTheWard).filter(([, every]) => day.nth % every === 0).map(([key]) => key)
  orderPanels(chart, care, due, hourOf(day, 5.5), intensive)
  for (const hour of gasHours(day.nth)) orderPanels(chart, care, ['bloodGas'], hourOf(day, hour), true)
}

function write(chart: Chart, care: Care, day: StayDay): void {
  const at = hourOf(day, 8) + 40
  const [, course, orders] = progress.findLast(([from]) => from <= day.nth) ?? progress[0]
  const read = (key: string): number => chart.body.read(key, at)
  const signs = { pulse: read('pulse'), temperature: read('temperature'), saturation: read('saturation') }
  const told = `Ngày điều trị thứ ${day.nth + 1}. ${course}\n${spoken(signs)}`
  const author = care.doctor
  writeNote(chart, care, {
    kind: 'progress',
    at,
    author,
    sections: [
      ['Diễn biến bệnh', told],
      ['Y lệnh', orders],
    ],
  })
  const nursing = careNotes[day.nth < 46 ? 'intensive' : 'ward']
  writeNote(chart, care, {
    kind: 'care',
    at: hourOf(day, 14),
    author: care.nurse,
    sections: [['Theo dõi và chăm sóc', nursing[day.nth % nursing.length] ?? '']],
  })
  if (day.nth % 15 !== 14) return
  writeNote(chart, care, {
    kind: 'stage',
    at: at + 3 * HOUR,
    author,
    sections: [
      ['Diễn biến lâm sàng trong đợt điều trị', course],
      ['Hướng điều trị tiếp', orders],
    ],
  })
}
