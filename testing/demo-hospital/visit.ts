import type { Reference } from 'fhir/r4.js'
import type { Care } from './care.ts'
import type { Chart } from './chart.ts'
import { diagnose, diagnosisOf } from './diagnosis.ts'
import { fileEncounter } from './encounter.ts'
import { roomOf } from './hospital.ts'
import { orderStudy } from './imaging.ts'
import { orderPanels } from './laboratory.ts'
import { fitting, prescribe } from './medication.ts'
import { writeNote } from './note.ts'
import { ageAt } from './person.ts'
import type { Illness } from './tables/conditions.ts'
import { clinicSigns, takeVitalSigns } from './vital-signs.ts'
import type { Minute } from './time.ts'

/** One outpatient visit as it was meant to go. */
export interface VisitPlan {
  readonly at: Minute
  readonly illness: Illness
  /** The problem on the patient's list this visit is about; without one the visit makes its own diagnosis. */
  readonly problem?: Reference
  readonly alongside: readonly { readonly illness: Illness; readonly problem: Reference }[]
  readonly panels: readonly string[]
  readonly image?: boolean
  /** Why the patient came, where it is not one of the illness's usual complaints. */
  readonly complaint?: string
  /** Days the prescription lasts. */
  readonly days: number
}

/** Writes a visit: reception, vital signs, examination, orders and results, conclusion, prescription. */
export function visit(chart: Chart, plan: VisitPlan): Reference {
  const { at, illness } = plan
  const department = chart.department('clinic')
  const care: Care = {
    encounter: chart.upcoming('Encounter'),
    department,
    doctor: chart.doctor(department),
    nurse: chart.nurse(department),
  }
  const examined = at + chart.random.int(20, 50)
  const tested = plan.panels.length > 0 || plan.image
  const end = examined + (tested ? chart.random.int(110, 190) : chart.random.int(10, 25))
  const over = end <= chart.now
  const complaint = plan.complaint ?? chart.random.pick(illness.complaints)
  const signs = takeVitalSigns(chart, care, at + 8, clinicSigns(ageAt(chart.person, at)))
  if (examined <= chart.now) {
    orderPanels(chart, care, plan.panels, examined + 4)
    if (plan.image && illness.imaging) orderStudy(chart, care, illness.imaging, examined + 5)
  }
  const main = plan.problem ?? (over ? own(chart, care, plan, examined) : undefined)
  if (over) conclude(chart, care, plan, { main, end, complaint, signs })
  const others = plan.alongside.map((one, index) => diagnosisOf(one.problem, 'CM', index + 2))
  return fileEncounter(chart, {
    kind: 'AMB',
    status: over ? 'finished' : examined <= chart.now ? 'in-progress' : 'arrived',
    from: at,
    to: over ? end : undefined,
    department,
    doctor: care.doctor,
    nurse: care.nurse,
    stops: [{ place: roomOf(department, roomFor(chart, plan)), from: at, to: over ? end : undefined }],
    reason: complaint,
    diagnosis: main && [diagnosisOf(main, 'CC', 1), ...others],
  })
}

/** Rooms that see patients of every age; elsewhere children go to the children's room. */
const everyAge = new Set(['Tai Mũi Họng', 'Mắt', 'Răng Hàm Mặt', 'Da liễu'].map((name) => `Phòng khám ${name}`))

const roomFor = (chart: Chart, { illness, at }: VisitPlan): string =>
  ageAt(chart.person, at) < 16 && !everyAge.has(illness.room) ? 'Phòng khám Nhi' : illness.room

const own = (chart: Chart, care: Care, { illness, days }: VisitPlan, at: Minute): Reference =>
  diagnose(chart, {
    what: illness,
    at,
    by: care.doctor,
    encounter: care.encounter,
    list: 'encounter-diagnosis',
    over: at + (days + 5) * 24 * 60,
  })

interface Conclusion {
  readonly main?: Reference
  readonly end: Minute
  readonly complaint: string
  readonly signs: Readonly<Record<string, number>>
}

function conclude(chart: Chart, care: Care, plan: VisitPlan, { main, end, complaint, signs }: Conclusion): void {
  const { illness, days, alongside } = plan
  const lines = [illness, ...alongside.map((one) => one.illness)]
  const wanted = lines.flatMap((one) => one.medicines)
  for (const key of fitting(wanted, ageAt(chart.person, end)).slice(0, 7))
    prescribe(chart, care, { key, at: end - 6, days, stay: false, reason: main })
  writeNote(chart, care, {
    kind: 'visit',
    at: end - 8,
    author: care.doctor,
    sections: [
      ['Lý do khám', `${complaint}.`],
      ['Khám lâm sàng', `${spoken(signs)}\n${chart.random.pick(illness.findings)}`],
      ['Chẩn đoán', lines.map((one, index) => `${index + 1}. ${one.name} (${one.icd})`).join('\n')],
      ['Hướng điều trị', `Kê đơn ${days} ngày. ${illness.advice}`],
    ],
  })
}

/** Vital signs as a doctor dictates them. */
export function spoken(signs: Readonly<Record<string, number>>): string {
  const parts = [
    signs.pulse && `Mạch ${signs.pulse} lần/phút`,
    signs.temperature && `nhiệt độ ${String(signs.temperature).replace('.', ',')} °C`,
    signs.systolic && `huyết áp ${signs.systolic}/${signs.diastolic} mmHg`,
    signs.respiration && `nhịp thở ${signs.respiration} lần/phút`,
    signs.saturation && `SpO2 ${signs.saturation} %`,
    signs.weight && `cân nặng ${String(signs.weight).replace('.', ',')} kg`,
  ]
  return `${parts.filter(Boolean).join(', ')}.`
}
