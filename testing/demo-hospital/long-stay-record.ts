import type { Reference } from 'fhir/r4.js'
import { book } from './appointment.ts'
import type { Care } from './care.ts'
import type { Chart } from './chart.ts'
import { diagnose, diagnosisOf } from './diagnosis.ts'
import { fileEncounter } from './encounter.ts'
import { orderStudy } from './imaging.ts'
import { reportCulture } from './culture.ts'
import { dischargePapers } from './discharge-papers.ts'
import { writeNote } from './note.ts'
import { spend } from './long-stay-days.ts'
import { operate } from './operate.ts'
import { askAllergies } from './prevention.ts'
import { cultures } from './tables/cultures.ts'
import { told } from './severity.ts'
import { spoken } from './visit.ts'
import type { StayPlan } from './stay-plan.ts'
import {
  LONG_STAY_DAYS,
  diagnoses,
  images,
  interventions,
  phases,
  sedation,
  troubles,
} from './tables/long-stay-course.ts'
import type { StayReason } from './tables/stay-reasons.ts'
import { DAY, HOUR, midnight, type Minute } from './time.ts'
import { takeVitalSigns, wardSigns } from './vital-signs.ts'

/** Days since going home, so that the stay is complete with its papers. */
const HOME_FOR = 12

/** Writes one stay of 120 days: vital signs every few hours, laboratory and notes daily, every dose. */
export function longStayRecord(chart: Chart): void {
  const start = midnight(chart.now) - (LONG_STAY_DAYS + HOME_FOR) * DAY
  const admitted = start + 10 * HOUR
  const encounter = chart.upcoming('Encounter')
  for (const { points, effects } of [...troubles, sedation])
    chart.body.suffer({ effects, severity: told(start, points) })
  askAllergies(chart, admitted, 'none')
  const [intensive, ward] = phases.map((phase): Care => {
    const department = chart.department(phase.department)
    return { encounter, department, doctor: chart.doctor(department), nurse: chart.nurse(department) }
  }) as [Care, Care]
  const conditions = diagnoses.map(([day, icd, name, over]) =>
    diagnose(chart, {
      what: { icd, name },
      at: Math.max(admitted + HOUR, start + day * DAY + 8 * HOUR),
      by: intensive.doctor,
      encounter,
      list: 'encounter-diagnosis',
      over: start + over * DAY,
    }),
  )
  admissionNote(chart, intensive, admitted)
  for (const [day, key] of images) {
    orderStudy(chart, day < 46 ? intensive : ward, key, Math.max(admitted + HOUR / 2, start + day * DAY + 9 * HOUR))
  }
  for (const [day, hour, key, days] of interventions) {
    const from = start + day * DAY + hour * HOUR
    operate(chart, intensive, key, from, conditions[0], days ? from + days * DAY : undefined)
  }
  for (const culture of cultures) {
    reportCulture(
      chart,
      culture.day < 46 ? intensive : ward,
      culture,
      Math.max(admitted + HOUR, start + culture.day * DAY + 9 * HOUR),
    )
  }
  phases.forEach((phase, index) => spend(chart, index === 0 ? intensive : ward, phase, { start, admitted }))
  goHome(chart, ward, { start, admitted, conditions, intensive })
}

function admissionNote(chart: Chart, care: Care, at: Minute): void {
  const signs = takeVitalSigns(chart, care, at + 10, [...wardSigns, 'weight', 'height'])
  writeNote(chart, care, {
    kind: 'examination',
    at: at + HOUR,
    author: care.doctor,
    sections: [
      ['Lý do vào viện', 'Khó thở dữ dội, sốt cao ngày thứ 5.'],
      [
        'Quá trình bệnh lý',
        'Sốt, ho đờm 5 ngày, tự điều trị; 6 giờ nay khó thở tăng, tím môi, lơ mơ, được xe cấp cứu 115 đưa vào.',
      ],
      ['Khám', `${spoken(signs)}\nLơ mơ, tím môi, co kéo cơ hô hấp, ran nổ hai phổi, da nổi vân tím, đầu chi lạnh.`],
      ['Chẩn đoán', 'Sốc nhiễm khuẩn, viêm phổi nặng, suy hô hấp cấp.'],
      ['Xử trí', 'Đặt ống nội khí quản, thở máy, bù dịch, noradrenalin, kháng sinh phổ rộng trong giờ đầu.'],
    ],
  })
}

interface Leaving {
  readonly start: Minute
  readonly admitted: Minute
  readonly conditions: readonly Reference[]
  readonly intensive: Care
}

/** The stay as its closing papers see it. */
const reason: StayReason = {
  icd: 'J15.9',
  name: 'Viêm phổi do vi khuẩn, không đặc hiệu',
  ages: [18, 90],
  weight: 0,
  department: 'medicine',
  days: [LONG_STAY_DAYS, LONG_STAY_DAYS],
  urgent: true,
  complaint: 'Khó thở dữ dội, sốt cao',
  history:
    'Viêm phổi nặng, sốc nhiễm khuẩn, suy hô hấp cấp tiến triển, suy thận cấp; viêm phổi liên quan thở máy do Pseudomonas ngày 18; mở khí quản ngày 15; cai máy ngày 40; rút canuyn ngày 58.',
  findings: '',
  effects: {},
  medicines: [],
  takeHome: ['amlodipine', 'ferrous', 'calciumD3', 'omeprazole'],
  panels: [],
  imaging: [],
  treatment: 'Thở máy 40 ngày, lọc máu liên tục, kháng sinh phổ rộng, mở khí quản, phục hồi chức năng.',
  advice: 'Tập vận động hằng ngày, ăn tăng đạm, tiêm phòng cúm và phế cầu, khám lại sau 2 tuần.',
}

function goHome(chart: Chart, ward: Care, { start, admitted, conditions, intensive }: Leaving): void {
  const end = admitted + LONG_STAY_DAYS * DAY
  const moved = start + 46 * DAY + 15 * HOUR
  const plan: StayPlan = { from: admitted, days: LONG_STAY_DAYS, reason, problems: [] }
  dischargePapers(chart, ward, plan, end)
  book(chart, {
    at: midnight(chart.now) + 2 * DAY + 8 * HOUR,
    room: 'Phòng khám Hô hấp',
    why: 'Khám lại sau ra viện',
    made: end,
  })
  fileEncounter(chart, {
    kind: 'IMP',
    status: 'finished',
    from: admitted,
    to: end,
    department: ward.department,
    doctor: ward.doctor,
    nurse: ward.nurse,
    stops: [
      { place: chart.department('emergency').area, from: admitted, to: admitted + HOUR },
      { place: intensive.department.beds[4] ?? intensive.department.area, from: admitted + HOUR, to: moved },
      { place: ward.department.beds[10] ?? ward.department.area, from: moved, to: end },
    ],
    reason: reason.complaint,
    diagnosis: [
      ...conditions.slice(0, 1).map((one) => diagnosisOf(one, 'AD', 1)),
      ...conditions.slice(0, 1).map((one) => diagnosisOf(one, 'DD', 1)),
      ...conditions.slice(1).map((one, index) => diagnosisOf(one, 'CM', index + 2)),
    ],
    hospitalization: {
      admitSource: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/admit-source', code: 'emd' }],
        text: 'Từ Khoa Cấp cứu',
      },
      dischargeDisposition: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/discharge-disposition', code: 'home' }],
        text: 'Ra viện',
      },
    },
  })
}
