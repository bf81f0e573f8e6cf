import type { Encounter } from 'fhir/r4.js'
import type { Care } from './care.ts'
import type { Chart } from './chart.ts'
import { diagnose, diagnosisOf } from './diagnosis.ts'
import { dischargePapers } from './discharge-papers.ts'
import { fileEncounter, type Stop } from './encounter.ts'
import type { Place } from './hospital.ts'
import { orderStudy } from './imaging.ts'
import { orderPanels } from './laboratory.ts'
import { writeNote } from './note.ts'
import { operate } from './operate.ts'
import { passing } from './severity.ts'
import type { StayPlan } from './stay-plan.ts'
import { DAY, HOUR, midnight, type Minute } from './time.ts'
import { treat } from './ward-rounds.ts'
import { takeVitalSigns, wardSigns } from './vital-signs.ts'
import { spoken } from './visit.ts'

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
  orderPanels(chart, care, reason.panels, from + 20, reason.urgent)
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
