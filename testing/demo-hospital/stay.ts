import type { Encounter, Reference } from 'fhir/r4.js'
import type { Care } from './care.ts'
import type { Chart } from './chart.ts'
import { diagnose, diagnosisOf } from './diagnosis.ts'
import { dischargePapers } from './discharge-papers.ts'
import { fileEncounter, type Stop } from './encounter.ts'
import type { Place } from './hospital.ts'
import { orderStudy } from './imaging.ts'
import { orderPanel } from './laboratory.ts'
import { giveDoses, prescribe } from './medication.ts'
import { writeNote } from './note.ts'
import { operate } from './operate.ts'
import { passing } from './severity.ts'
import type { StayReason } from './tables/stay-reasons.ts'
import { DAY, HOUR, midnight, type Minute } from './time.ts'
import { takeVitalSigns, wardSigns } from './vital-signs.ts'
import { spoken } from './visit.ts'

/** One stay as it was meant to go. */
export interface StayPlan {
  readonly from: Minute
  readonly days: number
  readonly reason: StayReason
  readonly problems: readonly Reference[]
  /** Bed for those who lie there now, so that no two people share one. */
  readonly bed?: number
  /** The stay ends in death. */
  readonly fatal?: boolean
}

/** Writes a stay from admission to discharge, or up to now while it goes on. */
export function stay(chart: Chart, plan: StayPlan): void {
  const { from, reason } = plan
  const department = chart.department(reason.department)
  const care: Care = {
    encounter: chart.upcoming('Encounter'),
    department,
    doctor: chart.doctor(department),
    nurse: chart.nurse(department),
  }
  const end = midnight(from) + plan.days * DAY + (plan.fatal ? 4 * HOUR + 37 : 10 * HOUR + chart.random.int(0, 240))
  const over = end <= chart.now
  chart.body.suffer({ effects: reason.effects, severity: plan.fatal ? () => 1.15 : passing(from, plan.days / 3.2) })
  const admitted = diagnose(chart, {
    what: reason,
    at: from,
    by: care.doctor,
    encounter: care.encounter,
    list: 'encounter-diagnosis',
    over: plan.fatal ? undefined : end,
  })
  admit(chart, care, plan)
  if (reason.procedure)
    operate(chart, care, reason.procedure, reason.urgent ? from + 5 * HOUR : midnight(from) + DAY + 9 * HOUR, admitted)
  treat(chart, care, plan, over ? end : chart.now, end)
  if (over && !plan.fatal) dischargePapers(chart, care, plan, end)
  fileEncounter(chart, {
    kind: 'IMP',
    status: over ? 'finished' : 'in-progress',
    from,
    to: over ? end : undefined,
    department,
    doctor: care.doctor,
    nurse: care.nurse,
    stops: stopsOf(chart, plan, over ? end : undefined),
    reason: reason.complaint,
    diagnosis: [
      diagnosisOf(admitted, 'AD', 1),
      ...(over ? [diagnosisOf(admitted, 'DD', 1)] : []),
      ...plan.problems.slice(0, 3).map((problem, index) => diagnosisOf(problem, 'CM', index + 2)),
    ],
    hospitalization: hospitalizationOf(plan, over),
  })
}

function stopsOf(chart: Chart, plan: StayPlan, end: Minute | undefined): Stop[] {
  const { reason, from } = plan
  const { beds, area } = chart.department(reason.department)
  const bed: Place = (plan.bed === undefined ? chart.random.pick(beds) : beds[plan.bed % beds.length]) ?? area
  if (!reason.urgent) return [{ place: bed, from, to: end }]
  const moved = Math.min(from + chart.random.int(90, 260), chart.now)
  return [
    { place: chart.department('emergency').area, from, to: moved },
    { place: bed, from: moved, to: end },
  ]
}

