import type { Care } from './care.ts'
import type { Chart } from './chart.ts'
import { diagnose, diagnosisOf } from './diagnosis.ts'
import { fileEncounter } from './encounter.ts'
import { roomOf } from './hospital.ts'
import { orderStudy } from './imaging.ts'
import { orderPanels } from './laboratory.ts'
import { fitting, prescribe } from './medication.ts'
import { writeNote } from './note.ts'
import { operate } from './operate.ts'
import { ageAt } from './person.ts'
import { passing } from './severity.ts'
import type { Emergency } from './tables/emergencies.ts'
import { DAY, HOUR, type Minute } from './time.ts'
import { takeVitalSigns, wardSigns } from './vital-signs.ts'
import { spoken } from './visit.ts'

/** Writes hours in the emergency department that end at home: triage, treatment, a second look, leaving. */
export function emergencyVisit(chart: Chart, what: Emergency, from: Minute): void {
  const department = chart.department('emergency')
  const [doctor, nurse] = [chart.doctor(department), chart.nurse(department)]
  const care: Care = { encounter: chart.upcoming('Encounter'), department, doctor, nurse }
  const end = from + chart.random.int(...what.hours) * HOUR + chart.random.int(0, 50)
  chart.body.suffer({ effects: what.effects, severity: passing(from, 0.3) })
  const complaint = chart.random.pick(what.complaints)
  const signs = takeVitalSigns(chart, care, from + 3, [...wardSigns, 'pain'])
  orderPanels(chart, care, what.panels, from + 12, true)
  for (const key of what.imaging) orderStudy(chart, care, key, from + 15)
  const problem = diagnose(chart, {
    what,
    at: from + 15,
    by: doctor,
    encounter: care.encounter,
    list: 'encounter-diagnosis',
    over: end + 7 * DAY,
  })
  if (what.procedure) operate(chart, care, what.procedure, from + 40, problem)
  const before = takeVitalSigns(chart, care, end - 25, [...wardSigns, 'pain'])
  for (const key of fitting(what.medicines, ageAt(chart.person, from))) {
    prescribe(chart, care, { key, at: end - 15, days: 5, stay: false, reason: problem })
  }
  writeNote(chart, care, {
    kind: 'emergency',
    at: end - 10,
    author: doctor,
    sections: [
      ['Lý do vào cấp cứu', `${complaint}.`],
      ['Khám', `${spoken(signs)}\n${chart.random.pick(what.findings)}`],
      ['Chẩn đoán', `${what.name} (${what.icd}).`],
      ['Xử trí', what.treatment],
      ['Tình trạng khi ra về', `${spoken(before)}\n${what.advice}`],
    ],
  })
  fileEncounter(chart, {
    kind: 'EMER',
    status: 'finished',
    from,
    to: end,
    department,
    doctor,
    nurse,
    stops: [{ place: roomOf(department, what.room), from, to: end }],
    reason: complaint,
    diagnosis: [diagnosisOf(problem, 'CC', 1)],
  })
}