function hospitalizationOf({ reason, fatal }: StayPlan, over: boolean): Encounter['hospitalization'] {
  const base = 'http://terminology.hl7.org/CodeSystem'
  const source = reason.urgent ? { code: 'emd', text: 'Từ Khoa Cấp cứu' } : { code: 'outp', text: 'Từ Khoa Khám bệnh' }
  const outcome = fatal ? { code: 'exp', text: 'Tử vong' } : { code: 'home', text: 'Ra viện' }
  return {
    admitSource: { coding: [{ system: `${base}/admit-source`, code: source.code }], text: source.text },
    ...(over && {
      dischargeDisposition: {
        coding: [{ system: `${base}/discharge-disposition`, code: outcome.code }],
        text: outcome.text,
      },
    }),
  }
}

function admit(chart: Chart, care: Care, { from, reason }: StayPlan): void {
  const signs = takeVitalSigns(chart, care, from + 10, [...wardSigns, 'weight'])
  for (const key of reason.panels) orderPanel(chart, care, key, from + 20, reason.urgent)
  for (const key of reason.imaging) orderStudy(chart, care, key, from + 25)
  writeNote(chart, care, {
    kind: 'examination',
    at: from + 55,
    author: care.doctor,
    sections: [
      ['Lý do vào viện', `${reason.complaint}.`],
      ['Quá trình bệnh lý', reason.history],
      ['Khám', `${spoken(signs)}\n${reason.findings}`],
      ['Chẩn đoán', `${reason.name} (${reason.icd}).`],
      ['Xử trí', reason.treatment],
    ],
  })
}

/** Words for how the patient is, from bad to good. */
const courses = [
  'Người bệnh mệt, triệu chứng còn nhiều',
  'Người bệnh đỡ mệt, các triệu chứng giảm',
  'Người bệnh tỉnh, tiếp xúc tốt, triệu chứng giảm rõ',
  'Người bệnh ổn định, ăn ngủ được, đi lại nhẹ nhàng',
]

function treat(chart: Chart, care: Care, plan: StayPlan, until: Minute, end: Minute): void {
  const { from, reason, days } = plan
  const orders = reason.medicines.map((key) => ({
    key,
    order: prescribe(chart, care, { key, at: from + 60, days, stay: true }),
  }))
  for (let day = midnight(from); day < until; day += DAY) {
    const nth = Math.round((day - midnight(from)) / DAY)
    for (const { key, order } of orders)
      giveDoses(chart, care, key, order, Math.max(day, from + 70), Math.min(until, day + DAY))
    for (const hour of [6, 15]) {
      const at = day + hour * HOUR + chart.random.int(0, 25)
      if (at > from + 2 * HOUR && at < until) takeVitalSigns(chart, care, at, wardSigns)
    }
    const round = day + 8 * HOUR + chart.random.int(0, 90)
    if (nth > 0 && round < until) goRound(chart, care, plan, round, nth, end)
  }
}

function goRound(chart: Chart, care: Care, plan: StayPlan, at: Minute, nth: number, end: Minute): void {
  const again = nth % 3 === 2 ? plan.reason.panels.slice(0, 3) : nth % 3 === 1 ? plan.reason.panels.slice(0, 1) : []
  for (const key of again) orderPanel(chart, care, key, at - 90)
  const share = plan.fatal ? 0 : Math.min(courses.length - 1, Math.floor((nth / plan.days) * courses.length))
  const signs = takeVitalSigns(chart, care, at, ['pulse', 'temperature', 'pressure'])
  const leaving = end - at < DAY && end <= chart.now
  writeNote(chart, care, {
    kind: 'progress',
    at: at + 10,
    author: care.doctor,
    sections: [
      ['Diễn biến bệnh', `Ngày điều trị thứ ${nth + 1}. ${courses[share]}.\n${spoken(signs)}`],
      [
        'Y lệnh',
        leaving && !plan.fatal
          ? 'Cho ra viện, kê đơn, hẹn khám lại.'
          : `${plan.reason.treatment}${again.length ? '\nXét nghiệm kiểm tra.' : ''}`,
      ],
    ],
  })
}
